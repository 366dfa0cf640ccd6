"""Recording who was there: rules of a row, what answers prefill, the CSV, the sheet to sign and its scan."""

from __future__ import annotations

import html
import io

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from core import partial_dates
from core.accounts.rights import PermissionRefused
from core.models import StoredFile
from core.reports import jobs
from core.reports.models import Report
from sessions_app.attendance import importing, services
from sessions_app.attendance.services import Entry
from sessions_app.attendance.sheet import sheet_of
from sessions_app.attendance.signing import SIGNING_SHEET, lines
from sessions_app.enums import Presence
from sessions_app.models import Answer, Attendance, Attendee, Guest, SignedSheet
from sessions_app.responses.enums import AnswerChoice
from tests import factories

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def session(people):
    return factories.SessionFactory(number=22, date=partial_dates.day(factories.days(-1)))


def organisation_of(user):
    return user.positions.get().organisation


def record(session, scene, organisation, presence, **fields):
    return services.record(session=session, entry=Entry(organisation, presence, **fields), by=scene.animator)


def recorded(session):
    rows = Attendance.objects.filter(session=session).select_related("organisation")
    return {row.organisation.slug: row.presence for row in rows}


@pytest.mark.parametrize("role", ["outsider", "observer", "member", "former_animator", "funder", "administrator"])
def test_only_animators_record(session, people, role):
    with pytest.raises(PermissionRefused):
        services.record(session=session, entry=Entry(people.animating, Presence.ON_SITE), by=people.role(role))


@pytest.mark.parametrize("state", ["announced", "closed", "cancelled", "draft"])
def test_attendance_is_recorded_from_the_beginning_to_the_closing(people, state):
    session = factories.SessionFactory(state=state, date=partial_dates.day(factories.days(3)), reason="Motif")
    with pytest.raises(PermissionRefused):
        record(session, people, people.animating, Presence.ON_SITE)


def test_an_announced_session_that_has_begun_is_recorded(people):
    session = factories.SessionFactory(
        announced=True, date=partial_dates.day(factories.days(0)), starts_at=factories.moment(-0.01)
    )
    assert record(session, people, people.animating, Presence.ON_SITE).row


def test_a_row_changes_and_goes_away(session, people):
    record(session, people, people.animating, Presence.ON_SITE, people=[people.animator], names=["Jeanne", " Jeanne "])
    assert Attendee.objects.count() == 2
    identifier = Attendee.objects.get(user=people.animator).public_id
    record(session, people, people.animating, Presence.REMOTE, people=[people.animator])
    assert Attendee.objects.get().public_id == identifier
    record(session, people, people.animating, Presence.EXCUSED, people=[people.animator])
    assert not Attendee.objects.exists()
    record(session, people, people.animating, None)
    assert recorded(session) == {}


def test_who_was_no_member_that_day_is_refused(session, people):
    stranger = factories.OrganisationFactory()
    late = factories.OrganisationFactory(member=False)
    factories.MembershipFactory(organisation=late, period=factories.since(factories.days(0)))
    for one in (stranger, late):
        with pytest.raises(ValidationError):
            record(session, people, one, Presence.ON_SITE)


def test_a_pouvoir_needs_a_holder_who_is_there_and_has_room(session, people):
    holder, giver = organisation_of(people.funder), organisation_of(people.member)
    with pytest.raises(ValidationError) as error:
        record(session, people, giver, Presence.REPRESENTED)
    assert "represented_by" in error.value.message_dict
    record(session, people, holder, Presence.EXCUSED)
    with pytest.raises(ValidationError):
        record(session, people, giver, Presence.REPRESENTED, represented_by=holder)
    record(session, people, holder, Presence.REMOTE)
    record(session, people, giver, Presence.REPRESENTED, represented_by=holder)
    record(session, people, factories.OrganisationFactory(member=True), Presence.REPRESENTED, represented_by=holder)
    with pytest.raises(ValidationError):
        record(session, people, factories.OrganisationFactory(member=True), Presence.REPRESENTED, represented_by=holder)


def test_a_pouvoir_falls_with_its_holder(session, people):
    holder, giver = organisation_of(people.funder), organisation_of(people.member)
    record(session, people, holder, Presence.ON_SITE)
    record(session, people, giver, Presence.REPRESENTED, represented_by=holder)
    assert record(session, people, holder, Presence.ABSENT).lapsed == [giver]
    assert recorded(session) == {"fonds-odd-17": "absent", "atelier": "excused"}


def test_answers_fill_what_is_not_recorded(session, people):
    def say(user, choice, **fields):
        Answer.objects.create(
            session=session,
            user=user,
            organisation=organisation_of(user),
            choice=choice,
            recorded_by=user,
            answered_at=timezone.now(),
            **fields,
        )

    atelier, colleague = (
        organisation_of(people.member),
        factories.PositionFactory(organisation=organisation_of(people.member), substitute=True).user,
    )
    say(people.member, AnswerChoice.REPRESENTED, substitute=colleague)
    say(people.funder, AnswerChoice.REPRESENTED, holder=atelier)
    say(people.former_animator, AnswerChoice.NO)
    say(people.animator, AnswerChoice.YES)
    hesitant = factories.PositionFactory().user
    say(hesitant, AnswerChoice.MAYBE)
    record(session, people, people.animating, Presence.REMOTE)
    assert services.take_over_answers(session=session, by=people.animator) == 3
    assert recorded(session) == {
        "atelier": "substituted",
        "fonds-odd-17": "represented",
        "le-rameau": "excused",
        "fondation": "remote",
    }
    assert Attendee.objects.get().user == colleague
    assert services.take_over_answers(session=session, by=people.animator) == 0


# --- pages -------------------------------------------------------------------------------------------------------


def page(session):
    return reverse("sessions:attendance-edit", args=[session.number])


def test_one_row_is_saved_as_it_is_typed(session, people, signed_in):
    client, organisation = signed_in(people.animator), organisation_of(people.member)
    data = {
        "organisation": organisation.pk,
        "presence": "onsite",
        "people": [people.member.pk],
        "names": "Jeanne; Paul",
    }
    response = client.post(page(session), data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'hx-swap-oob="innerHTML"' in response.content.decode()
    row = Attendance.objects.get()
    assert sorted(str(one) for one in row.people.all()) == sorted([str(people.member), "Jeanne", "Paul"])
    assert client.post(page(session), {**data, "presence": "excused"})["Location"].endswith(f"#o{organisation.pk}")


@pytest.mark.parametrize(
    "wrong",
    [{"presence": "nowhere"}, {"presence": "represented", "represented_by": "Inconnue"}, {"people": ["999999"]}],
)
def test_what_is_wrong_in_a_row_is_said_in_the_row(session, people, signed_in, wrong):
    data = {"organisation": people.animating.pk, "presence": "onsite"} | wrong
    response = signed_in(people.animator).post(page(session), data, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "invalid" in response.content.decode()
    assert signed_in(people.animator).post(page(session), data).status_code == 422
    assert not Attendance.objects.exists()


def test_before_the_session_the_page_says_why_and_leads_to_the_sheet(people, signed_in):
    session = factories.SessionFactory(announced=True)
    response = signed_in(people.animator).get(page(session))
    shown = html.unescape(response.content.decode())
    assert str(response.context["answer"].reason) in shown
    assert reverse("sessions:attendance-import", args=[session.number]) not in shown
    assert reverse("sessions:signing-sheet", args=[session.number]) in shown


def test_the_form_asks_the_same_number_of_queries(session, people, signed_in, assert_constant_queries):
    def add():
        organisation = factories.PositionFactory().organisation
        record(session, people, organisation, Presence.ON_SITE, names=["Quelqu’un"])

    assert_constant_queries(signed_in(people.animator), page(session), add, most=14)


# --- CSV ---------------------------------------------------------------------------------------------------------

TEXT = (
    "Organisation;Présence;Représentée par;Personnes\r\n"
    "Atelier des communs ruraux;sur place;;Camille Member, Jeanne Invitée\r\n"
    "LE RAMEAU;Représentée;Atelier des communs ruraux;\r\n"
    "Inconnue;absent;;\r\n"
    "Fonds ODD 17;peut-être;;\r\n"
    "Fondation des Territoires;Excusé(e);;\r\n"
    "Fondation des Territoires;absent;;\r\n"
)


def workbook(*table: list, merged: str = "", before: tuple[list, ...] = ()) -> bytes:
    """An XLSX of one table, behind a sheet of other lines."""
    book = Workbook()
    if before:
        for row in before:
            book.active.append(row)
        book.create_sheet("Suite")
    for row in table:
        book.worksheets[-1].append(row)
    if merged:
        book.worksheets[-1].merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload_of(content: bytes | str) -> SimpleUploadedFile:
    content = content if isinstance(content, bytes) else content.encode()
    return SimpleUploadedFile("p.xlsx" if content.startswith(b"PK") else "p.csv", content)


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns(session, people, signed_in):
    client, address = signed_in(people.animator), reverse("sessions:attendance-import", args=[22])
    table = [line.split(";") for line in TEXT.split("\r\n")]
    book = workbook(*table, before=(["Lisez-moi", "d’abord"],))
    response = client.post(address, {"file": upload_of(book)})
    assert response.context["understood"] == 3
    assert [line.number for line in response.context["lines"] if line.problem] == [4, 5, 7]
    client.post(address, {"text": response.context["text"], "write": "1"})
    assert recorded(session) == {"atelier": "onsite", "le-rameau": "represented", "fondation": "excused"}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-8", "utf-16"])
def test_a_csv_of_a_french_spreadsheet_is_read(session, people, signed_in, encoding):
    client, address = signed_in(people.animator), reverse("sessions:attendance-import", args=[22])
    response = client.post(address, {"file": SimpleUploadedFile("p.csv", TEXT.encode(encoding))})
    assert response.context["understood"] == 3
    assert [line.number for line in response.context["lines"] if line.problem] == [4, 5, 7]
    assert not Attendance.objects.exists()
    client.post(address, {"text": response.context["text"], "write": "1"})
    assert recorded(session) == {"atelier": "onsite", "le-rameau": "represented", "fondation": "excused"}
    people_there = Attendance.objects.get(organisation__slug="atelier").people
    assert {str(one) for one in people_there.all()} == {str(people.member), "Jeanne Invitée"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Ce fichier est vide."),
        (b"PK\x03\x04" + b"\0" * 50, "Ce fichier est endommagé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "C’est un ancien fichier Excel"),
        (b"%PDF-1.7 Organisation;Presence", "Ce fichier n’est ni un CSV ni un XLSX."),
        ("Organisation;Présence\r\n;\r\n".encode(), "Ce tableau a un en-tête et aucune ligne dessous"),
        ('Organisation;Présence\n"' + "x" * 140_000, "La ligne 2 de ce fichier ne peut pas être lue"),
        (workbook(["Organisation", "Présence"], ["LE RAMEAU", "=A1"]), "La ligne 2 contient une formule sans résultat"),
        (workbook(["Organisation", "Présence"]), "Ce tableau a un en-tête et aucune ligne dessous"),
        (workbook(["Organisation", "Présence"], merged="A1:B1"), "Des cellules de ce tableau sont fusionnées"),
        (b"a;b\n1;2\n", "La première ligne doit nommer les colonnes « Organisation » et « Présence »."),
        (b"\n\n", "Ce fichier est vide."),
    ],
)
def test_files_that_cannot_be_read_say_why(session, people, signed_in, content, words):
    response = signed_in(people.animator).post(
        reverse("sessions:attendance-import", args=[22]), {"file": upload_of(content)}
    )
    assert response.status_code == 422
    [told] = response.context["form"].errors["file"]
    assert told.replace("\u00a0", " ").startswith(words)


def test_the_exported_file_can_be_read_back(session, people, signed_in):
    for organisation in (people.animating, organisation_of(people.member)):
        record(session, people, organisation, Presence.REMOTE, names=["=HYPERLINK(1)", "Jeanne"])
    text = b"".join(signed_in(people.animator).get(page(session) + "?format=csv").streaming_content).decode()
    assert "'=HYPERLINK" in text
    read = [line for line in importing.read(text, sheet_of(session)) if line.entry]
    assert [(line.entry.presence, sorted(line.entry.names)) for line in read] == [
        (Presence.REMOTE, ["=HYPERLINK(1)", "Jeanne"])
    ] * 2


# --- the sheet to sign -------------------------------------------------------------------------------------------


def test_the_sheet_names_who_is_expected(session, people):
    Answer.objects.create(
        session=session,
        user=people.funder,
        organisation=organisation_of(people.funder),
        choice=AnswerChoice.REPRESENTED,
        holder=people.animating,
        recorded_by=people.funder,
        answered_at=timezone.now(),
    )
    by_name = {line["organisation"]: line for line in lines(session)}
    assert by_name["Fonds ODD 17"]["holder"] == "Fondation des Territoires"
    assert by_name["Fonds ODD 17"]["people"] == []
    assert [person["name"] for person in by_name["Atelier des communs ruraux"]["people"]] == [str(people.member)]
    assert [person["name"] for person in by_name["Fondation des Territoires"]["people"]] == [str(people.animator)]


@pytest.mark.django_db(transaction=True)  # the worker's heartbeat has a connection of its own
def test_the_sheet_is_made_as_a_pdf(session, people, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    factories.SpaceFactory()
    Guest.objects.create(
        session=session,
        organisation=people.animating,
        name="Jeanne Invitée",
        added_by=people.animator,
        added_at=timezone.now(),
    )
    client, address = signed_in(people.animator), reverse("sessions:signing-sheet", args=[22])
    client.post(address)
    client.post(address)
    report = Report.objects.get(kind=SIGNING_SHEET)
    jobs.make(jobs.claim(report.pk, now=timezone.now()))
    report.refresh_from_db()
    assert report.is_done, report.error_detail
    response = client.get(reverse("sessions:signing-sheet-file", args=[22]))
    text = "\n".join(
        one.extract_text() for one in pypdf.PdfReader(io.BytesIO(b"".join(response.streaming_content))).pages
    )
    assert "Jeanne Invitée" in text
    assert str(people.member) in text
    assert signed_in(people.member).get(reverse("sessions:signing-sheet-file", args=[22])).status_code == 403


def test_the_signed_scan_is_for_animators_alone(session, people, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in(people.animator)
    add = reverse("sessions:signed-sheet-add", args=[22])
    assert client.post(add, {"file": SimpleUploadedFile("../../feuille.pdf", PDF)}).status_code == 302
    sheet = SignedSheet.objects.get()
    scan = reverse("sessions:signed-sheet", args=[22, sheet.public_id])
    response = client.get(scan)
    assert b"".join(response.streaming_content) == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    for role in ("member", "former_animator", "observer", "administrator"):
        assert signed_in(people.role(role)).get(scan).status_code == 403
    for wrong in (b"", b"<html></html>", b"PK\x03\x04"):
        assert client.post(add, {"file": SimpleUploadedFile("feuille.pdf", wrong)}).status_code == 422
    client.post(reverse("sessions:signed-sheet-remove", args=[22, sheet.public_id]))
    assert not SignedSheet.objects.exists()
    assert not StoredFile.objects.exists()
