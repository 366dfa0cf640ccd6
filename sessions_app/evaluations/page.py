"""Results of an evaluation as the animators see them: a chart and a table for each question, the texts, a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.charts import geometry
from core.charts.geometry import Chart, Mark
from core.tables import Column
from sessions_app.evaluations.results import FEWEST, SCALE, Rating, ratings
from sessions_app.models import Evaluation
from sessions_app.models.evaluation import RATED


@dataclass(frozen=True)
class Question:
    place: int
    text: str
    rating: Rating
    chart: Chart

    @property
    def key(self) -> str:
        return f"question-{self.place}"

    @property
    def mean(self) -> str:
        """ "4,2"; a dash where nobody gave a mark."""
        return "–" if self.rating.mean is None else number_format(self.rating.mean, 1)

    @property
    def rows(self) -> Iterable[tuple[int, int]]:
        return zip(SCALE, self.rating.counts, strict=True)


@dataclass(frozen=True)
class EvaluationPage:
    answers: int
    questions: list[Question]
    in_words: str  # the last question
    words: list[str]

    @property
    def is_hidden(self) -> bool:
        """Too few answers for any result."""
        return self.answers < FEWEST


def evaluation_page(evaluation: Evaluation) -> EvaluationPage | None:
    """None while it is open: results exist once it is closed. No query."""
    if evaluation.results is None:
        return None
    texts = evaluation.questions
    questions = [
        Question(place, texts[place - 1], rating, _chart(rating))
        for place, rating in enumerate(ratings(evaluation.results), start=1)
    ]
    return EvaluationPage(evaluation.results["answers"], questions, texts[RATED], evaluation.results["words"])


def _chart(rating: Rating) -> Chart:
    groups = [(str(mark), [Mark(number, str(number), _name(mark, number), "")]) for mark, number in _pairs(rating)]
    return geometry.columns(groups)


def _pairs(rating: Rating) -> list[tuple[int, int]]:
    return list(zip(SCALE, rating.counts, strict=True))


def _name(mark: int, number: int) -> str:
    text = ngettext("Mark %(mark)s: %(number)s answer", "Mark %(mark)s: %(number)s answers", number)
    return text % {"mark": mark, "number": number}


@dataclass(frozen=True)
class Row:
    question: str
    rating: Rating | None
    words: str


def rows(found: EvaluationPage) -> list[Row]:
    """A row for each question with marks, then one for each text."""
    rated = [Row(question.text, question.rating, "") for question in found.questions]
    return rated + [Row(found.in_words, None, words) for words in found.words]


def _count(mark: int) -> Column:
    return Column(
        _("Mark %(mark)s") % {"mark": mark}, lambda row: row.rating.counts[mark - 1] if row.rating else None, width=8
    )


def columns() -> list[Column]:
    def mean(row: Row) -> Any:
        return None if row.rating is None or row.rating.mean is None else round(row.rating.mean, 2)

    return [
        Column(gettext_lazy("Question"), lambda row: row.question, width=60),
        *(_count(mark) for mark in SCALE),
        Column(gettext_lazy("Answers"), lambda row: row.rating.total if row.rating else None, width=10),
        Column(gettext_lazy("Mean"), mean, width=10),
        Column(gettext_lazy("In words"), lambda row: row.words, width=80),
    ]
