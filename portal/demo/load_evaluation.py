"""Evaluations, all fictional: that of session 18 with its results, that of session 22 still open."""

from __future__ import annotations

import datetime as dt

from core.accounts.models import User
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_attendance import chance
from portal.demo.load_minutes import writer_of
from sessions_app.evaluations.respondent_key import respondent_key
from sessions_app.evaluations.results import SCALE, summed
from sessions_app.evaluations.services import participants
from sessions_app.models import Evaluation, EvaluationAnswer, EvaluationQuestion, Session
from sessions_app.models.evaluation import RATED

CLOSED, OPEN = 18, 22
CLOSES_IN = 8  # days from the day of loading
ANSWERED = 0.5  # share of the people asked
LIKED = (0.8, 0.7, 0.62, 0.86)  # how well each question does
WORDS = (
    "Garder les petits groupes, ils ont délié les langues.",
    "Un compte rendu plus court aiderait à le faire lire autour de nous.",
    "La visioconférence a coupé deux fois ; le reste était très bien préparé.",
    "Plus de temps pour le débat, moins de diapositives.",
    "Le témoignage des habitants valait le déplacement à lui seul.",
)


def loaded(context: DemoContext) -> bool:
    return Evaluation.objects.exists()


def load(context: DemoContext) -> None:
    past = context.sessions[CLOSED]
    ended = past.date.upper + dt.timedelta(days=14)
    given = [
        ([_mark(past, place, number) for place in range(RATED)], WORDS[number] if number < len(WORDS) else "")
        for number in range(26)
    ]
    _evaluation(context, past, ended - dt.timedelta(days=13), ended, closed_at=moment(ended), results=summed(given))
    held = context.sessions[OPEN]
    evaluation = _evaluation(
        context, held, held.date.lower + dt.timedelta(days=1), context.today + dt.timedelta(days=CLOSES_IN)
    )
    people = participants(held, context.now).filter(is_demo=False)
    answering = [user for user in people if chance("evaluated", held.number, user.email) < ANSWERED]
    context.add_all(EvaluationAnswer, [_answer(evaluation, user, number) for number, user in enumerate(answering)])


def _evaluation(
    context: DemoContext, session: Session, opens: dt.date, closes: dt.date, **fields: object
) -> Evaluation:
    return context.add(
        Evaluation,
        {"session": session},
        public_id=identifier("evaluation", session.number),
        questions=list(EvaluationQuestion.objects.values_list("text", flat=True)),
        opened_by=writer_of(context, session).user,
        opened_at=moment(opens, 9),
        closes_at=moment(closes),
        **fields,
    )


def _mark(session: Session, place: int, number: int) -> int | None:
    luck = chance("mark", session.number, place, number)
    if luck > 0.95:
        return None
    best = max(SCALE)
    return best - int((1 - LIKED[place]) * best * 2 * chance("how", session.number, place, number))


def _answer(evaluation: Evaluation, user: User, number: int) -> EvaluationAnswer:
    marks = {f"mark_{place + 1}": _mark(evaluation.session, place, number) for place in range(RATED)}
    words = WORDS[-number - 1] if number < 3 else ""
    return EvaluationAnswer(
        public_id=identifier("evaluation-answer", evaluation.session.number, number),
        evaluation=evaluation,
        respondent_key=respondent_key(evaluation, user),
        words=words,
        **marks,
    )
