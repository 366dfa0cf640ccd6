"""Decisions and actions: writing them down, what members see and when, and the record of day two."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import canonical, partial_dates
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification
from core.reports.registry import kind
from core.reports.render import render
from core.reports.verification import by_digits
from members.models import Organisation
from sessions_app.enums import FollowUp, MinutesState
from sessions_app.follow_up import services
from sessions_app.models import ActionItem, Decision, DecisionRecord, Minutes
from tests import factories

pytestmark = pytest.mark.django_db
OTHERS = ["outsider", "observer", "member", "former_animator", "funder", "administrator"]


@pytest.fixture
def session(people):
    return factories.SessionFactory(number=22, items=2)


def add(session, people, model=Decision, text="On essaie.", by=None, **fields):
    row = model(session=session, text=text, **fields)
    return services.save(row=row, by=by or people.animator, now=timezone.now())


def release(session, people, based_on=0, by=None):
    return services.release_record(session=session, by=by or people.animator, based_on=based_on, now=timezone.now())


def test_rows_are_numbered_within_their_session(session, people):
    add(session, people)
    assert [add(session, people).reference, add(session, people, ActionItem).reference] == ["D-22-02", "A-22-01"]


def test_what_no_member_has_read_can_be_taken_back_and_the_rest_moves_up(session, people):
    first, _second, third = (add(session, people, text=text) for text in "abc")
    services.remove(row=first, by=people.animator, now=timezone.now())
    third.refresh_from_db()
    assert third.reference == "D-22-02"
    release(session, people)
    with pytest.raises(services.AlreadyReleased):
        services.remove(row=third, by=people.animator, now=timezone.now())


@pytest.mark.parametrize("register", ["/decisions/", "/actions/"])
def test_the_filter_names_only_organisations_whose_rows_are_out(session, people, signed_in, register):
    secret = factories.OrganisationFactory(name="Le Verger tenu secret")
    add(session, people, Decision if register == "/decisions/" else ActionItem, responsible=secret)

    def offered(user):
        return [option.value for option in facet_of(signed_in(user).get(register), "structure").options]

    assert offered(people.member) == []
    assert offered(people.animator) == [secret.slug]
    assert signed_in(people.member).get(f"{register}?structure={secret.slug}").status_code == 400
    release(session, people)
    assert offered(people.member) == [secret.slug]


def test_each_register_leads_to_the_other_and_is_found_under_decisions(people, signed_in):
    client = signed_in(people.member)
    assert '<a href="/actions/">Actions</a>' in client.get("/decisions/").content.decode()
    shown = client.get("/actions/").content.decode()
    assert '<a href="/decisions/" aria-current="true">Décisions</a>' in shown
    assert '<a href="/actions/" aria-current="page">Actions</a>' in shown


def facet_of(response, name):
    return next(facet for facet in response.context["filterset"].facets if facet.name == name)


@pytest.mark.parametrize("role", OTHERS)
def test_only_animators_write_them_down(session, people, role):
    row = add(session, people)
    with pytest.raises(PermissionRefused):
        add(session, people, by=people.role(role))
    with pytest.raises(PermissionRefused):
        services.remove(row=row, by=people.role(role), now=timezone.now())
    with pytest.raises(PermissionRefused):
        release(session, people, by=people.role(role))


def test_published_minutes_close_them_until_an_amendment(session, people):
    row = add(session, people)
    factories.MinutesFactory(session=session)
    factories.MinutesVersionFactory(session=session)
    row.refresh_from_db()
    assert row.released_at is not None
    with pytest.raises(services.FollowUpClosed):
        add(session, people)
    Minutes.objects.update(state=MinutesState.DRAFT)
    later = add(session, people)
    assert list(Decision.objects.visible(drafts=False)) == [row]  # the amendment is not out yet
    assert later in Decision.objects.visible(drafts=True)


@pytest.mark.parametrize(
    ("role", "may"),
    [("animator", True), ("member", True), ("observer", False), ("funder", False), ("former_animator", False)],
)
def test_the_responsible_organisation_and_the_animators_say_where_it_stands(session, people, role, may):
    mine = Organisation.objects.get(slug="atelier")
    row = add(session, people, ActionItem, responsible=mine)
    release(session, people)
    row.refresh_from_db()
    change = {"row": row, "status": FollowUp.DONE, "by": people.role(role), "now": timezone.now()}
    if may:
        assert services.set_status(**change).status == FollowUp.DONE
    else:
        with pytest.raises(PermissionRefused):
            services.set_status(**change)


def test_what_is_not_out_does_not_exist_for_members(session, people, signed_in):
    row = add(session, people, text="Un projet secret")
    member = signed_in(people.member)
    assert member.post(f"/decisions/{row.public_id}/etat/", {"status": "done"}).status_code == 404
    for address in ("/decisions/", f"/sessions/{session.number}/", "/sessions/"):
        assert "secret" not in member.get(address).content.decode()
    assert member.get(f"/sessions/{session.number}/releve/").status_code == 403
    assert member.get("/sessions/?documents=decisions").context["filterset"].found == 0
    release(session, people)
    for address in ("/decisions/", f"/sessions/{session.number}/", f"/sessions/{session.number}/releve/"):
        assert "Un projet secret" in member.get(address).content.decode()


def test_the_record_is_frozen_told_and_can_be_checked(session, people):
    add(session, people, text="On essaie.")
    add(session, people, ActionItem, text="Écrire la fiche", person=people.member)
    record = release(session, people)
    assert record.content_sha256 == canonical.sha256(record.snapshot)
    assert people.member.last_name not in canonical.canonical(record.snapshot).decode()
    assert [row["text"] for row in record.snapshot["decisions"]] == ["On essaie."]
    assert sorted(Notification.objects.values_list("recipient__email", flat=True)) == [
        "former-animator@exemple.example",
        "funder@exemple.example",
        "member@exemple.example",
    ]
    found = by_digits(record.content_sha256[:12])
    assert (found.version, found.is_in_force) == (1, True)
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("UPDATE sessions_app_decisionrecord SET number = 2")


def test_a_record_asked_for_twice_is_one_and_an_unchanged_one_is_refused(session, people):
    with pytest.raises(services.NothingToRelease):
        release(session, people)
    row = add(session, people)
    first = release(session, people)
    assert release(session, people, based_on=0) == first
    with pytest.raises(services.RecordUnchanged):
        release(session, people, based_on=1)
    row.refresh_from_db()
    row.text = "Autrement dit"
    services.save(row=row, by=people.animator, now=timezone.now())
    second = release(session, people, based_on=1)
    assert second.number == 2
    assert by_digits(first.content_sha256).in_force == 2


def test_the_record_prints(session, people):
    add(session, people, text="On essaie : « oui ».", due=partial_dates.month(2031, 3), responsible=people.animating)
    add(session, people, ActionItem, person=people.member)
    record = release(session, people)
    report = kind("decision-record")
    with translation.override("fr"):
        content = report.content(record, "fr")
        about = {"title": content.title, "created": content.created, "language": "fr"}
        html = render_to_string(report.template, {**content.context, **about})
    assert "D-22-01" in html
    assert people.member.get_full_name() in html
    assert render(html, stylesheet=report.stylesheet, identifier="0" * 64).pages <= 2


def rows_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_registers_download_as_csv_and_xlsx_with_their_filters(session, people, signed_in):
    add(
        session,
        people,
        ActionItem,
        text="=1+1",
        due=partial_dates.day(dt.date(2020, 1, 1)),
        responsible=people.animating,
    )
    add(session, people, ActionItem, text="Sans date")
    release(session, people)
    member = signed_in(people.member)
    csv = rows_of(member, "/actions/?format=csv").decode("utf-8-sig").splitlines()
    assert len(csv) == 3
    assert "'=1+1" in csv[1]
    late = rows_of(member, "/actions/?echeance=en-retard&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(late)).worksheets[0]
    assert sheet.max_row == 2
    assert member.get("/actions/?echeance=bof&format=csv").status_code == 400
    assert member.get("/actions/?structure=fondation").context["filterset"].found == 1


def test_open_actions_come_up_in_the_next_session(session, people, signed_in):
    add(session, people, ActionItem, text="Écrire la fiche")
    done = add(session, people, ActionItem, text="Déjà faite")
    release(session, people)
    done.refresh_from_db()
    services.set_status(row=done, status=FollowUp.DONE, by=people.animator, now=timezone.now())
    ahead = factories.SessionFactory(announced=True, number=23)
    page = signed_in(people.member).get(ahead.get_absolute_url()).content.decode()
    assert "Écrire la fiche" in page
    assert "Déjà faite" not in page


# --- pages --------------------------------------------------------------------------------------------------------


def test_a_wrong_form_keeps_what_was_typed(session, people, signed_in):
    animator = signed_in(people.animator)
    address = f"/sessions/{session.number}/decisions/ajouter/"
    data = {"decision-text": "Un texte à garder", "decision-kind": "decision", "decision-due": "hier soir"}
    response = animator.post(address, data)
    assert response.status_code == 422
    assert "Un texte à garder" in response.content.decode()
    assert animator.post(address, {**data, "decision-due": "mars 2031"}).status_code == 302
    assert Decision.objects.get().due == partial_dates.month(2031, 3)


def test_an_item_of_another_session_is_refused(session, people, signed_in):
    other = factories.AgendaItemFactory()
    data = {"action-text": "Écrire", "action-item": other.pk}
    assert signed_in(people.animator).post(f"/sessions/{session.number}/actions/ajouter/", data).status_code == 422


def test_beside_the_minutes_a_decision_is_added_under_its_item(session, people, signed_in):
    animator = signed_in(people.animator)
    address = f"/sessions/{session.number}/decisions/ajouter/?point=2"
    item = session.agenda.last()
    data = {"decision-text": "On essaie", "decision-kind": "decision", "decision-item": item.pk}
    panel = animator.post(address, data, headers={"HX-Request": "true"}).content.decode()
    assert "D-22-01" in panel
    assert "<html" not in panel
    assert Decision.objects.get().item == item
    refused = animator.post(address, {**data, "decision-text": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert '<details class="panel-form" open>' in refused.content.decode()
    assert (
        animator.post(address, data).headers["Location"] == f"/sessions/{session.number}/compte-rendu/modifier/?point=2"
    )


def test_status_leads_back_where_it_was_said_and_nowhere_else(session, people, signed_in):
    row = add(session, people)
    animator = signed_in(people.animator)
    address = f"/decisions/{row.public_id}/etat/"
    assert (
        animator.post(address, {"status": "done", "next": "/decisions/?page=1"}).headers["Location"]
        == "/decisions/?page=1"
    )
    away = animator.post(address, {"status": "open", "next": "https://ailleurs.example/"}).headers["Location"]
    assert away.startswith("/sessions/22/")
    animator.post(address, {"status": "nimporte"})
    row.refresh_from_db()
    assert row.status == FollowUp.OPEN


def test_a_whole_record_in_the_browser(session, people, browsing, assert_accessible):
    add(session, people, text="On essaie.")
    page = browsing.open(people.animator)
    page.goto(f"/sessions/{session.number}/suites/")
    assert_accessible(page)
    page.get_by_role("link", name="Diffuser le relevé").or_(
        page.get_by_role("link", name="Circulate the record")
    ).click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/sessions/{session.number}/releve/")
    assert_accessible(page)
    assert DecisionRecord.objects.count() == 1
