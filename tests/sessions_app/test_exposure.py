"""Who reads published minutes: members, everybody in a shortened form, or nobody for the time being."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import canonical
from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification
from core.reports.registry import kind
from core.reports.render import render
from core.reports.services import request_report
from core.reports.verification import by_digits
from sessions_app.minutes import publication as services, services as minutes
from sessions_app.models import Material, Minutes, VersionStanding
from tests import factories

pytestmark = pytest.mark.django_db
OTHERS = ["outsider", "observer", "member", "former_animator", "funder", "administrator"]


@pytest.fixture
def session(people):
    """Published: one open item, one reserved, people present and speaking."""
    session = factories.SessionFactory(number=22)
    opened = factories.AgendaItemFactory(session=session, title="Ouverture")
    reserved = factories.AgendaItemFactory(session=session, title="Huis clos", is_reserved=True)
    factories.SpeakerFactory(item=opened, guest_name="Dominique Invitée", organisation=people.animating)
    factories.MinutesFactory(session=session)
    row = factories.AttendanceFactory(session=session, organisation=people.animating)
    factories.AttendeeFactory(attendance=row, user=people.animator)
    factories.AttendeeFactory(attendance=row, user=None, name="Paule Présente")
    factories.DecisionFactory(session=session, item=reserved, text="Décision à huis clos")
    factories.DecisionFactory(session=session, item=opened, text="Décision ouverte")
    factories.ActionItemFactory(session=session, item=opened, person=people.member)
    factories.MaterialFactory(session=session, title="Note interne")
    factories.MaterialFactory(session=session, title="Affiche", audience="public")
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    return session


def act(name, session, people, by=None, **given):
    return getattr(services, name)(session=session, by=by or people.animator, now=timezone.now(), **given)


def restore(document, by):
    services.restore(document=document, by=by, reason="Vérifié", now=timezone.now())


PUBLIC = "/sessions/22/compte-rendu/public/"


def test_a_version_of_public_minutes_says_that_it_is_public_and_asks_its_reason_at_the_field(
    session, people, signed_in
):
    page, client = "/sessions/22/compte-rendu/publier/", signed_in(people.animator)
    minutes.open_amendment(session=session, by=people.animator, now=timezone.now())
    assert "Le compte rendu est public" not in client.get(page).content.decode()
    act("make_public", session, people)
    assert "Le compte rendu est public" in client.get(page).content.decode()
    refused = client.post(page, {"based_on": "1", "reason": " "})
    assert refused.status_code == 422
    assert 'aria-describedby="reason_error"' in refused.content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_only_animators_decide_who_reads(session, people, role):
    by = people.role(role)
    for name, given in (
        ("make_public", {}),
        ("make_members_only", {}),
        ("withdraw", {"reason": "Non"}),
    ):
        with pytest.raises(PermissionRefused):
            act(name, session, people, by=by, **given)
    with pytest.raises(PermissionRefused):
        restore(session.versions.get(), by)


def test_nothing_published_cannot_be_opened(people):
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    with pytest.raises(services.NothingPublished):
        act("make_public", session, people)


def test_the_public_form_names_organisations_and_nobody(session, people):
    version = session.versions.get()
    public = services.public_form(version.snapshot)
    text = canonical.canonical(public).decode()
    assert '"kind":"user"' not in text
    assert '"kind":"attendee"' not in text
    assert '"kind":"speaker"' not in text
    assert "Huis clos" not in text
    assert "Décision à huis clos" not in text
    assert "Note interne" not in text
    for kept in ("Ouverture", "Décision ouverte", "Affiche", "Fondation des Territoires"):
        assert kept in text
    assert canonical.sha256(version.snapshot) == version.content_sha256  # the version itself is untouched


def test_visitors_read_what_was_made_public_and_nothing_else(session, people, signed_in):
    visitor = signed_in(people.visitor)
    assert visitor.get(PUBLIC).status_code == 404
    assert "22" not in [str(v.session.number) for v in visitor.get("/comptes-rendus-publics/").context["page"]]
    act("make_public", session, people)
    page = visitor.get(PUBLIC).content.decode()
    assert "Texte du point 1." in page
    for hidden in ("Huis clos", "huis clos", "Texte du point 2.", "Paule", "Dominique", "Animator", "Member"):
        assert hidden not in page
    assert "/sessions/22/compte-rendu/public/" in visitor.get("/comptes-rendus-publics/").content.decode()
    assert visitor.get("/sessions/22/compte-rendu/").status_code == 302
    assert visitor.get("/sessions/22/").status_code == 302
    act("make_members_only", session, people)
    assert visitor.get(PUBLIC).status_code == 404


def test_the_public_pdf_names_nobody(session, people, signed_in):
    act("make_public", session, people)
    version = session.versions.get()
    report = kind("session-report-public")
    with translation.override("fr"):
        content = report.content(version, "fr")
        about = {"title": content.title, "created": content.created, "language": "fr"}
        html = render_to_string(report.template, {**content.context, **about})
    for hidden in ("Huis clos", "huis clos", "Paule", "Dominique", people.animator.get_full_name()):
        assert hidden not in html
    assert "reason" not in content.context["words"]
    assert "Fondation des Territoires" in html
    assert render(html, stylesheet=report.stylesheet, identifier="0" * 64).pages
    assert signed_in(people.visitor).get("/sessions/22/compte-rendu/public.pdf").status_code == 404  # not made yet


def test_the_public_pdf_says_neither_what_a_version_changed_nor_what_follows_from_a_hidden_decision(session, people):
    hidden = session.decisions.get(text="Décision à huis clos")
    factories.ActionItemFactory(session=session, decision=hidden, item=None, text="Suite du huis clos")
    minutes.open_amendment(session=session, by=people.animator, now=timezone.now())
    reason = "Nom de Paule Présente corrigé"
    minutes.publish(session=session, by=people.animator, based_on=1, reason=reason, now=timezone.now())
    version = session.versions.get(number=2)
    assert reason in canonical.canonical(version.snapshot).decode()
    public = canonical.canonical(services.public_form(version.snapshot)).decode()
    assert (reason in public, "Suite du huis clos" in public) == (False, False)
    report = kind("session-report-public")
    with translation.override("fr"):
        content = report.content(version, "fr")
        html = render_to_string(
            report.template, {**content.context, "title": content.title, "created": content.created, "language": "fr"}
        )
    assert ("Paule" in html, "Suite du huis clos" in html) == (False, False)


def test_a_withdrawal_closes_everything_at_once(session, people, signed_in):
    act("make_public", session, people)
    version = session.versions.get()
    with pytest.raises(services.ReasonNeeded):
        act("withdraw", session, people, reason=" ")
    act("withdraw", session, people, reason="Une donnée personnelle")
    member, visitor, animator = (signed_in(people.role(role)) for role in ("member", "visitor", "animator"))
    for address in ("/sessions/22/compte-rendu/", "/sessions/22/compte-rendu/versions/1/"):
        response = member.get(address)
        assert response.status_code == 410
        assert "Texte du point 1." not in response.content.decode()
        assert animator.get(address).status_code == 200
    assert visitor.get(PUBLIC).status_code == 404
    page = member.get("/sessions/22/").content.decode()
    assert "Texte du point 1." not in page
    assert "Une donnée personnelle" not in page
    assert member.get("/sessions/?documents=compte-rendu").context["filterset"].found == 0
    assert member.get("/").status_code == 200
    assert f"/sessions/{session.number}/compte-rendu/" not in member.get("/").content.decode()
    with pytest.raises(PermissionRefused):
        request_report(kind="session-report", subject_id=version.public_id, by=people.member, now=timezone.now())
    assert by_digits(version.content_sha256).is_withdrawn
    verdict = visitor.get(f"/verifier/{version.content_sha256}/")
    assert verdict.context["verdict"] == "withdrawn"
    assert sorted(Notification.objects.values_list("recipient__email", flat=True)) == [
        "former-animator@exemple.example",
        "funder@exemple.example",
        "member@exemple.example",
    ]


def test_feed_and_api_follow_at_once(session, people, client):
    def told():
        feed = client.get("/comptes-rendus-publics/atom.xml").content.decode()
        row = client.get("/api/v1/sessions/22/").json()["public_minutes"]
        return PUBLIC in feed, row and (row["version"], row["url"].endswith(PUBLIC), row["sha256"])

    assert told() == (False, None)
    act("make_public", session, people)
    assert told() == (True, (1, True, session.versions.get().content_sha256))
    act("withdraw", session, people, reason="Erreur")
    assert told() == (False, None)
    restore(session.versions.get(), people.animator)
    assert told() == (False, None)
    act("make_public", session, people)
    act("make_members_only", session, people)
    assert told() == (False, None)


def test_restoring_opens_to_the_members_again_not_to_all(session, people, signed_in):
    act("make_public", session, people)
    act("withdraw", session, people, reason="Erreur")
    with pytest.raises(services.Withdrawn):
        act("make_public", session, people)
    restore(session.versions.get(), people.animator)
    assert signed_in(people.member).get("/sessions/22/compte-rendu/").status_code == 200
    assert signed_in(people.visitor).get(PUBLIC).status_code == 404


def test_the_page_does_one_thing_at_a_time_and_keeps_a_refused_reason(session, people, signed_in):
    animator, address = signed_in(people.animator), "/sessions/22/compte-rendu/diffusion/"
    seen = session.versions.get().content_sha256
    assert animator.post(address, {"choix": "rendre-public", "seen": seen}).status_code == 302
    assert Minutes.objects.get().public_since
    assert animator.post(address, {"choix": "retirer", "reason": ""}).status_code == 422
    long = animator.post(address, {"choix": "retirer", "reason": "x" * 301})
    assert (long.status_code, "x" * 301 in long.content.decode()) == (422, True)
    assert animator.post(address, {"choix": "bof"}).status_code == 422
    assert animator.post(address, {"choix": "retirer", "reason": "Erreur"}).status_code == 302
    standing = VersionStanding.objects.get()
    assert (standing.state, standing.withdrawal_reason, standing.withdrawn_by) == (
        "withdrawn",
        "Erreur",
        people.animator,
    )
    assert Material.objects.count() == 2


def test_the_pages_are_accessible(session, people, browsing, assert_accessible):
    act("make_public", session, people)
    page = browsing.open(people.animator)
    page.goto("/sessions/22/compte-rendu/diffusion/")
    assert_accessible(page)
    visitor = browsing.open(width=360)
    for address in (PUBLIC, "/comptes-rendus-publics/"):
        visitor.goto(address)
        assert_accessible(visitor)
        assert visitor.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("role", ["member", "observer", "administrator"])
def test_a_draft_session_opens_nothing_to_readers(people, role):
    draft = factories.SessionFactory(draft=True)
    version = factories.MinutesVersionFactory(session=draft)
    for name, on in (
        ("view_session", draft),
        ("read_minutes", version),
        ("request_report", version),
        ("propose_material", draft),
    ):
        assert not rights.allows(people.role(role), f"sessions_app.{name}", on)
