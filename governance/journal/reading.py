"""Reads the audit trail: who changed what, when, before and after.

Each tracked model has its own event table (django-pghistory), written by triggers, so raw SQL is in it too. The
tables are asked one by one for their newest rows and merged here; a union over all of them takes minutes once
they are large. What stays secret until a consultation closes is left out, and so is every app whose rows not
each animator may see (`GOVERNED` names those that are in).

Of a change that its reader may not read (`rights`) he or she learns who made it, when and to what kind of thing,
never what was written.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from pghistory.models import Event

from core.accounts.models import User
from core.formatting.dates import clock, full_day, ordinal_text
from core.partial_dates import PartialDate, day, display, phrases
from core.tables.columns import cell
from core.web import navigation
from governance.enums import ConsultationState
from governance.journal.rights import PREPARED, Reader, followed
from governance.models import Ballot, Handover
from governance.pack.parts import title_of
from members.models import Organisation
from sessions_app.models import Session

PER_PAGE = 30
SHORT = 4  # fields of a change that are shown without unfolding
GOVERNED = {"core", "governance", "members", "sessions_app"}  # amounts of fundings belong to their funders: never here
HIDDEN_FIELDS = {
    *("pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_obj"),
    *("id", "public_id", "password", "revision", "shown"),  # what machines count by, and what nobody reads
}
# Fields whose models give them no words of their own; other relations are called as what they point to.
WORDS = {
    "added_by": gettext_lazy("added by"),
    "answered_by": gettext_lazy("answered by"),
    "author": gettext_lazy("author"),
    "created_by": gettext_lazy("prepared by"),
    "given_by": gettext_lazy("given by"),
    "meeting_at": gettext_lazy("session’s time when it was answered"),
    "meeting_until": gettext_lazy("session’s last day when it was answered"),
    "opened_by": gettext_lazy("opened by"),
    "questions": gettext_lazy("questions"),
    "received_by": gettext_lazy("received by"),
    "reminded_at": gettext_lazy("reminded at"),
}


@dataclass(frozen=True)
class Cursor:
    """The last change of a page: the next one begins after it, in the order moment, kind, number of the event."""

    at: dt.datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.number}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for whatever `str` did not write."""
        moment, _sep, rest = text.partition("~")
        kind, _sep, number = rest.partition("~")
        try:
            at = dt.datetime.fromisoformat(moment)
            return cls(at, kind, int(number)) if at.tzinfo else None
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Filter:
    """What the reader asked for. `kind` is a model label ("governance.Mandate"); `after` goes further back."""

    kind: str = ""
    action: str = ""  # insert, update or delete
    person: uuid.UUID | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    after: Cursor | None = None


@dataclass(frozen=True)
class Value:
    """One field that a change touched."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: dt.datetime
    kind: str
    subject: str
    action: str  # insert, update or delete
    who: str
    where: str  # the part of the portal from which it came
    values: list[Value]
    is_withheld: bool = False  # the reader learns that it happened, not what it says

    @property
    def is_short(self) -> bool:
        """A change of a few fields is shown at once; a whole new row is folded."""
        return self.action == "update" and 0 < len(self.values) <= SHORT


def tracked() -> dict[str, type[Event]]:
    """Event models by the label of the model they follow, in the order of the apps."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Event) and model.__name__ != "Event":
            field = next((field for field in model._meta.fields if field.name == "pgh_obj"), None)
            if field is not None and field.related_model._meta.app_label in GOVERNED:
                found[field.related_model._meta.label] = model
    return found


def kinds() -> list[tuple[str, str]]:
    """(label, name in words) of everything that is followed, in alphabetical order."""
    models_by_label = {label: event._meta.get_field("pgh_obj").related_model for label, event in tracked().items()}
    return sorted(
        ((label, capfirst(str(model._meta.verbose_name))) for label, model in models_by_label.items()),
        key=lambda pair: pair[1],
    )


def read(wanted: Filter, *, reader: Reader, per_page: int = PER_PAGE) -> tuple[list[Entry], Cursor | None]:
    """The newest changes that match, and where to go on; None at the end.

    The content of what `reader` may not read is withheld; sessions are then called by number, other things not at all.
    """
    rows: list[tuple[str, Event]] = []
    for label, model in tracked().items():
        if not wanted.kind or label == wanted.kind:
            rows += [(label, row) for row in _matching(label, model, wanted)[: per_page + 1]]
    rows.sort(key=lambda pair: (-pair[1].pgh_created_at.timestamp(), pair[0], -pair[1].pgh_id))
    shown = rows[:per_page]
    further = None
    if len(rows) > per_page:
        label, last = shown[-1]
        further = Cursor(last.pgh_created_at, label, last.pgh_id)
    return _entries([row for _label, row in shown], reader=reader), further


def _matching(label: str, model: type[Event], wanted: Filter) -> models.QuerySet:
    query = model.objects.order_by("-pgh_created_at", "-pgh_id")
    if wanted.action:
        query = query.filter(pgh_label=wanted.action)
    if wanted.person is not None:
        query = query.filter(pgh_context__user=str(wanted.person))
    if wanted.since is not None:
        query = query.filter(pgh_created_at__date__gte=wanted.since)
    if wanted.until is not None:
        query = query.filter(pgh_created_at__date__lte=wanted.until)
    if after := wanted.after:
        earlier = Q(pgh_created_at__lt=after.at)
        if label > after.kind:
            earlier |= Q(pgh_created_at=after.at)
        elif label == after.kind:
            earlier |= Q(pgh_created_at=after.at, pgh_id__lt=after.number)
        query = query.filter(earlier)
    if model._meta.get_field("pgh_obj").related_model is Ballot:
        query = query.exclude(_secret_ballots())
    return query


def _secret_ballots() -> Q:
    """Positions that nobody may see before their consultation closes; never, where it was called off."""
    return Q(voter__consultation__hides_until_closed=True) & ~Q(voter__consultation__state=ConsultationState.CLOSED)


def _entries(rows: Iterable[Event], *, reader: Reader) -> list[Entry]:
    rows = list(rows)
    before = _before(rows)
    names = _names(rows)
    labels = _labels(rows, before, sees_drafts=reader.sees_sessions)
    withheld = reader.withheld(rows)
    return [
        Entry(
            at=row.pgh_created_at,
            kind=capfirst(str(followed(row)._meta.verbose_name)),
            subject=_withheld_subject(row, labels) if row in withheld else _subject(row, labels),
            action=row.pgh_label,
            who=names.get((row.pgh_context or {}).get("user", ""), ""),
            where=_where(row.pgh_context or {}),
            values=[] if row in withheld else list(_values(row, before.get((type(row), row.pgh_id)), labels)),
            is_withheld=row in withheld,
        )
        for row in rows
    ]


def _where(context: dict[str, Any]) -> str:
    """From where the change came, in words: the part of the portal, or its clock; "" where nobody knows."""
    if url := context.get("url"):
        return navigation.place_of(url)
    return _("by the clock") if context.get("job") else ""


def _before(rows: list[Event]) -> dict[tuple[type[Event], int], Event]:
    """For each change the event before it of the same object; two queries for each table on the page."""
    by_model: dict[type[Event], list[int]] = defaultdict(list)
    for row in rows:
        if row.pgh_label != "insert":
            by_model[type(row)].append(row.pgh_id)
    found = {}
    for model, ids in by_model.items():
        earlier = model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        newest = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
        pairs = dict(model.objects.filter(pgh_id__in=ids).annotate(earlier=newest).values_list("pgh_id", "earlier"))
        events = model.objects.in_bulk([pk for pk in pairs.values() if pk])
        found |= {(model, pk): events[earlier_pk] for pk, earlier_pk in pairs.items() if earlier_pk}
    return found


def _names(rows: list[Event]) -> dict[str, str]:
    """Names of the people who made the changes, by identifier; erased people have none."""
    ids = {(row.pgh_context or {}).get("user", "") for row in rows} - {""}
    people = User.objects.filter(public_id__in=ids)
    return {str(user.public_id): user.get_full_name() for user in people}


def _labels(
    rows: list[Event], before: dict[Any, Event], *, sees_drafts: bool
) -> dict[tuple[type[models.Model], Any], str]:
    """What the rows that changes point to are called; one query for each kind of row pointed to."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in [*rows, *before.values()]:
        for field in _fields(row):
            if field.is_relation and getattr(row, field.attname) is not None:
                wanted[field.related_model].add(getattr(row, field.attname))
    found = {}
    for model, ids in wanted.items():
        for pk, pointed in _with_names(model).in_bulk(list(ids)).items():
            is_plain = sees_drafts or model._meta.app_label != PREPARED
            found[model, pk] = str(pointed) if is_plain else _by_number(pointed)
    return found


def _by_number(pointed: models.Model) -> str:
    """A session without its title, the name of its kind for anything else around one."""
    if isinstance(pointed, Session):
        return _("%(nth)s session") % {"nth": ordinal_text(pointed.number)}
    return str(pointed._meta.verbose_name)


def _with_names(model: type[models.Model]) -> models.QuerySet:
    """Rows with what their own text needs, so that naming a page of them costs one query."""
    related = [
        field.name
        for field in model._meta.fields
        if field.is_relation and not field.null and field.related_model._meta.app_label != "contenttypes"
    ]
    return model._base_manager.select_related(*related) if related else model._base_manager.all()


def _fields(row: Event) -> list[models.Field]:
    return [field for field in row._meta.fields if field.name not in HIDDEN_FIELDS]


def _subject(row: Event, labels: dict[tuple[type[models.Model], Any], str]) -> str:
    """What the changed row was called, as far as its own fields tell, or the rows it ties together."""
    for name in ("title", "name", "label", "text", "key"):
        value = getattr(row, name, "")
        if isinstance(value, str) and value:
            return (title_of(value) if name == "key" else value)[:120]
    return _tied(row, labels)


def _withheld_subject(row: Event, labels: dict[tuple[type[models.Model], Any], str]) -> str:
    """Sessions are known by their number; what else is kept secret has no name that would not tell of it."""
    return (
        _tied(row, labels)
        if followed(row)._meta.app_label == PREPARED
        else pgettext("what a change is about", "kept secret")
    )


def _tied(row: Event, labels: dict[tuple[type[models.Model], Any], str]) -> str:
    """The rows that the changed one ties together; a session is called by its number, a handover by its two sides."""
    if followed(row) is Session:
        return _("%(nth)s session") % {"nth": ordinal_text(row.number)}
    if followed(row) is Handover:
        return " → ".join(labels.get((Organisation, pk), _("erased")) for pk in (row.holder_id, row.receiver_id))
    ties = [
        labels.get((field.related_model, getattr(row, field.attname))) for field in _fields(row) if field.is_relation
    ]
    known = [tie for tie in ties if tie]
    return ", ".join(known[:2]) or f"n° {row.pgh_obj_id}"


def _values(row: Event, before: Event | None, labels: dict[tuple[type[models.Model], Any], str]) -> Iterator[Value]:
    """The fields that changed; of an insertion all that were filled, of a removal what was lost."""
    for field in _fields(row):
        new, old = getattr(row, field.attname), getattr(before, field.attname) if before else None
        if row.pgh_label == "delete":
            old, new = new, None
        elif row.pgh_label == "update" and new == old:
            continue
        shown = (_shown(field, old, labels), _shown(field, new, labels))
        if any(shown) and shown[0] != shown[1]:
            yield Value(capfirst(label_of(field)), *shown)


def label_of(field: models.Field) -> str:
    """A field in words of the reader's language, never its name in the code."""
    if isinstance(field.verbose_name, Promise):
        return str(field.verbose_name)
    if field.name in WORDS:
        return str(WORDS[field.name])
    return str(field.related_model._meta.verbose_name)


def _shown(field: models.Field, value: Any, labels: dict[tuple[type[models.Model], Any], str]) -> str:
    if value in (None, "", {}, []):
        return ""
    if field.is_relation:
        return labels.get((field.related_model, value), _("erased"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ArrayField) and field.base_field.choices:
        words = dict(field.base_field.flatchoices)
        return ", ".join(str(words.get(part, part)) for part in value)
    if isinstance(value, PartialDate):
        return display(value) if value.upper else phrases.from_(day(value.lower))
    if isinstance(value, dict):
        return _("kept in full on its page")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{full_day(local.date())}, {clock(value)}"
    return full_day(value) if isinstance(value, dt.date) else str(cell(value))[:400]
