"""The journal: what the database wrote by itself, readable, complete, and silent on what is still secret."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from core.accounts import personal_links
from core.db import audit
from core.partial_dates.text import full_day
from governance.consultations import ballots, services
from governance.consultations.links import KIND, SCOPE
from governance.enums import Side, Stance
from governance.journal import reading
from governance.journal.reading import Cursor, Filter
from governance.journal.rights import Reader
from governance.models import Ballot, Mandate
from governance.pack import lines
from members.models import Organisation
from tests import factories
from tests.factories import moment
from tests.governance.scene import consult
from tests.governance.stage import Stage

URL = "governance:journal"


def entries(**wanted: Any) -> list[reading.Entry]:
    return reading.read(Filter(**wanted), reader=everything())[0]


class Everything(Reader):
    """A reader from whom nothing is withheld."""

    sees_sessions = True

    def __init__(self) -> None:
        pass

    def withheld(self, rows: Any) -> set[Any]:
        return set()


def everything() -> Reader:
    return Everything()


def test_a_change_with_who_before_and_after(stage: Stage) -> None:
    with audit.context(user=str(stage.people["holder"].public_id), url="/gouvernance/essai/"):
        stage.mandate.note = "Après relecture"
        stage.mandate.save()
    change = entries(kind="governance.Mandate")[0]
    assert (change.action, change.who, change.where) == (
        "update",
        stage.people["holder"].get_full_name(),
        "Gouvernance",
    )
    assert [(value.before, value.after) for value in change.values] == [("", "Après relecture")]


def test_the_token_of_a_personal_link_is_never_written_down(stage: Stage, client: Any) -> None:
    """Whoever reads it could answer for that person; who answered by it is named."""
    consultation = consult(stage.people["holder"], "open")
    person = stage.people["other0"]
    token = personal_links.issue(
        user=person, scope=SCOPE, about=(KIND, consultation.public_id), expires_at=moment(24), now=timezone.now()
    )
    data = {"organisation": stage.others[0].pk, "stance": "consent", "reason": ""}
    assert client.post(f"/gouvernance/repondre/{token}/", data).status_code == 200
    kept = Ballot.pgh_event_model.objects.get()
    assert token not in str(kept.pgh_context)
    assert kept.pgh_context["url"] == "/gouvernance/repondre/…/"
    services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
    [ballot] = entries(kind="governance.Ballot")
    assert ballot.who == person.get_full_name()


def test_a_handover_is_called_by_its_two_sides(stage: Stage) -> None:
    stage.proposed()
    assert {entry.subject for entry in entries(kind="governance.Handover")} == {f"{stage.holder} → {stage.receiver}"}


def test_neither_addresses_nor_days_of_machines_are_shown(stage: Stage, signed_in: Any) -> None:
    with audit.context(url=f"/gouvernance/passations/{uuid.uuid4()}/dossier/"):
        stage.mandate.note = "Par la page"
        stage.mandate.save()
    with audit.context(job="governance.tasks.run_due"):
        stage.mandate.note = "Par une tâche"
        stage.mandate.save()
    assert [entry.where for entry in entries(kind="governance.Mandate")[:2]] == ["par l’horloge", "Gouvernance"]
    periods = {value.after for entry in entries(kind="members.Position") for value in entry.values}
    first = stage.people["holder"].positions.get().period.lower
    assert f"à partir du {full_day(first)}" in periods
    page = signed_in(stage.people["holder"]).get(reverse(URL)).text
    shown = re.sub(r"<(head|header|nav|form|footer|aside).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search(r"\b\d{4}-\d\d-\d\d\b|/gouvernance/|run_due", shown)


def test_raw_sql_is_captured(stage: Stage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governance_mandate SET note = 'par la base' WHERE id = %s", [stage.mandate.pk])
    change = entries(kind="governance.Mandate")[0]
    assert change.who == ""
    assert change.values[0].after == "par la base"


def test_a_removal_says_what_was_lost(stage: Stage) -> None:
    consultation = consult(stage.people["holder"], "open")
    services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
    ballot = Ballot.objects.create(
        voter=consultation.voters.first(), stance="consent", by=stage.people["holder"], given_at=timezone.now()
    )
    ballot.delete()
    removal = entries(kind="governance.Ballot")[0]
    assert removal.action == "delete"
    assert "consent" in {value.before for value in removal.values} or removal.values


def test_relations_are_named(stage: Stage) -> None:
    added = entries(kind="governance.Mandate")[0]
    assert stage.holder.name in {value.after for value in added.values}


def test_every_field_has_words(stage: Stage) -> None:
    for label, model in reading.tracked().items():
        for field in model._meta.fields:
            if field.name not in reading.HIDDEN_FIELDS:
                words = isinstance(field.verbose_name, Promise) or field.name in reading.WORDS or field.is_relation
                assert words, f"{label}.{field.name} would be shown by its name in the code"


def test_moments_and_identifiers_are_written_for_people(stage: Stage) -> None:
    handover = stage.accepted()
    with audit.context(url=f"{handover.get_absolute_url()}dossier/domain/"):
        lines.tick(
            handover=handover,
            by=stage.people["receiver"],
            key="domain",
            side=Side.RECEIVER,
            done=True,
            now=dt.datetime(2026, 12, 1, 8, 5, tzinfo=dt.UTC),
        )
    change = entries(kind="governance.PackLine")[0]
    assert (change.subject, change.where) == ("Nom de domaine", "Gouvernance")
    assert [(value.label, value.after.replace("\u00a0", " ").replace("\u202f", " ")) for value in change.values] == [
        ("Reçu par", stage.people["receiver"].get_full_name()),
        ("Reçu le", "1er décembre 2026, 9 h 05"),
    ]


def test_only_governed_objects_are_in_it() -> None:
    """Amounts of fundings, for one, are not every animator's to read."""
    assert {label.split(".")[0] for label in reading.tracked()} == reading.GOVERNED


def test_filters(stage: Stage) -> None:
    with audit.context(user=str(stage.people["receiver"].public_id)):
        stage.receiver.summary = "Nouvelle phrase"
        stage.receiver.save()
    assert {entry.kind for entry in entries(person=stage.people["receiver"].public_id)} == {"Organisation"}
    assert entries(person=uuid.uuid4()) == []
    assert {entry.action for entry in entries(action="update")} == {"update"}
    assert {entry.action for entry in entries(action="insert")} == {"insert"}
    assert entries(action="delete") == []
    today, day = timezone.localdate(), dt.timedelta(days=1)
    assert entries(since=today + day) == []
    before_the_stage = entries(until=today - day)  # written as the database was made, which may be another day
    assert all(timezone.localdate(entry.at) < today for entry in before_the_stage)
    assert entries(kind="members.Organisation", since=today, until=today)


@pytest.mark.parametrize("per_page", [1, 3, 7])
def test_pages_hold_every_change_once(stage: Stage, per_page: int) -> None:
    """Also where one transaction made them all, at one moment."""
    for number in range(5):
        Organisation.objects.filter(pk=stage.receiver.pk).update(summary=f"Phrase {number}")
        Mandate.objects.filter(pk=stage.mandate.pk).update(note=f"Note {number}")
    whole = [
        (entry.kind, entry.at, str(entry.values))
        for entry in reading.read(Filter(), reader=everything(), per_page=1000)[0]
    ]
    paged: list[Any] = []
    after: Cursor | None = None
    while True:
        found, after = reading.read(Filter(after=after), reader=everything(), per_page=per_page)
        paged += [(entry.kind, entry.at, str(entry.values)) for entry in found]
        if after is None:
            break
        after = Cursor.parse(str(after))
    assert paged == whole


@pytest.mark.parametrize(
    "text", ["", "hier", "2026-01-01", "2026-01-01T00:00:00~x~", "9" * 400, "~~", "2026-13-01~a~1"]
)
def test_a_broken_cursor_starts_at_the_newest(stage: Stage, signed_in: Any, text: str) -> None:
    assert Cursor.parse(text) is None
    assert signed_in(stage.people["holder"]).get(reverse(URL), {"avant": text}).status_code == 200


def test_positions_stay_secret_until_closing(stage: Stage) -> None:
    consultation = consult(stage.people["holder"], "open")
    ballots.give(
        consultation=consultation,
        by=stage.people["other0"],
        organisation=stage.others[0],
        stance=Stance.OBJECTION,
        reason="Secret",
        now=timezone.now(),
    )
    assert entries(kind="governance.Ballot") == []
    assert "Secret" not in str(entries())
    services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
    assert "Secret" in str(entries(kind="governance.Ballot"))


def test_positions_of_a_consultation_called_off_stay_secret(stage: Stage) -> None:
    consultation = consult(stage.people["holder"], "open")
    give = {"organisation": stage.others[0], "stance": Stance.OBJECTION, "reason": "Un secret"}
    ballots.give(consultation=consultation, by=stage.people["other0"], now=timezone.now(), **give)
    services.call_off(consultation=consultation, by=stage.people["holder"], reason="Doublon.", now=timezone.now())
    assert "Un secret" not in str(entries())


def test_secrets_after_a_withdrawn_voice(stage: Stage) -> None:
    """A voice that was taken back leaves its events; they stay secret as long."""
    consultation = consult(stage.people["holder"], "open")
    ballots.give(
        consultation=consultation,
        by=stage.people["other0"],
        organisation=stage.others[0],
        stance=Stance.OBJECTION,
        reason="Secret",
        now=timezone.now(),
    )
    Ballot.objects.all().delete()
    assert entries(kind="governance.Ballot") == []


def test_a_wrong_filter_shows_nothing_and_says_so(stage: Stage, signed_in: Any) -> None:
    client = signed_in(stage.people["holder"])
    for query in ({"objet": "auth.User"}, {"personne": "x"}, {"depuis": "hier"}):
        answer = client.get(reverse(URL), query)
        assert answer.status_code == 400
        assert answer.context["entries"] == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = ''", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_the_application_cannot_alter_it(stage: Stage, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("governance_mandateevent"))


def test_queries_do_not_grow(stage: Stage, signed_in: Any, assert_constant_queries: Any) -> None:
    def more() -> None:
        for model, fields in ((Organisation, {"summary": uuid.uuid4().hex}), (Mandate, {"note": uuid.uuid4().hex})):
            model.objects.all().update(**fields)

    while Organisation.pgh_event_model.objects.count() < 2 * reading.PER_PAGE:
        more()  # both pages are full, and of the same two kinds: each kind on a page costs its queries once
    assert_constant_queries(signed_in(stage.people["holder"]), reverse(URL), more, most=60)


def test_administrators_learn_that_a_session_changed_not_what_it_says(people: Any, signed_in: Any) -> None:
    factories.SpaceFactory()
    draft = factories.SessionFactory(draft=True, number=240, title="Une session secrète")
    factories.AgendaItemFactory(session=draft, title="Un point secret")
    pages = {}
    for role in ("animator", "administrator"):
        pages[role] = signed_in(people.role(role)).get(reverse(URL))
    assert "Une session secrète" in pages["animator"].content.decode()
    assert "Un point secret" in pages["animator"].content.decode()
    assert "secr" not in pages["administrator"].content.decode().replace("secrétariat", "")
    withheld = [entry for entry in pages["administrator"].context["entries"] if entry.is_withheld]
    assert {entry.subject for entry in withheld} >= {"240e session"}
    assert all(entry.values == [] for entry in withheld)
    assert not any(entry.is_withheld for entry in pages["animator"].context["entries"])
