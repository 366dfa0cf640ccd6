"""The contradictory procedure: who reviews what, how requests are answered, and the three ways it ends."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from core.accounts.rights import PermissionRefused, allows
from core.notifications.models import Notification
from members.models import Organisation
from sessions_app.documents import content
from sessions_app.enums import MinutesState, Outcome, Presence, Procedure, RequestState, SessionState
from sessions_app.minutes import page as minutes_page, publication, services as minutes_services
from sessions_app.minutes.review import services
from sessions_app.models import AmendmentRequest, Circulation, Minutes, MinutesEntry, MinutesVersion
from tests import factories
from tests.support.races import together

pytestmark = pytest.mark.django_db

OTHERS = ["outsider", "observer", "member", "former_animator", "funder", "administrator"]
NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 18, 23, 1, tzinfo=dt.UTC)  # past midnight in Paris, eight whole days on


@pytest.fixture
def session(people):
    """The member's organisation took part, the former animators' is cited in item 2, the funder's was absent."""
    session = factories.SessionFactory(number=22, items=2)
    factories.MinutesFactory(session=session, entries="<p>Un texte.</p>")
    MinutesEntry.objects.filter(item=session.agenda.last()).update(body="<p>Selon Le RAMEAU, oui.</p>")
    for slug, presence in (("atelier", Presence.REMOTE), ("fonds-odd-17", Presence.ABSENT)):
        factories.AttendanceFactory(
            session=session, organisation=Organisation.objects.get(slug=slug), presence=presence
        )
    return session


@pytest.fixture
def review(session, people):
    return circulate(session, people)


def circulate(session, people, by=None, days=8):
    return services.circulate(session=session, by=by or people.animator, days=days, now=NOW)


def ask(review, people, by=None, place=0, now=NOW, **given):
    item = review.session.agenda.all()[place]
    given = {"wish": "Écrire « peut-être ».", **given}
    return services.ask(circulation=review, item=item, by=by or people.member, now=now, **given)


def accept(request, people, body="<p>Un autre texte.</p>", based_on=1, by=None):
    return services.accept(request=request, by=by or people.animator, body=body, based_on=based_on, now=NOW)


def adopt(review, people, by=None, now=LATER, reason=""):
    return services.adopt(circulation=review, by=by or people.animator, now=now, reason=reason)


# --- opening ------------------------------------------------------------------------------------------------------


def test_the_period_ends_at_midnight_in_paris_and_those_concerned_are_told(review, session):
    assert review.closes_at == dt.datetime(2026, 3, 18, 23, tzinfo=dt.UTC)
    assert Minutes.objects.get().state == MinutesState.CIRCULATED
    assert sorted(Notification.objects.values_list("recipient__email", flat=True)) == [
        "former-animator@exemple.example",  # cited
        "member@exemple.example",
    ]


def test_the_change_of_clocks_moves_no_midnight(session, people):
    review = services.circulate(
        session=session, by=people.animator, days=20, now=dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
    )
    assert review.closes_at == dt.datetime(2026, 4, 4, 22, tzinfo=dt.UTC)


def test_only_a_draft_with_a_text_circulates(session, people, review):
    with pytest.raises(services.NotADraft):
        circulate(session, people)
    empty = factories.SessionFactory(items=1)
    with pytest.raises(services.NotADraft):
        circulate(empty, people)
    factories.MinutesFactory(session=empty, entries="")
    with pytest.raises(minutes_services.NothingWritten):
        circulate(empty, people)
    for days in (0, 61):
        with pytest.raises(ValueError):
            circulate(empty, people, days=days)


@pytest.mark.parametrize("role", OTHERS)
def test_only_animators_open_answer_and_end(session, people, role):
    by = people.role(role)
    with pytest.raises(PermissionRefused):
        circulate(session, people, by=by)
    review = circulate(session, people)
    request = ask(review, people)
    for step in (
        lambda: accept(request, people, by=by),
        lambda: services.refuse(request=request, by=by, reason="Non", now=NOW),
        lambda: adopt(review, people, by=by),
        lambda: services.defer(circulation=review, by=by, now=NOW),
        lambda: services.stop(circulation=review, by=by, reason="Non", now=NOW),
        lambda: services.approve(circulation=review, by=by, now=NOW),
    ):
        with pytest.raises(PermissionRefused):
            step()


# --- who reviews --------------------------------------------------------------------------------------------------

READS = {"animator": True, "member": True, "former_animator": True}
ASKS = {"animator": (True, True), "member": (True, True), "former_animator": (False, True)}


@pytest.mark.parametrize("role", ["visitor", "animator", *OTHERS])
def test_present_organisations_review_everything_and_cited_ones_their_passage(review, session, people, role):
    person = people.role(role)
    assert allows(person, "sessions_app.review_minutes", session) == READS.get(role, False)
    first, second = session.agenda.all()
    asked = tuple(allows(person, "sessions_app.request_amendment", item) for item in (first, second))
    assert asked == ASKS.get(role, (False, False))


def test_a_speaker_s_organisation_is_cited(session, people, review):
    factories.SpeakerFactory(item=session.agenda.first(), organisation=Organisation.objects.get(slug="fonds-odd-17"))
    assert ask(review, people, by=people.funder).organisation.slug == "fonds-odd-17"
    with pytest.raises(PermissionRefused):
        ask(review, people, by=people.funder, place=1)


def test_a_short_name_inside_a_word_cites_nobody(session, people):
    Organisation.objects.filter(slug="fonds-odd-17").update(short_name="oui")
    review = circulate(session, people)
    with pytest.raises(PermissionRefused):
        ask(review, people, by=people.funder, place=1)


def test_before_and_after_the_review_nobody_reads_the_draft(session, people, signed_in):
    address = f"/sessions/{session.number}/compte-rendu/relecture/"
    assert signed_in(people.member).get(address).status_code == 403
    review = circulate(session, people)
    accept(ask(review, people), people)
    services.stop(circulation=review, by=people.animator, reason="Une page manquait", now=NOW)
    page = signed_in(people.member).get(address)
    text = page.content.decode()
    assert (page.status_code, "Une page manquait" in text, "Écrire « peut-être »." in text) == (200, True, True)
    for hidden in ("Un texte.", "Ce que cela a changé"):
        assert hidden not in text
    assert signed_in(people.funder).get(address).status_code == 403  # neither concerned nor told


def test_requests_answers_and_what_they_changed_outlive_the_review(review, session, people, signed_in):
    accepted = accept(ask(review, people), people)
    services.refuse(request=ask(review, people), by=people.animator, reason="Ce ne fut pas dit", now=NOW)
    version = adopt(review, people)
    review.refresh_from_db()
    assert review.version == version
    assert version.snapshot["version"]["review"] == {"opened_on": "2026-03-10", "requests": 2, "accepted": 1}
    address = f"/sessions/{session.number}/compte-rendu/relecture/"
    for role in ("member", "funder", "administrator", "animator"):
        page = signed_in(people.role(role)).get(address)
        text = page.content.decode()
        assert page.status_code == 200, role
        for shown in (
            "Ce ne fut pas dit",
            "2 demandes",
            "1 acceptée",
            f"demande-{accepted.public_id}",
            "Ce que cela a changé",
        ):
            assert shown in text, (role, shown)
    minutes = signed_in(people.funder).get(f"/sessions/{session.number}/compte-rendu/").content.decode()
    assert "2 demandes, 1 acceptée" in minutes
    assert address in minutes
    history = signed_in(people.animator).get(f"/sessions/{session.number}/compte-rendu/historique/?point=1")
    assert f"{address}{accepted.circulation.public_id}/#demande-{accepted.public_id}" in history.content.decode()
    printed = content.context(version.snapshot, {}, content_sha256=version.content_sha256)
    assert printed["words"]["review"] == "Relecture du 10 mars 2026 au 18 mars 2026 : 2 demandes, 1 acceptée."
    now = LATER + dt.timedelta(days=1)
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=now)
    assert signed_in(people.member).get(address).status_code == 410
    assert signed_in(people.animator).get(address).status_code == 200


def test_a_link_into_a_review_that_ended_leads_to_what_became_of_it(review, session, people, signed_in):
    request = ask(review, people)
    services.refuse(request=request, by=people.animator, reason="Non", now=NOW)
    adopt(review, people)
    address = f"/sessions/{session.number}/compte-rendu/relecture/"
    ask_page = f"{address}points/{request.item.public_id}/"
    for client, page in (
        (signed_in(people.member), ask_page),
        (signed_in(people.animator), ask_page),
        (signed_in(people.animator), f"{address}conclure/"),
    ):
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, address)
    assert client.post(page, {"issue": "adopter"})["Location"] == address


def test_the_cited_read_their_passage_alone(review, session, people, signed_in):
    address = f"/sessions/{session.number}/compte-rendu/relecture/"
    page = signed_in(people.former_animator).get(address).content.decode()
    assert "Selon Le RAMEAU" in page
    assert "Un texte." not in page
    assert "Un texte." in signed_in(people.member).get(address).content.decode()
    assert signed_in(people.funder).get(address).status_code == 403
    for leak in (session.get_absolute_url(), "/sessions/", "/"):
        assert "Selon Le RAMEAU" not in signed_in(people.member).get(leak).content.decode()


# --- asking and answering -----------------------------------------------------------------------------------------


def test_the_text_changes_through_accepted_requests_only(review, session, people):
    item = session.agenda.first()
    with pytest.raises(minutes_services.UnderReview):
        minutes_services.save_entry(item=item, by=people.animator, body="<p>x</p>", based_on=1, now=NOW)
    with pytest.raises(minutes_services.UnderReview):
        minutes_services.publish(session=session, by=people.animator, based_on=0, now=NOW)
    request = accept(ask(review, people), people)
    assert (request.state, request.revision.body) == (RequestState.ACCEPTED, "<p>Un autre texte.</p>")
    assert request.revision.author == people.animator
    assert MinutesEntry.objects.get(item=item).body == "<p>Un autre texte.</p>"


def test_accepting_changes_the_text_and_refusing_says_why(review, people):
    request = ask(review, people)
    with pytest.raises(services.NothingChanged):
        accept(request, people, body="<p>Un texte.</p>")
    with pytest.raises(minutes_services.EntryConflict):
        accept(request, people, based_on=0)
    with pytest.raises(services.RefusalUnexplained):
        services.refuse(request=request, by=people.animator, reason="  ", now=NOW)
    refused = services.refuse(request=request, by=people.animator, reason="Ce n’est pas ce qui fut dit.", now=NOW)
    assert refused.state == RequestState.REFUSED
    with pytest.raises(services.AlreadyAnswered):
        accept(refused, people)
    told = Notification.objects.get(kind="sessions_app.request_answered")
    assert told.recipient == people.member


def test_a_refusal_without_a_reason_is_told_at_its_field(review, session, people, signed_in):
    page = f"/sessions/{session.number}/compte-rendu/relecture/demandes/{ask(review, people).public_id}/"
    client = signed_in(people.animator)
    refused = client.post(page, {"refuse": "1", "body": "<p>Ce que j’écrivais.</p>", "text_format": "html", "rev": "1"})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert 'aria-describedby="answer_error"' in shown
    assert "Dites pourquoi la demande est refusée" in shown
    assert "Ce que j’écrivais." in shown
    client.post(page, {"refuse": "1", "answer": "Ce ne fut pas dit ainsi."})
    answered = client.get(page).content.decode()
    assert "Cette demande a déjà reçu une réponse." in answered
    assert 'name="accept"' not in answered


def test_what_an_accepted_request_changed_is_shown(review, session, people, signed_in):
    accept(ask(review, people), people)
    ask(review, people)
    for reader in (people.animator, people.member):
        shown = signed_in(reader).get(f"/sessions/{session.number}/compte-rendu/relecture/").content.decode()
        assert shown.count("Ce que cela a changé") == 1
        assert re.search(r"<ins>.*autre.*</ins>", shown)


def test_nobody_asks_after_the_period_or_its_end(review, people):
    with pytest.raises(services.WindowClosed):
        ask(review, people, now=review.closes_at)
    services.stop(circulation=review, by=people.animator, reason="Erreur", now=NOW)
    with pytest.raises(PermissionRefused):
        ask(review, people)


def test_animators_write_down_what_outside_speakers_ask(review, people):
    request = ask(review, people, by=people.animator, outside_name="Jeanne Invitée")
    assert (request.asked_by, request.organisation) == ("Jeanne Invitée", None)
    mine = ask(review, people, outside_name="Quelqu’un d’autre")
    assert mine.asked_by == "Atelier des communs ruraux"  # members ask for themselves only


def test_a_member_asks_in_the_page_and_nothing_typed_is_lost(review, session, people, signed_in):
    Circulation.objects.update(closes_at=timezone.now() + dt.timedelta(days=1))
    item = session.agenda.first()
    address = f"/sessions/{session.number}/compte-rendu/relecture/points/{item.public_id}/"
    client = signed_in(people.member)
    organisation = Organisation.objects.get(slug="atelier").pk
    wrong = client.post(address, {"organisation": organisation, "passage": "Mes mots", "wish": ""})
    assert (wrong.status_code, "Mes mots" in wrong.content.decode()) == (422, True)
    other = client.post(address, {"organisation": people.animating.pk, "wish": "Autre"})
    assert other.status_code == 422
    assert client.post(address, {"organisation": organisation, "wish": "Autre"}).status_code == 302
    asked = AmendmentRequest.objects.get()
    answer = f"/sessions/{session.number}/compte-rendu/relecture/demandes/{asked.public_id}/"
    assert client.get(answer).status_code == 403
    animator = signed_in(people.animator)
    typed = {"body": "<p>Un texte réécrit.</p>", "text_format": "html", "rev": "0", "answer": "Bien vu"}
    conflict = animator.post(answer, {**typed, "accept": "1"})
    assert conflict.status_code == 409
    assert "Un texte réécrit." in conflict.content.decode()
    assert "Bien vu" in conflict.content.decode()
    assert animator.post(answer, {**typed, "rev": "1", "accept": "1"}).status_code == 302
    assert "Bien vu" in client.get(f"/sessions/{session.number}/compte-rendu/relecture/").content.decode()


# --- the ends -----------------------------------------------------------------------------------------------------


def procedure_of(version):
    return minutes_page.read(version.snapshot).procedure.replace("\u00a0", " ")


def test_without_a_request_the_minutes_are_adopted_once_the_period_is_over(review, session, people):
    with pytest.raises(services.WindowOpen):
        adopt(review, people, now=review.closes_at - dt.timedelta(seconds=1))
    version = adopt(review, people)
    assert (version.procedure, version.snapshot["version"]["procedure"]) == (Procedure.ADOPTED, "adopted")
    assert version.snapshot["version"]["reviewed_until"] == "2026-03-18"
    assert procedure_of(version) == "réputé adopté sans observation au 18 mars 2026"
    assert Minutes.objects.get().state == MinutesState.PUBLISHED
    review.refresh_from_db()
    assert review.outcome == Outcome.ADOPTED
    with pytest.raises(services.ReviewOver):
        adopt(review, people)


def test_every_request_is_answered_before_adoption(review, people):
    request = ask(review, people)
    with pytest.raises(services.RequestsOpen):
        adopt(review, people)
    services.refuse(request=request, by=people.animator, reason="Non", now=NOW)
    version = adopt(review, people)
    assert version.procedure == Procedure.REVIEWED
    words = "réputé adopté au 18 mars 2026, toutes les demandes ayant reçu une réponse"
    assert procedure_of(version) == words
    del version.snapshot["version"]["reviewed_until"]  # as versions were frozen before
    assert procedure_of(version) == "réputé adopté, toutes les demandes ayant reçu une réponse"


def test_the_approval_becomes_the_first_item_of_the_next_agenda(review, session, people):
    with pytest.raises(services.NoNextSession):
        services.defer(circulation=review, by=people.animator, now=NOW)
    following = factories.SessionFactory(announced=True, number=24, items=2)
    factories.SessionFactory(announced=True, number=25)
    deferred = services.defer(circulation=review, by=people.animator, now=NOW)
    first = following.agenda.first()
    assert first == deferred.approval_item
    assert "22e session" in first.title
    assert list(following.agenda.values_list("position", flat=True)) == [1, 2, 3]
    with pytest.raises(services.NotApprovedYet):
        services.approve(circulation=deferred, by=people.animator, now=NOW)
    following.state = SessionState.HELD
    following.save()
    version = services.approve(circulation=deferred, by=people.animator, now=NOW)
    assert version.procedure == Procedure.APPROVED
    with pytest.raises(services.ReviewOver):
        services.approve(circulation=deferred, by=people.animator, now=NOW)


def test_stopping_gives_the_text_back_to_the_desk(review, session, people):
    with pytest.raises(services.StopUnexplained):
        services.stop(circulation=review, by=people.animator, reason="", now=NOW)
    services.stop(circulation=review, by=people.animator, reason="Une page manquait.", now=NOW)
    assert Minutes.objects.get().state == MinutesState.DRAFT
    with pytest.raises(services.ReviewOver):
        services.stop(circulation=review, by=people.animator, reason="Encore", now=NOW)
    again = circulate(session, people)
    assert again != review


def test_an_amendment_may_be_reviewed_too_and_says_what_it_changes(session, people):
    minutes_services.publish(session=session, by=people.animator, based_on=0, now=NOW)
    minutes_services.open_amendment(session=session, by=people.animator, now=NOW)
    review = circulate(session, people)
    with pytest.raises(minutes_services.ReasonMissing):
        adopt(review, people)
    assert adopt(review, people, reason="Un nom corrigé").number == 2


@pytest.mark.parametrize("deferred", [False, True])
def test_the_page_that_ends_a_review_says_what_publishing_opens_and_to_whom(session, people, signed_in, deferred):
    address = "/sessions/22/compte-rendu/relecture/conclure/"
    minutes_services.publish(session=session, by=people.animator, based_on=0, now=NOW)
    publication.make_public(session=session, by=people.animator, now=NOW)
    minutes_services.open_amendment(session=session, by=people.animator, now=NOW)
    MinutesEntry.objects.filter(item=session.agenda.first()).update(body="")
    review = circulate(session, people)
    if deferred:
        factories.SessionFactory(announced=True, number=23)
        services.defer(circulation=review, by=people.animator, now=LATER)
    page = signed_in(people.animator).get(address).content.decode()
    assert "Le compte rendu est public" in page
    assert "3 personnes en sont prévenues." in page
    assert f"Le point 1 n’a pas de texte\u00a0: {session.agenda.first().title}" in page
    assert "sans période contradictoire" not in page
    publication.make_members_only(session=session, by=people.animator, now=NOW)
    assert "Le compte rendu est public" not in signed_in(people.animator).get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_adopting_twice_at_once_makes_one_version(people, session):
    review = circulate(session, people)

    def conclude() -> int:
        return adopt(review, people).number

    results = together(conclude, conclude, refusals=(services.ReviewOver,))
    assert sorted(map(type, results), key=str) == [int, services.ReviewOver]
    assert 1 in results
    assert MinutesVersion.objects.count() == 1


def test_the_pages_of_a_review(review, session, people, browsing, assert_accessible):
    Circulation.objects.update(closes_at=timezone.now() + dt.timedelta(days=1))
    request = ask(Circulation.objects.get(), people, now=timezone.now())
    page = browsing.open(people.animator)
    base = f"/sessions/{session.number}/compte-rendu/relecture/"
    for address in ("", "conclure/", f"points/{request.item.public_id}/", f"demandes/{request.public_id}/"):
        page.goto(base + address)
        assert_accessible(page)
    small = browsing.open(people.member, width=360)
    small.goto(base)
    assert_accessible(small)
    assert small.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# --- one review after the other -----------------------------------------------------------------------------------


def test_a_review_has_an_address_of_its_own_that_outlives_the_next_review(session, people, signed_in):
    first = circulate(session, people)
    refused = ask(first, people, wish="Du premier tour")
    services.refuse(request=refused, by=people.animator, reason="Non", now=NOW)
    services.stop(circulation=first, by=people.animator, reason="Une page manquait", now=NOW)
    circulate(session, people)
    told = Notification.objects.filter(recipient=people.member).order_by("pk")
    links = {row.kind.partition(".")[2]: row.url for row in told[:3]}
    own = f"/sessions/22/compte-rendu/relecture/{first.public_id}/"
    assert links == {"review_opened": own, "request_answered": own, "review_stopped": own}
    assert (told[3].kind, told[3].url == own) == ("sessions_app.review_opened", False)
    shown = signed_in(people.member).get(own).content.decode()
    assert ("Du premier tour" in shown, "Une page manquait" in shown, "Relecture terminée" in shown) == (True,) * 3
    assert "Un texte." not in shown
    assert signed_in(people.outsider).get(own).status_code == 403
    assert (
        "Du premier tour" not in signed_in(people.member).get("/sessions/22/compte-rendu/relecture/").content.decode()
    )
    assert signed_in(people.member).get(own.replace("/22/", "/23/")).status_code == 404


def test_a_version_leads_to_the_review_it_came_from_and_closes_with_it(session, people, signed_in):
    first = circulate(session, people)
    adopt(first, people)
    minutes_services.open_amendment(session=session, by=people.animator, now=NOW)
    circulate(session, people)
    own, member = f"/sessions/22/compte-rendu/relecture/{first.public_id}/", signed_in(people.member)
    assert own in member.get("/sessions/22/compte-rendu/versions/1/").content.decode()
    assert signed_in(people.administrator).get(own).status_code == 200
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=NOW)
    assert member.get(own).status_code == 410


def test_a_request_that_comes_after_the_end_is_shown_to_who_wrote_it(session, people, signed_in):
    now = timezone.now()
    review = services.circulate(session=session, by=people.animator, days=8, now=now)
    address = f"/sessions/22/compte-rendu/relecture/points/{session.agenda.first().public_id}/"
    member = signed_in(people.member)
    assert member.get(address).status_code == 200
    services.stop(circulation=review, by=people.animator, reason="Une page manquait", now=now)
    late = member.post(address, {"passage": "un <b>texte", "wish": "Dire ceci\net cela"})
    assert late.status_code == 409
    page = late.content.decode()
    assert ("un &lt;b&gt;texte" in page, "Dire ceci<br>et cela" in page) == (True, True)
    assert "n’est pas enregistrée" in page
    assert not AmendmentRequest.objects.exists()
    assert member.get(address)["Location"] == "/sessions/22/compte-rendu/relecture/"


def test_the_end_of_a_review_counts_the_requests_that_its_reader_sees(session, people, signed_in):
    review = circulate(session, people)
    accept(ask(review, people), people)
    for by, place in ((people.member, 1), (people.former_animator, 1)):
        services.refuse(request=ask(review, people, by=by, place=place), by=people.animator, reason="Non", now=NOW)
    services.stop(circulation=review, by=people.animator, reason="Une page manquait", now=NOW)
    cited = signed_in(people.former_animator).get("/sessions/22/compte-rendu/relecture/").content.decode()
    assert "2 demandes, 0 acceptée" in cited
    everything = signed_in(people.animator).get("/sessions/22/compte-rendu/relecture/").content.decode()
    assert "3 demandes, 1 acceptée" in everything
