"""What `manage.py load_demo` loads, and that a second run adds nothing to it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import override_settings
from django.utils import timezone

from core import richtext
from core.accounts import rights
from core.accounts.models import User
from core.canonical import sha256
from core.file_texts import jobs, services as texts
from core.file_texts.enums import TextState
from core.file_texts.models import FileText
from core.models import Space, StoredFile
from core.partial_dates import day, month, season
from core.partial_dates.values import Precision, precision
from core.search import indexing, page
from governance.models import Consultation, Handover, Mandate
from governance.selectors import legal_notices
from members.models import Organisation
from portal.demo import loader
from portal.demo.context import DemoContext, moment
from sessions_app.enums import PRESENT, FollowUp, MinutesState, Presence, SessionState
from sessions_app.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Cycle,
    Decision,
    Material,
    MinutesEntry,
    MinutesRevision,
    MinutesVersion,
    Session,
)
from tests.portal.fifty_queries import FIRST_HITS, FIRST_IN_FILES

TODAY = dt.date(2026, 11, 24)


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Loaded once for this module, in a transaction that is undone; returns what the command printed."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        yield run(today=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(demo: str, db: None) -> str:
    return demo


def row_counts() -> dict[str, int]:
    """Rows of every table, audit and join tables included."""
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        return {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


class TestContent:
    def test_the_space_is_marked_as_a_demonstration(self, loaded: str) -> None:
        space = Space.objects.get()
        assert space.demonstration
        assert space.born_on == dt.date(2020, 3, 20)

    def test_51_members_of_which_21_run_a_scheme(self, loaded: str) -> None:
        members = Organisation.objects.members_on(TODAY)
        assert members.count() == 51
        assert members.filter(runs_scheme=True).count() == 21
        assert Organisation.objects.with_flags(TODAY).filter(runs_scheme=True).count() == 21

    def test_who_is_no_member(self, loaded: str) -> None:
        outside = Organisation.objects.with_flags(TODAY).filter(is_member=False).values_list("slug", flat=True)
        assert set(outside) == {"fdva", "agence-du-renouveau-rural", "maison-lieux-partages"}

    def test_real_organisations_say_that_their_part_is_fictional(self, loaded: str) -> None:
        real = Organisation.objects.filter(is_fictional=False)
        assert real.count() == 17
        assert not real.exclude(presentation__contains="fictifs, pour la démonstration").exists()
        assert not real.exclude(siren="").exists()

    def test_each_member_has_somebody_who_represents_it(self, loaded: str) -> None:
        for organisation in Organisation.objects.members_on(TODAY):
            held = organisation.positions.on(TODAY).filter(role="representative")
            assert held.count() == 1, organisation

    def test_the_animation_changed_hands_once(self, loaded: str) -> None:
        mandates = list(Mandate.objects.for_list())
        assert [mandate.organisation.slug for mandate in mandates] == ["le-rameau", "fondation-des-territoires"]
        assert precision(mandates[0].started_on) == (Precision.SEASON, "summer")
        assert precision(mandates[1].started_on) == (Precision.MONTH, "")

    def test_cycles_and_sessions(self, loaded: str) -> None:
        assert set(Cycle.objects.values_list("year", flat=True)) >= set(range(2020, 2027))
        assert list(Session.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 25))
        assert Counter(Session.objects.values_list("state", flat=True)) == {
            SessionState.CLOSED: 21,
            SessionState.HELD: 1,
            SessionState.ANNOUNCED: 1,
            SessionState.DRAFT: 1,
        }
        assert {session.cycle.year for session in Session.objects.filter(number__lte=21)} == set(range(2020, 2025))

    @pytest.mark.parametrize(
        ("number", "first", "kind"),
        [
            (1, dt.date(2020, 3, 20), Precision.DAY),
            (6, dt.date(2020, 6, 1), Precision.SEASON),
            (8, dt.date(2020, 11, 16), Precision.DAY),
            (19, dt.date(2024, 4, 1), Precision.MONTH),
            (20, dt.date(2024, 8, 1), Precision.MONTH),
            (21, dt.date(2024, 11, 1), Precision.MONTH),
        ],
    )
    def test_public_dates_keep_their_precision(self, loaded: str, number: int, first: dt.date, kind: Precision) -> None:
        session = Session.objects.get(number=number)
        assert session.date.lower == first
        assert precision(session.date)[0] is kind
        assert session.starts_at is None

    def test_agendas_are_complete(self, loaded: str) -> None:
        for session in Session.objects.all():
            items = list(session.agenda.all())
            assert 4 <= len(items) <= 7
            assert [item.position for item in items] == list(range(1, len(items) + 1))

    def test_attendance_of_the_21st(self, loaded: str) -> None:
        found = Counter(Attendance.objects.filter(session__number=21).values_list("presence", flat=True))
        assert sum(found[presence] for presence in PRESENT) == 33
        assert (found[Presence.REPRESENTED], found[Presence.EXCUSED], found[Presence.ABSENT]) == (7, 6, 5)

    def test_everybody_who_was_a_member_is_recorded(self, loaded: str) -> None:
        for session in Session.objects.filter(number__lte=22):
            members = Organisation.objects.filter(memberships__period__overlap=session.date)
            assert session.attendance.count() == members.count(), session

    def test_a_represented_organisation_is_represented_by_one_that_came(self, loaded: str) -> None:
        for row in Attendance.objects.filter(presence=Presence.REPRESENTED):
            holder = Attendance.objects.get(session=row.session, organisation=row.represented_by)
            assert holder.presence in PRESENT
            assert row.organisation.is_fictional
            assert holder.organisation.is_fictional

    def test_decisions_and_actions(self, loaded: str) -> None:
        published = Decision.objects.filter(session__number__lte=21)
        assert published.count() == 58
        assert published.filter(status=FollowUp.OPEN).count() == 6
        assert ActionItem.objects.filter(session__number__lte=21).count() == 32
        assert ActionItem.objects.filter(status=FollowUp.DONE).exists()

    def test_materials_are_real_files(self, loaded: str) -> None:
        assert Counter(Material.objects.values_list("file__content_type", flat=True)).keys() >= {
            None,
            "application/pdf",
            "application/vnd.oasis.opendocument.text",
        }
        for stored in StoredFile.objects.all():
            with default_storage.open(stored.file.name) as file:
                assert len(file.read()) == stored.size


class TestMinutes:
    def test_published_by_the_organisation_of_their_time(self, loaded: str) -> None:
        for version in MinutesVersion.objects.select_related("session", "organisation"):
            wrote = "le-rameau" if version.session.number <= 20 else "fondation-des-territoires"
            assert version.organisation.slug == wrote
            assert Mandate.objects.running(version.published_at).organisation == version.organisation
            assert version.snapshot["animation"]["name"] == "Le RAMEAU"
            assert version.content_sha256 == sha256(version.snapshot)
            assert version.published_at.date() > version.session.date.lower

    def test_one_version_each_and_two_amendments(self, loaded: str) -> None:
        numbers = Counter(MinutesVersion.objects.values_list("session__number", flat=True))
        assert numbers == {**dict.fromkeys(range(1, 22), 1), 9: 2, 20: 2}
        first, second = MinutesVersion.objects.filter(session__number=20).order_by("number")
        assert "un an d’animation" in first.snapshot["agenda"][1]["body"]
        assert "dix-huit mois d’animation" in second.snapshot["agenda"][1]["body"]

    def test_every_item_is_written(self, loaded: str) -> None:
        assert not AgendaItem.objects.filter(session__number__lte=21, entry=None).exists()
        for entry in MinutesEntry.objects.all():
            assert richtext.clean(entry.body) == entry.body
            assert not richtext.is_empty(entry.body)

    def test_fiction_is_marked_in_all_minutes(self, loaded: str) -> None:
        for version in MinutesVersion.objects.all():
            bodies = " ".join(item["body"] for item in version.snapshot["agenda"])
            assert re.search("fictif|fictives", bodies), version

    def test_frozen_decisions_keep_the_state_of_their_day(self, loaded: str) -> None:
        version = MinutesVersion.objects.get(session__number=1)
        assert [row["status"] for row in version.snapshot["decisions"]] == ["done", "open"]
        assert set(Decision.objects.filter(session__number=1).values_list("status", flat=True)) == {"done"}

    def test_session_22_is_a_draft_to_work_on(self, loaded: str) -> None:
        session = Session.objects.get(number=22)
        assert session.minutes.state == MinutesState.DRAFT
        assert not session.versions.exists()
        assert [hasattr(item, "entry") for item in session.agenda.all()] == [True, True, True, False, False]
        assert session.date.lower == dt.date(2026, 11, 4)

    def test_session_23_is_announced(self, loaded: str) -> None:
        session = Session.objects.get(number=23)
        assert session.starts_at == moment(dt.date(2027, 1, 4), 14)  # 40 days on is a Sunday
        assert session.ends_on == dt.date(2027, 1, 5)
        assert session.ends_at == moment(dt.date(2027, 1, 5), 11, 55)
        assert list(session.agenda.values_list("day", flat=True)) == [1, 1, 1, 2, 2, 2, 2]
        assert session.video_link
        assert not session.attendance.exists()

    def test_the_draft_to_work_on_has_a_history_with_differences(self, loaded: str) -> None:
        saves = MinutesRevision.objects.filter(entry__item__session__number=22)
        first = list(saves.filter(entry__item__position=1).order_by("number"))
        assert [each.number for each in first] == [1, 2, 3]
        assert len({each.body for each in first}) == 3
        assert len({each.author for each in first}) == 2
        assert [each.saved_at for each in first] == sorted(each.saved_at for each in first)
        assert first[-1].body == first[-1].entry.body

    def test_revisions_name_their_organisation(self, loaded: str) -> None:
        assert not MinutesRevision.objects.filter(organisation=None).exists()


class TestGovernance:
    def test_the_handover_of_2024_as_it_happened(self, loaded: str) -> None:
        """What nobody knows stays unknown; November 2024 is a month; nobody counted votes."""
        handover = Handover.objects.get()
        assert (handover.state, handover.is_historical, handover.validation_mode) == ("effective", True, "consensus")
        assert (handover.proposed_on, handover.validation_consultation) == (None, None)
        assert (handover.accepted_body, handover.accepted_on) == ("Comité exécutif", day(dt.date(2024, 11, 12)))
        assert handover.validated_on == handover.effective_on == month(2024, 11)
        assert handover.validation_session.number == 21
        assert [step.step for step in handover.steps.all()] == ["propose", "accept", "validate", "complete"]
        assert all(line.note.startswith("Note fictive") for line in handover.pack.all())

    def test_a_consultation_that_is_over_and_one_to_answer(self, loaded: str) -> None:
        closed, opened = Consultation.objects.order_by("opened_at")
        assert (closed.outcome, closed.result["by_proxy"]) == ("adopted_with_reservations", 2)
        assert opened.takes_ballots(moment(TODAY, 12))
        for consultation in (closed, opened):
            assert consultation.is_fictional
            with consultation.documents.get().file.file.open() as paper:
                assert paper.read().startswith(b"%PDF-")
        silent = {voter.organisation.slug for voter in opened.voters.filter(ballot=None)}
        assert silent >= {"atelier-des-communs-ruraux", "fondation-des-territoires", "le-rameau", "fonds-odd-17"}

    def test_the_legal_notice_of_each_holder_is_fictional_and_dated(self, loaded: str) -> None:
        notices = legal_notices(moment(TODAY, 12))
        assert [(row.identity.organisation.slug, row.since, row.until) for row in notices] == [
            ("fondation-des-territoires", month(2024, 11), None),
            ("le-rameau", season("summer", 2020), month(2024, 11)),
        ]
        assert all(row.identity.is_fictional for row in notices)


class TestAccounts:
    def test_the_five_can_sign_in(self, loaded: str) -> None:
        users = User.objects.filter(is_demo=True)
        assert {user.email.split("@")[0] for user in users} == {
            "membre",
            "animatrice",
            "ancien-animateur",
            "financeur",
            "admin",
        }
        for user in users:
            assert user.check_password("demo-portail-2026")
            assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()
        assert not User.objects.filter(is_demo=False).exclude(password__startswith="!").exists()

    @pytest.mark.parametrize(
        ("name", "reads", "publishes", "administers"),
        [
            ("membre", True, False, False),
            ("animatrice", True, True, False),
            ("ancien-animateur", True, False, False),
            ("financeur", True, False, False),
            ("admin", True, False, True),
        ],
    )
    def test_what_they_may_do(self, loaded: str, name: str, reads: bool, publishes: bool, administers: bool) -> None:
        user = User.objects.get(email=f"{name}@portail.example")
        session = Session.objects.get(number=22)
        assert rights.allows(user, "sessions_app.view_session", session) is reads
        assert rights.allows(user, "sessions_app.publish_minutes", session) is publishes
        assert rights.allows(user, "accounts.administer") is administers


class TestSecondRun:
    def test_a_second_run_adds_nothing(self, loaded: str) -> None:
        before = row_counts()
        again = run(today=TODAY + dt.timedelta(days=30))
        assert row_counts() == before
        assert again != loaded
        assert not re.search(r"\d", again)

    def test_a_part_of_its_own_finds_what_stands(self, loaded: str) -> None:
        """Natural keys: even a part that is asked to load again adds no row."""
        before = row_counts()
        context = DemoContext(today=TODAY)
        for part in loader.PARTS:
            assert part.loaded(context)
            part.load(context)
        assert context.added == 0
        assert row_counts() == before


def test_fifty_searches_lead_to_what_was_meant(loaded: str) -> None:
    """With the texts of all materials, which the worker has read by then."""
    member = User.objects.get(email="membre@portail.example")
    read_files()
    indexing.index_pending()
    nothing = {name: [] for name in page.facet_names()}
    others = {}
    for text, address in FIRST_HITS:
        hits = page.results(member, text, nothing, "").hits
        if not hits or not hits[0].url.startswith(address):
            others[text] = hits[0].url if hits else None
    assert others == {}
    assert len(FIRST_HITS) == 50
    titles = {text: page.results(member, text, nothing, "").hits[0].title for text, _title in FIRST_IN_FILES}
    assert {text: title.replace("\u00a0", " ") for text, title in titles.items()} == dict(FIRST_IN_FILES)


def read_files() -> None:
    texts.ask_for_all(now=timezone.now())
    for key in FileText.objects.values_list("pk", flat=True):
        jobs.run(key)
    assert FileText.objects.count() > 20
    assert not FileText.objects.exclude(state=TextState.READ, remark="").exists()


def test_typography_of_all_loaded_text(loaded: str) -> None:
    wrong = re.compile(r"[^\W\d]'[^\W\d]| [:;?!»%€]|« ")
    for model in (Space, Cycle, Organisation, Session, AgendaItem, Decision, ActionItem, Material, MinutesEntry):
        fields = [field for field in model._meta.fields if isinstance(field, models.CharField | models.TextField)]
        for row in model._base_manager.all():
            for field in fields:
                text = richtext.to_text(row.body) if field.name == "body" else getattr(row, field.attname)
                assert not wrong.search(text or ""), (row, field.name, text)
