"""An organisation that stands twice becomes one, sent as people send it; the old address leads on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.transitions import Refusal
from funding.models import Funder, FundingLine
from members.enums import World
from members.merging.services import merge
from members.models import Membership, Organisation
from sessions_app.enums import Presence
from sessions_app.models import Attendance, Attendee, MinutesVersion
from tests import factories
from tests.factories import OrganisationFactory, PositionFactory, SessionFactory, UserFactory
from tests.funding import rows
from tests.members.merging import PAGE, address, obstacles, send, told
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(people: People) -> Organisation:
    return Organisation.objects.get(slug="atelier")


@pytest.fixture
def double(people: People) -> Organisation:
    return OrganisationFactory(name="Atelier communs ruraux", slug="atelier-bis", member=True)


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_everything_moves_and_the_address_leads_on(people, signed_in, kept, double, role):
    client = signed_in(people.role(role))
    session = SessionFactory()
    person = PositionFactory(organisation=double).user
    moved = [
        factories.AttendanceFactory(session=session, organisation=double),
        factories.SchemeFactory(organisation=double, name="Appui aux communs"),
    ]
    decision = factories.DecisionFactory(session=session, responsible=double)
    response = send(client, double)
    assert (response.status_code, response["Location"]) == (302, "/membres/atelier/")
    assert "est fusionné avec" in client.get("/membres/atelier/").text
    for row in moved:
        row.refresh_from_db()
        assert row.organisation == kept
    decision.refresh_from_db()
    assert decision.responsible == kept
    assert person.positions.get().organisation == kept
    assert Membership.objects.filter(organisation=kept).count() == 1
    assert not Organisation.objects.filter(pk=double.pk).exists()
    tombstone = Organisation.with_doubles.get(pk=double.pk)
    assert (tombstone.merged_into, tombstone.merged_at is None) == (kept, False)
    for old, new in (
        ("/membres/atelier-bis/", "/membres/atelier/"),
        ("/membres/atelier-bis/adhesion/", "/membres/atelier/adhesion/"),
        ("/membres/atelier-bis/modifier/", "/membres/atelier/modifier/"),
        ("/membres/atelier-bis/fusionner/", "/membres/atelier/fusionner/"),
    ):
        led = client.get(old)
        assert (led.status_code, led["Location"]) == (301, new)


def test_facts_are_shown_side_by_side_and_chosen(animator, kept, double):
    Organisation.objects.filter(pk=kept.pk).update(website="", world=World.FIELD, short_name="Atelier")
    Organisation.objects.filter(pk=double.pk).update(
        website="https://atelier.example", world=World.INVESTOR, short_name="Les communs"
    )
    shown = animator.get(address(double))
    fields = set(shown.context["form"].fields)
    assert {"fact-name", "fact-world", "fact-short_name"} <= fields
    assert "fact-website" not in fields
    assert send(animator, double, **{"fact-name": "merged", "fact-world": "merged"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.short_name, kept.world, kept.website, kept.slug) == (
        "Atelier communs ruraux",
        "Atelier",
        World.INVESTOR,
        "https://atelier.example",
        "atelier",
    )


def test_overlapping_memberships_and_positions_become_one(animator, people, kept, double):
    PositionFactory(user=people.member, organisation=double, observer=True)
    lines = told(animator, double)
    assert (
        "1 période d’adhésion qui se recoupe : les deux n’en font qu’une, du premier début à la dernière fin" in lines
    )
    assert (
        "1 personne en fonction dans les deux : il reste une fonction, avec le rôle le plus fort de celles qui finissent en dernier"
        in lines
    )
    assert send(animator, double).status_code == 302
    position = people.member.positions.get()
    assert (position.organisation, position.role) == (kept, "representative")
    assert Membership.objects.get(organisation=kept).period.upper is None


def test_presence_at_the_same_session_is_the_fuller_one(animator, kept, double):
    session, other = SessionFactory(), OrganisationFactory(member=True)
    factories.AttendanceFactory(session=session, organisation=kept, presence=Presence.EXCUSED)
    there = factories.AttendanceFactory(session=session, organisation=double, presence=Presence.REMOTE)
    person = Attendee.objects.create(attendance=there, user=UserFactory())
    third = factories.AttendanceFactory(
        session=session, organisation=other, presence=Presence.REPRESENTED, represented_by=double
    )
    assert send(animator, double).status_code == 302
    row = Attendance.objects.get(session=session, organisation=kept)
    person.refresh_from_db()
    third.refresh_from_db()
    assert (row.presence, person.attendance, third.represented_by) == (Presence.REMOTE, row, kept)


def test_one_represented_by_the_other_is_named(animator, kept, double):
    session = SessionFactory()
    factories.AttendanceFactory(
        session=session, organisation=kept, presence=Presence.REPRESENTED, represented_by=double
    )
    assert obstacles(animator, double) == [
        (
            f"À la session {session.number}, l’une est enregistrée comme représentée par l’autre : "
            "corrigez d’abord les présences."
        )
    ]


@pytest.mark.parametrize("slug", ["fondation", "le-rameau"])
def test_who_animates_or_did_is_kept_never_merged_away(animator, slug):
    found = obstacles(animator, Organisation.objects.get(slug=slug))
    assert "anime ou a animé l’espace, ce qui ne se réécrit pas" in found[0]


def test_who_animates_can_take_up_a_double(animator, double):
    page = f"/membres/fondation/fusionner/?double={double.slug}"
    assert animator.post(page, form_to(animator.get(page), page).data).status_code == 302


def test_fundings_and_initiatives_move_and_are_found(animator, people, kept, double):
    Funder.objects.create(organisation=double, siret=rows.SIRET)
    initiative = rows.initiative(bearer=double, bearer_name="", bearer_siret="")
    line = rows.line(of=initiative, by=double)
    assert send(animator, double).status_code == 302
    line.refresh_from_db()
    initiative.refresh_from_db()
    assert (line.funder, initiative.bearer) == (kept, kept)
    assert Funder.objects.get(organisation=kept).siret == rows.SIRET
    assert initiative.found_by.funders == [kept.pk]
    led = animator.get("/initiatives/?financeur=atelier-bis")
    assert (led.status_code, led["Location"]) == (301, "/initiatives/?financeur=atelier")
    assert initiative.title in animator.get(led["Location"]).text


def test_two_fundings_of_one_reference_are_named(animator, kept, double):
    for funder in (kept, double):
        Funder.objects.create(organisation=funder, siret="")
        rows.line(of=rows.initiative(), by=funder, reference="A-1")
    assert obstacles(animator, double) == [
        "Les deux ont un financement de référence « A-1 » : changez d’abord l’une des deux."
    ]
    assert FundingLine.objects.filter(funder=double).count() == 1


def test_published_minutes_are_not_rewritten(animator, people, double):
    version = factories.MinutesVersionFactory(organisation=double)
    assert send(animator, double).status_code == 302
    stored = MinutesVersion.objects.get(pk=version.pk)
    assert (stored.organisation_id, stored.snapshot) == (double.pk, version.snapshot)
    assert stored.organisation.merged_into.slug == "atelier"


def test_with_itself_or_with_somebody_unknown_nothing_is_merged(animator, people, kept):
    for slug in ("atelier", "inconnue"):
        assert animator.get(f"{PAGE}?double={slug}").status_code == 400
        assert animator.post(f"{PAGE}?double={slug}", {}).status_code == 400
    with pytest.raises(Refusal, match="elle-même"):
        merge(
            kept=kept,
            merged=kept,
            choices={},
            by=people.animator,
            now=timezone.now(),
        )


def test_merged_twice_the_oldest_address_leads_to_the_last(animator, people, kept, double):
    assert send(animator, double).status_code == 302
    third = OrganisationFactory(name="Atelier des communs", slug="atelier-ter", member=True)
    page = f"/membres/{third.slug}/fusionner/?double=atelier"
    assert animator.post(page, form_to(animator.get(page), page).data).status_code == 302
    assert animator.get("/membres/atelier-bis/")["Location"] == "/membres/atelier-ter/"
    assert animator.get("/membres/atelier/")["Location"] == "/membres/atelier-ter/"


def test_the_second_of_two_merges_is_told(people, kept, double):
    values = {"kept": kept, "merged": double, "choices": {}, "by": people.animator, "now": timezone.now()}
    merge(**values)
    with pytest.raises(Refusal, match="entre-temps"):
        merge(**values)


def test_the_name_of_a_double_is_free_its_address_is_not(animator, people, kept, double):
    send(animator, double)
    form = form_to(animator.get("/membres/nouvelle/"), "/membres/nouvelle/").data
    typed = {"name": "Atelier communs ruraux", "world": "field", "sector": "association", "level": "national"}
    response = animator.post("/membres/nouvelle/", {**form, **typed})
    assert response.status_code == 302
    assert Organisation.objects.get(name="Atelier communs ruraux").slug == "atelier-communs-ruraux"


@pytest.mark.parametrize("role", ["outsider", "observer", "member", "former_animator", "funder"])
def test_others_may_not(people, signed_in, double, role):
    client = signed_in(people.role(role))
    assert client.get(address(double)).status_code == 403
    assert client.post(address(double), {}).status_code == 403
    with pytest.raises(PermissionRefused):
        merge(kept=people.animating, merged=double, choices={}, by=people.role(role), now=timezone.now())
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_the_audit_says_who_merged(animator, people, double):
    send(animator, double)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM members_organisationevent WHERE pgh_obj_id = %s AND merged_into_id IS NOT NULL",
            [double.pk],
        )
        assert cursor.fetchone() == (1,)
