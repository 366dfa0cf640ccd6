"""What the database itself refuses, whatever the portal's code asks: as the application, and as the owner."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from pghistory.models import Event

from core.db.grants import APPEND, READ, WRITE, wanted
from core.db.roles import single_role
from core.reports.enums import ReportState
from core.reports.models import Report
from sessions_app.documents import SESSION_REPORT
from sessions_app.models import MinutesRevision, Session
from tests import factories
from tests.support.people import make_people

RIGHTS = dict(wanted())
EVENTS = [model for model in apps.get_models() if issubclass(model, Event) and model._meta.managed]
APPEND_ONLY = [table for table, rights in RIGHTS.items() if rights == APPEND]


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def published(db):
    people = make_people()
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    return factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)


def make_done_report(people):
    now = dt.datetime.now(dt.UTC)
    return Report.objects.create(
        kind=SESSION_REPORT,
        subject_kind="session",
        subject_id=uuid.uuid4(),
        language="fr",
        title="Rapport de la 21e session",
        render_key="0" * 64,
        queue="reports",
        state=ReportState.DONE,
        requested_by=people.member,
        requested_at=now,
        started_at=now,
        finished_at=now,
        attempt=1,
        file="reports/00/rapport.pdf",
        file_name="Rapport.pdf",
        file_sha256="0" * 64,
        file_size=1,
        pages=1,
    )


def test_the_application_owns_nothing(db):
    assert single_role() is False
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchall() == []


def test_grants_are_exactly_as_wanted(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.table_privileges"
            " WHERE grantee = current_user AND table_schema = 'public'"
        )
        found: dict[str, set[str]] = {}
        for table, right in cursor.fetchall():
            found.setdefault(table, set()).add(right)
    assert found == {table: set(rights.split(", ")) for table, rights in RIGHTS.items()}


def test_published_versions_and_revisions_are_append_only():
    assert {"sessions_app_minutesversion", "sessions_app_minutesrevision"} <= set(APPEND_ONLY)
    assert {model._meta.db_table for model in EVENTS} == {table for table, right in RIGHTS.items() if right == READ} - {
        "django_migrations",
        "funding_fundinglinefact",
        "funding_initiativesearchindex",
        "funding_fundingrevision",  # triggers of the owner write these three
    }
    assert EVENTS


@pytest.mark.parametrize("statement", ["UPDATE {} SET title = 'Autre'", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_finished_report_is_no_longer_changed(people, statement):
    """Deleting and emptying are not granted; changing is, while it is being made, so there a trigger refuses."""
    make_done_report(people)
    with pytest.raises((ProgrammingError, IntegrityError), match=r"permission denied|immutable row"):
        sql(statement.format("reports_report"))


def test_nor_by_the_owner(transactional_db, owner, people):
    make_done_report(people)
    for statement in ("UPDATE {} SET title = 'Autre'", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="immutable row"):
            owner.execute(statement.format("reports_report"))


@pytest.mark.parametrize("table", APPEND_ONLY + sorted(model._meta.db_table for model in EVENTS))
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET id = id"])
def test_the_application_rewrites_no_history(db, table, statement):
    key = "pgh_id" if table.endswith("event") else "id"
    with pytest.raises(ProgrammingError, match="permission denied"):
        sql(statement.format(table).replace("id = id", f"{key} = {key}"))


@pytest.mark.parametrize("model", EVENTS, ids=lambda model: model._meta.label)
def test_the_application_writes_no_event_itself(db, model):
    with pytest.raises(ProgrammingError, match="permission denied"):
        sql(f"INSERT INTO {model._meta.db_table} (pgh_created_at, pgh_label) VALUES (now(), 'invented')")


def test_nor_does_the_owner_rewrite_a_published_version(transactional_db, owner):
    people = make_people()
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    for statement in ("UPDATE {} SET number = 9", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="immutable row"):
            owner.execute(statement.format("sessions_app_minutesversion"))


def test_nor_an_event(transactional_db, owner):
    session = factories.SessionFactory()
    with pytest.raises(psycopg.errors.RaiseException, match="Cannot update or delete"):
        owner.execute("UPDATE sessions_app_sessionevent SET title = 'Autre' WHERE pgh_obj_id = %s", [session.pk])


def test_a_saved_revision_keeps_its_text(db):
    entry = factories.MinutesEntryFactory()
    revision = MinutesRevision(entry=entry, number=2, body="<p>a</p>", saved_at=dt.datetime.now(dt.UTC))
    revision.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesRevision.objects.filter(pk=revision.pk).update(body="<p>b</p>")
    revision.refresh_from_db()
    assert revision.body == "<p>a</p>"


ASLEEP = "SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), true)"


def test_no_session_puts_the_audit_to_sleep(db):
    """By the setting that pgtrigger offers to any session."""
    session = factories.SessionFactory(title="Avant")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ASLEEP)
        cursor.execute("UPDATE sessions_app_session SET title = 'Après' WHERE id = %s", [session.pk])
    assert Session.pgh_event_model.objects.filter(pgh_obj_id=session.pk, title="Après").count() == 1


def test_nor_does_the_owner_so_rewrite_it(transactional_db, owner):
    session = factories.SessionFactory()
    owner.execute(ASLEEP.replace("true", "false"))  # for the session, which is in autocommit
    with pytest.raises(psycopg.errors.RaiseException, match="Cannot update or delete"):
        owner.execute("UPDATE sessions_app_sessionevent SET title = 'Autre' WHERE pgh_obj_id = %s", [session.pk])


@pytest.mark.parametrize("how", ["bulk", "raw"])
def test_changes_behind_the_orm_are_in_the_audit(db, how):
    session = factories.SessionFactory(title="Avant")
    if how == "bulk":
        Session.objects.filter(pk=session.pk).update(title="Après")
    else:
        sql("UPDATE sessions_app_session SET title = 'Après' WHERE id = %s", session.pk)
    events = Session.pgh_event_model.objects.filter(pgh_obj_id=session.pk).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "title")) == [("insert", "Avant"), ("update", "Après")]


def test_a_deletion_is_in_the_audit(db):
    cycle_of = factories.SessionFactory(draft=True)
    number = cycle_of.pk
    sql("DELETE FROM sessions_app_session WHERE id = %s", number)
    events = Session.pgh_event_model.objects.filter(pgh_obj_id=number).order_by("pgh_id")
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]


UNAUDITED = {
    "accounts.PersonalLink": "keeps its own history",
    "accounts.User": "every sign-in changes it",
    "core.Region": "reference list",
    "core.SentForm": "keys of forms, forgotten after a month",
    "core.StoredFile": "never changed after it was stored",
    "file_texts.FileText": "a copy of what stands in a file",
    "funding.FundingLineFact": "a copy that triggers keep of audited rows",
    "funding.InitiativeSearchIndex": "a copy that triggers keep of audited rows",
    "funding.FundingRevision": "a counter that triggers move",
    "funding.Reminder": "a trace itself, never changed",
    "funding.InitiativeDocument": "added and removed whole, never changed",
    "imports.Import": "one file and what came of it; the rows it writes are audited",
    "imports.ImportFile": "goes with its import",
    "imports.ImportRow": "goes with its import",
    "governance.ConsultationDocument": "added and removed while the consultation is prepared",
    "governance.RescuedFile": "goes with its text",
    "governance.RescuedForm": "left beside the register, not part of it",
    "governance.Voter": "written once, when the consultation opens",
    "members.AccessRequest": "keeps its own history",
    "members.Invitation": "keeps its own history",
    "members.SavedView": "only its owner changes it",
    "members.SavedViewNews": "a trace itself, never changed",
    "notifications.Notification": "only its reader marks it",
    "notifications.OutboxMessage": "keeps its own history",
    "notifications.Preference": "only its owner changes it",
    "funding.ListFile": "asked for by one person, forgotten after some weeks",
    "watch.LinkCheck": "what a server of others answered, written by the clock",
    "personal_data.PersonalExport": "keeps its own moments; the person alone asks for it",
    "personal_data.RightsRequest": "keeps its own history",
    "search.Passage": "a copy of audited rows",
    "search.PendingChange": "marks that triggers make",
    "search.Word": "a copy of audited rows",
    "reports.Report": "keeps its own history; immutable once done",
    "sessions_app.Attendee": "goes with its attendance, which is audited",
    "sessions_app.EvaluationAnswer": "anonymous: an event would say when it was written and in whose request",
    "sessions_app.FeedKey": "made and ended by its owner alone, keeps both moments",
    "sessions_app.Material": "a change is a new version",
    "sessions_app.Message": "keeps its own moments: confirmed, recalled or handed over",
    "sessions_app.MessageRecipient": "written once, with its message",
    "sessions_app.Minutes": "its texts keep every revision",
    "sessions_app.MinutesEntry": "keeps every revision",
    "sessions_app.MinutesProposal": "left beside the minutes, not part of them",
    "sessions_app.SessionChange": "waits some minutes, then goes; the session itself is audited",
    "sessions_app.Speaker": "goes with its agenda item",
}


def test_every_model_that_is_changed_is_audited():
    rooms = ("core", "members", "sessions_app", "governance", "funding", "watch")
    unaudited = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith(rooms)
        and not issubclass(model, Event)
        and RIGHTS[model._meta.db_table] == WRITE
        and not hasattr(model, "pgh_event_model")
    }
    assert sorted(unaudited - set(UNAUDITED)) == [], "track these models (core.db.audit), or say here why not"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE sessions_app_session SET date = NULL WHERE id = %s", "session_beyond_draft_has_date"),
        ("UPDATE sessions_app_session SET state = 'cancelled' WHERE id = %s", "session_cancelled_with_reason"),
        ("UPDATE sessions_app_session SET ends_at = now() WHERE id = %s", "session_ends_after_start"),
    ],
)
def test_constraints_hold_below_the_code(db, statement, constraint):
    session = factories.SessionFactory()
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement, session.pk)


def test_positions_and_memberships_do_not_overlap(db):
    membership = factories.MembershipFactory()
    with pytest.raises(IntegrityError, match="membership_no_overlap"), transaction.atomic():
        type(membership).objects.create(organisation=membership.organisation, period=membership.period)
    position = factories.PositionFactory()
    with pytest.raises(IntegrityError, match="position_no_overlap"), transaction.atomic():
        type(position).objects.create(
            user=position.user, organisation=position.organisation, role="observer", period=position.period
        )


def test_two_mandates_never_start_together(db):
    mandate = factories.MandateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(mandate).objects.create(organisation=mandate.organisation, starts_at=mandate.starts_at)
