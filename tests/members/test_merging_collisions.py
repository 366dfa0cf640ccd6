"""Merging where both have a row of the same thing, where something is secret, and where a rule stands in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from core.imports.enums import ImportState
from core.imports.models import Import
from core.notifications.models import Notification
from funding.enums import LineState
from funding.models import Funder, Initiative
from governance.consultations import ballots
from governance.enums import Stance
from governance.handovers import interim, services as handovers
from governance.models import Ballot, Consultation, Voter
from members.models import Competence, Organisation, Position
from sessions_app.minutes.review import services as review
from sessions_app.models import Answer
from sessions_app.responses.enums import AnswerChoice
from tests.factories import (
    DecisionFactory,
    MinutesFactory,
    OrganisationFactory,
    PositionFactory,
    SessionFactory,
    UserFactory,
    days,
    moment,
    picture,
)
from tests.funding import rows
from tests.governance import scene
from tests.members.merging import address, obstacles, plain, send, told
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(people: People) -> Organisation:
    return Organisation.objects.get(slug="atelier")


@pytest.fixture
def double(people: People) -> Organisation:
    return OrganisationFactory(name="Atelier communs ruraux", slug="atelier-bis", member=True)


# --- what each app moves ------------------------------------------------------------------------------------------


def test_a_draft_of_the_double_stays_a_draft_of_its_keeper(animator, kept, double):
    Funder.objects.create(organisation=double, siret=rows.SIRET)
    draft = rows.initiative(draft_of=double)
    shown = rows.initiative(prepared_by=double)
    lines = told(animator, double)
    assert ("1 brouillon d’initiative" in lines, "1 initiative tenue à jour" in lines) == (True, True), lines
    assert send(animator, double).status_code == 302
    found = Initiative.objects.filter(pk__in=(draft.pk, shown.pk)).order_by("pk")
    assert list(found.values_list("prepared_by", "draft_of")) == [(kept.pk, kept.pk), (kept.pk, None)]


def test_of_two_logos_one_is_chosen(animator, people, kept, double):
    for organisation in (kept, double):
        form = f"/membres/{organisation.slug}/modifier/"
        upload = picture(name=f"{organisation.slug}.png")
        assert animator.post(form, {**form_to(animator.get(form), form).data, "upload": upload}).status_code == 302
    page = animator.get(address(double))
    for organisation in (kept, double):
        assert f'src="/membres/{organisation.slug}/logo/"' in page.text
        assert f"{organisation.slug}.png" in page.text
    assert send(animator, double, **{"fact-logo": "merged"}).status_code == 302
    kept.refresh_from_db()
    assert kept.logo.original_name == "atelier-bis.png"


def test_a_role_that_has_ended_comes_back_for_nobody(animator, kept, double):
    """Only what lasts to the end says what the joined position is."""
    person = UserFactory()
    spans = (
        (double, "representative", "Directrice", days(-800), days(-100)),
        (kept, "observer", "", days(-400), None),
    )
    for organisation, role, title, first, end in spans:
        Position.objects.create(
            user=person, organisation=organisation, role=role, title=title, period=DateRange(first, end)
        )
    assert send(animator, double).status_code == 302
    position = person.positions.get()
    assert (position.organisation, position.role, position.title) == (kept, "observer", "Directrice")
    assert (position.period.lower, position.period.upper) == (days(-800), None)


def test_a_role_that_ends_sooner_gives_way_to_the_one_that_runs_on(animator, people, kept, double):
    """Also where the kept organisation has the stronger one."""
    Position.objects.filter(user=people.member).update(period=DateRange(days(-400), days(10)))
    PositionFactory(user=people.member, organisation=double, substitute=True)
    send(animator, double)
    assert people.member.positions.get().role == "substitute"


def test_a_tombstone_keeps_no_competence_and_no_region(animator, kept, double):
    term = Competence.objects.create(name="Cartographie")
    double.competences.add(term)
    send(animator, double)
    assert list(Organisation.with_doubles.filter(competences=term)) == [kept]
    assert not Organisation.with_doubles.get(pk=double.pk).regions.exists()


def test_what_breaks_a_rule_is_told_and_nothing_is_merged(animator, kept, double):
    Organisation.objects.filter(pk=kept.pk).update(rna="W12")
    response = send(animator, double)
    assert response.status_code == 422
    (told_,) = response.context["form"].non_field_errors()
    assert told_.startswith("Numéro RNA – ")
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_the_tables_of_a_double_are_those_of_what_is_kept(people, animator, signed_in, kept, double):
    """One that runs is waited for: it would write for the double what moves."""
    for organisation in (kept, double):
        Funder.objects.create(organisation=organisation, siret="")
    run = Import.objects.create(
        kind="funding.lines", subject_id=double.pk, by=people.member, language="fr", file_name="t.csv",
        sent_at=timezone.now(), state=ImportState.TO_CHECK, asked_at=timezone.now(),
    )  # fmt: skip
    assert obstacles(animator, double) == [
        (
            "Un tableau qui concerne Atelier communs ruraux est en cours de lecture ou d’enregistrement : attendez la fin, "
            "ou annulez-le."
        )
    ]
    Import.objects.filter(pk=run.pk).update(state=ImportState.CANCELLED)
    assert "1 tableau importé" in told(animator, double)
    assert send(animator, double).status_code == 302
    page = signed_in(people.member).get(f"/financements/import/{run.public_id}/")
    assert (page.status_code, kept.name in page.text) == (200, True)


# --- consultations and handovers ----------------------------------------------------------------------------------


def consult(people: People, **values: Any) -> Any:
    """An open consultation of every member of the space, both among them."""
    found = scene.consult(people.animator, "open")
    Consultation.objects.filter(pk=found.pk).update(**values)
    found.refresh_from_db()
    return found


def ballot(consultation: Any, organisation: Organisation, by: Any, stance: Stance) -> Ballot:
    voter = Voter.objects.get(consultation=consultation, organisation=organisation)
    return Ballot.objects.create(voter=voter, by=by, stance=stance, given_at=timezone.now())


def test_voices_that_differ_stand_in_the_way(animator, people, kept, double):
    consultation = consult(people, hides_until_closed=False)
    ballot(consultation, kept, people.member, Stance.CONSENT)
    ballot(consultation, double, people.funder, Stance.ABSTENTION)
    assert obstacles(animator, double) == [
        (
            f"Les deux ont donné des positions différentes dans la consultation « {consultation.title} » : "
            "attendez qu’elle soit close."
        )
    ]


@pytest.mark.parametrize("stance", [Stance.CONSENT, Stance.ABSTENTION])
def test_hidden_voices_are_told_apart_by_no_sentence(animator, people, kept, double, stance):
    consultation = consult(people)
    ballot(consultation, kept, people.member, Stance.CONSENT)
    ballot(consultation, double, people.funder, stance)
    assert obstacles(animator, double) == [
        (
            f"Les deux ont une voix dans la consultation « {consultation.title} », dont les positions sont cachées : "
            "attendez qu’elle soit close."
        )
    ]


def test_the_one_voice_given_stands(animator, people, kept, double):
    consultation = consult(people)
    given = ballot(consultation, double, people.funder, Stance.CONSENT)
    assert send(animator, double).status_code == 302
    given.refresh_from_db()
    assert given.voter.organisation == kept
    assert Voter.objects.filter(consultation=consultation, organisation__in=(kept, double)).count() == 1


def test_a_voice_that_came_with_the_double_is_not_answered_over_unseen(animator, people, kept, double):
    """A page of before says that nobody has answered yet."""
    consultation = consult(people)
    ballot(consultation, double, people.funder, Stance.ABSTENTION)
    send(animator, double)
    with pytest.raises(ballots.BallotConflict):
        ballots.give(
            consultation=consultation,
            by=people.member,
            organisation=kept,
            stance=Stance.CONSENT,
            based_on=0,
            now=timezone.now(),
        )
    assert Ballot.objects.get(voter__organisation=kept).stance == Stance.ABSTENTION


def test_a_consultation_whose_time_is_over_is_counted_with_both(animator, people, kept, double):
    consultation = consult(people, opened_at=moment(-2), closes_at=moment(-1))
    ballot(consultation, kept, people.member, Stance.CONSENT)
    ballot(consultation, double, people.funder, Stance.ABSTENTION)
    electorate = consultation.voters.count()
    assert send(animator, double).status_code == 302
    consultation.refresh_from_db()
    assert (consultation.state, consultation.result["electorate"]) == ("closed", electorate)
    assert consultation.voters.count() == electorate


def test_a_draft_of_a_handover_is_told_to_nobody_and_moves(people, signed_in, kept, double):
    draft = handovers.open_draft(by=people.animator, receiver=double, purpose="", now=timezone.now())
    assert not [line for line in told(signed_in(people.administrator), double) if "passation" in line]
    assert send(signed_in(people.administrator), double).status_code == 302
    draft.refresh_from_db()
    assert draft.receiver == kept


def test_a_handover_that_was_proposed_is_told(people, animator, double):
    draft = handovers.open_draft(by=people.animator, receiver=double, purpose="Un acteur légitime.", now=timezone.now())
    handovers.propose(handover=draft, by=people.animator, now=timezone.now())
    (sentence,) = obstacles(animator, double)
    assert sentence.startswith("Une passation en cours nomme")


def test_a_draft_between_the_two_is_named_to_its_holder_alone(people, signed_in, animator, double):
    handovers.open_draft(by=people.animator, receiver=double, purpose="", now=timezone.now())
    page = f"/membres/fondation/fusionner/?double={double.slug}"
    found = [
        [plain(str(text)) for text in client.get(page).context["preview"].obstacles]
        for client in (animator, signed_in(people.administrator))
    ]
    assert found == [
        ["Une passation est allée de l’une à l’autre : ce ne sont pas une seule organisation."],
        [
            (
                "Quelque chose que tout le monde ne peut pas lire nomme les deux : adressez-vous aux personnes de "
                "l’organisation qui anime l’espace."
            )
        ],
    ]


def test_an_interim_counts_nobody_twice(people, animator, kept, double):
    asking = PositionFactory(organisation=double).user
    interim.request(by=asking, organisation=double, receiver=kept, reason="Aucune réponse.", now=timezone.now())
    assert (
        "Atelier communs ruraux demande un intérim : attendez qu’il soit décidé, pour que personne ne compte deux fois."
        in obstacles(animator, double)
    )


# --- fundings, sessions -------------------------------------------------------------------------------------------


def test_the_references_of_secret_fundings_are_counted_not_told(animator, kept, double):
    for funder in (kept, double):
        Funder.objects.create(organisation=funder, siret="")
        rows.line(
            of=rows.initiative(),
            by=funder,
            reference="SECRET-1",
            state=LineState.DRAFT,
            signed_on=None,
            decided_on=None,
            amount_agreed=None,
            due=(),
        )
    assert obstacles(animator, double) == [
        (
            "Les deux ont un financement de même référence, que seul son financeur peut lire : "
            "les personnes du financeur changent d’abord l’une des deux."
        )
    ]


def test_minutes_under_review_stand_in_the_way(people, animator, kept, double):
    session = SessionFactory(items=1)
    MinutesFactory(session=session)
    DecisionFactory(session=session, responsible=double)
    review.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    assert obstacles(animator, double) == [
        (
            f"Le compte rendu de la session {session.number} est en relecture et nomme Atelier communs ruraux : "
            "attendez qu’il soit publié, ou reprenez-le d’abord."
        )
    ]


def answer(session: Any, organisation: Organisation, holder: Organisation | None = None, choice: str = "") -> Answer:
    """Of somebody of `organisation`, who gives a pouvoir where there is a `holder`."""
    person = PositionFactory(organisation=organisation).user
    row = Answer(
        session=session,
        organisation=organisation,
        user=person,
        choice=choice or AnswerChoice.REPRESENTED,
        holder=holder,
        meeting_at=session.starts_at,
        recorded_by=person,
        answered_at=timezone.now(),
    )
    row.full_clean()
    row.save()
    return row


def heard(kind: str) -> set[Any]:
    return {row.recipient for row in Notification.objects.filter(kind=f"sessions_app.{kind}")}


def test_whoever_holds_a_pouvoir_hears_that_it_ends_or_comes(animator, people, kept, double):
    session = SessionFactory(announced=True)
    giver, first, second = (OrganisationFactory(member=True) for _each in range(3))
    holders = [PositionFactory(organisation=holder).user for holder in (first, second)]
    answer(session, double, first)
    answer(session, kept, second)
    answer(session, giver, double)
    assert send(animator, double).status_code == 302
    assert heard("pouvoir_taken_back") == {holders[0]}
    assert people.member in heard("pouvoir_given")
    assert holders[1] not in heard("pouvoir_given")
    assert heard("pouvoir_lapsed") == set()


def test_more_pouvoirs_than_the_rule_allows_stand_in_the_way(animator, kept, double):
    session = SessionFactory(announced=True)
    for holder in (kept, kept, double):
        answer(session, OrganisationFactory(member=True), holder)
    assert obstacles(animator, double) == [
        (
            f"Pour la session {session.number}, les deux ensemble détiennent plus de pouvoirs que la règle n’en permet : "
            "faites d’abord retirer l’un d’eux."
        )
    ]
