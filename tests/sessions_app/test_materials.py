"""Materials: added, replaced by newer versions, ordered, taken away; proposed by members and answered."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.files import validate_upload
from core.notifications.models import Notification
from members.models import Organisation
from sessions_app.enums import Audience, Presence, RequestState, SessionState
from sessions_app.materials import services
from sessions_app.models import Material, MaterialProposal, Session
from tests import factories
from tests.core.files import makers

pytestmark = pytest.mark.django_db
OTHERS = ["outsider", "observer", "member", "former_animator", "funder", "administrator"]


@pytest.fixture
def session(people):
    return factories.SessionFactory(number=22)


def pdf(name="note.pdf"):
    return makers.upload(name, makers.PDF)


def add(
    session, people, by=None, title="Note", audience=Audience.MEMBERS, upload=None, link="https://exemple.example/a"
):
    return services.add(
        session=session,
        by=by or people.animator,
        title=title,
        audience=audience,
        upload=validate_upload(upload) if upload else None,
        link="" if upload else link,
        now=timezone.now(),
    )


def change(material, people, by=None, **given):
    given = {"title": material.title, "audience": material.audience, **given}
    return services.change(material=material, by=by or people.animator, now=timezone.now(), **given)


def propose(session, people, by=None, **given):
    given = {"title": "Ma note", "link": "https://exemple.example/b", **given}
    return services.propose(session=session, by=by or people.member, now=timezone.now(), **given)


def fetch(client, address):
    """The answer to a download, read to its end."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def status(client, address):
    return fetch(client, address).status_code


@pytest.mark.parametrize("role", OTHERS)
def test_only_animators_manage(session, people, role):
    by, material, proposal = people.role(role), add(session, people), propose(session, people)
    for step in (
        lambda: add(session, people, by=by),
        lambda: change(material, people, by=by),
        lambda: services.reorder(session=session, order=[material], by=by),
        lambda: services.remove(material=material, by=by),
        lambda: services.accept(proposal=proposal, by=by, title="x", audience="members", now=timezone.now()),
        lambda: services.refuse(proposal=proposal, by=by, reason="x", now=timezone.now()),
    ):
        with pytest.raises(PermissionRefused):
            step()


def test_another_file_is_a_new_version_and_other_words_are_not(session, people):
    first = add(session, people, upload=pdf())
    assert change(first, people, title="Note corrigée", audience=Audience.PUBLIC).version == 1
    second = change(first, people, title="Note", upload=validate_upload(pdf("autre.pdf")))
    assert (second.version, second.series, second.position) == (2, first.series, first.position)
    assert (
        change(first, people, link="https://exemple.example/autre").version == 3
    )  # from the newest, whichever was shown
    assert Material.objects.count() == 3


def test_versions_move_together(session, people):
    first, second = add(session, people, title="A"), add(session, people, title="B")
    change(first, people, link="https://exemple.example/2")
    services.reorder(session=session, order=[second, first], by=people.animator)
    assert sorted(Material.objects.values_list("title", "position")) == [("A", 2), ("A", 2), ("B", 1)]


def test_what_published_minutes_list_stays(session, people):
    kept = add(session, people)
    factories.AgendaItemFactory(session=session)
    factories.MinutesFactory(session=session)
    factories.MinutesVersionFactory(session=session)
    later = add(session, people)
    with pytest.raises(services.InPublishedMinutes):
        services.remove(material=kept, by=people.animator)
    services.remove(material=later, by=people.animator)
    assert list(Material.objects.all()) == [kept]


def test_a_file_or_a_link_one_of_the_two(session, people):
    with pytest.raises(ValidationError):
        add(session, people, link="")


# --- proposals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("member", True),
        ("funder", True),
        ("animator", True),
        ("observer", False),
        ("outsider", False),
        ("administrator", False),
    ],
)
def test_representatives_and_substitutes_propose(session, people, role, may):
    if may:
        assert propose(session, people, by=people.role(role)).state == RequestState.OPEN
    else:
        with pytest.raises(PermissionRefused):
            propose(session, people, by=people.role(role))


def test_nothing_is_proposed_for_a_session_that_was_cancelled(session, people, signed_in):
    assert "Proposer un support" in signed_in(people.member).get("/sessions/22/").text
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, reason="Grève")
    assert "Proposer un support" not in signed_in(people.member).get("/sessions/22/").text
    with pytest.raises(PermissionRefused, match="annulée"):
        propose(Session.objects.get(pk=session.pk), people)


def test_a_proposal_is_seen_by_its_author_and_the_animators_alone(session, people, signed_in):
    proposal = propose(session, people, upload=validate_upload(pdf()), link="")
    address = f"/sessions/22/supports/propositions/{proposal.public_id}/fichier/"
    statuses = {role: status(signed_in(people.role(role)), address) for role in ("member", "animator", "funder")}
    assert statuses == {"member": 200, "animator": 200, "funder": 404}
    assert "Ma note" not in signed_in(people.funder).get("/sessions/22/").content.decode()
    assert not Material.objects.exists()


def test_accepting_makes_a_material_and_tells_the_author(session, people):
    proposal = propose(session, people, upload=validate_upload(pdf()), link="")
    material = services.accept(
        proposal=proposal, by=people.animator, title="Note relue", audience=Audience.MEMBERS, now=timezone.now()
    )
    assert (material.title, material.file) == ("Note relue", proposal.file)
    with pytest.raises(services.AlreadyAnswered):
        services.refuse(proposal=proposal, by=people.animator, reason="Non", now=timezone.now())
    assert Notification.objects.get().recipient == people.member


def test_refusing_says_why(session, people):
    proposal = propose(session, people)
    with pytest.raises(services.ReasonMissing):
        services.refuse(proposal=proposal, by=people.animator, reason=" ", now=timezone.now())
    assert (
        services.refuse(proposal=proposal, by=people.animator, reason="Hors sujet", now=timezone.now()).state
        == "refused"
    )


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        makers.upload("macros.docx", makers.ooxml("docx", {"word/vbaProject.bin": b"x"})),
        makers.upload("page.html", b"<script>alert(1)</script>"),
        makers.upload("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        makers.upload("facture.pdf", b"MZ\x90\x00 exe"),
        makers.upload("vide.pdf", b""),
    ],
    ids=["macros", "html", "svg", "exe renamed", "empty"],
)
def test_wrong_files_are_told_at_the_field_and_the_rest_kept(session, people, signed_in, wrong):
    wrong.seek(0)
    client = signed_in(people.animator)
    response = client.post(
        "/sessions/22/supports/ajouter/", {"title": "Mon titre", "file": wrong, "audience": "members"}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert "Mon titre" in response.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "file"),
        ({"link": "javascript:alert(1)", "title": "x"}, "link"),
        ({"link": "https://exemple.example/"}, "title"),
        ({"link": "https://exemple.example/", "title": "é" * 300}, "title"),
        ({"link": "https://exemple.example/", "title": "x", "audience": "monde"}, "audience"),
    ],
)
def test_bad_input_is_told_at_its_field(session, people, signed_in, data, field):
    response = signed_in(people.animator).post("/sessions/22/supports/ajouter/", {"audience": "members", **data})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_file_without_a_title_takes_its_clean_name(session, people, signed_in):
    data = {"file": pdf("../../Été\u202e 2031.pdf"), "audience": "members"}
    assert signed_in(people.animator).post("/sessions/22/supports/ajouter/", data).status_code == 302
    material = Material.objects.get()
    assert material.title == "Été 2031"
    page = signed_in(people.member).get("/sessions/22/").content.decode()
    assert f"/supports/{material.public_id}/?voir=1" in page


def test_a_pdf_is_shown_in_the_browser_where_asked_and_never_runs(session, people, signed_in):
    material = add(session, people, upload=pdf())
    response = fetch(signed_in(people.member), f"/sessions/22/supports/{material.public_id}/?voir=1")
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    sheet = add(session, people, upload=makers.upload("t.xlsx", makers.ooxml("xlsx")))
    response = fetch(signed_in(people.member), f"/sessions/22/supports/{sheet.public_id}/?voir=1")
    assert response["Content-Disposition"].startswith("attachment")


def test_participants_only_materials_follow_the_position_of_today(session, people, signed_in):
    material = add(session, people, upload=pdf(), audience=Audience.PARTICIPANTS)
    address = f"/sessions/22/supports/{material.public_id}/"
    assert status(signed_in(people.member), address) == 403
    organisation = Organisation.objects.get(slug="atelier")
    factories.AttendanceFactory(session=session, organisation=organisation, presence=Presence.REMOTE)
    assert status(signed_in(people.member), address) == 200
    left = factories.PositionFactory(organisation=organisation, ended=True).user
    factories.PositionFactory(user=left, organisation=Organisation.objects.get(slug="le-rameau"))
    assert status(signed_in(left), address) == 403


def test_the_order_is_sent_as_numbers(session, people, signed_in):
    rows = [add(session, people, title=title) for title in "ABC"]
    data = {f"place-{row.public_id}": place for row, place in zip(rows, ("3", "1", "deux"), strict=True)}
    assert signed_in(people.animator).post("/sessions/22/supports/", data).status_code == 302
    assert list(Material.objects.order_by("position").values_list("title", flat=True)) == ["B", "A", "C"]


def test_a_member_proposes_and_reads_the_answer(session, people, signed_in):
    member, animator = signed_in(people.member), signed_in(people.animator)
    data = {"title": "Ma note", "file": pdf(), "note": "Pour le point 3"}
    assert member.post("/sessions/22/supports/proposer/", data).status_code == 302
    proposal = MaterialProposal.objects.get()
    assert proposal.organisation.slug == "atelier"
    assert "Ma note" in animator.get("/sessions/22/supports/").content.decode()
    address = f"/sessions/22/supports/propositions/{proposal.public_id}/"
    refused = animator.post(address, {"title": "Ma note", "audience": "members", "answer": "", "refuse": "1"})
    assert refused.status_code == 422
    said = {"title": "Ma note", "audience": "members", "answer": "Merci !", "accept": "1"}
    assert animator.post(address, said).status_code == 302
    assert "Merci !" in member.get("/sessions/22/supports/proposer/").content.decode()
    assert "Ma note" in member.get("/sessions/22/").content.decode()


def test_the_list_asks_as_often_for_three_as_for_one(session, people, signed_in, assert_constant_queries):
    assert_constant_queries(
        signed_in(people.animator), "/sessions/22/supports/", lambda: add(session, people, upload=pdf())
    )


def test_materials_are_ordered_by_keys_in_the_browser(session, people, browsing, assert_accessible):
    for title in "ABC":
        add(session, people, title=title)
    propose(session, people)
    page = browsing.open(people.animator)
    page.goto("/sessions/22/supports/")
    assert_accessible(page)
    page.locator("[data-reorder-item]").first.locator("[data-move='1']").focus()
    page.keyboard.press("Enter")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert list(Material.objects.order_by("position").values_list("title", flat=True)) == ["B", "A", "C"]
    for address in ("ajouter/", "proposer/", f"{Material.objects.first().public_id}/modifier/"):
        page.goto(f"/sessions/22/supports/{address}")
        assert_accessible(page)
    small = browsing.open(people.animator, width=360)
    small.goto("/sessions/22/supports/")
    assert small.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
