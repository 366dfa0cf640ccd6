"""Bad input and races around a session: the words that people read, where they read them, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
import unicodedata
import zipfile

import pytest
from django.utils import timezone

from core.accounts import personal_links
from core.accounts.rights import PermissionRefused
from members.models import Organisation
from sessions_app.enums import SessionState
from sessions_app.minutes.review import services as circulation
from sessions_app.models import Answer, Material, Session, SignedSheet
from sessions_app.responses import links
from tests import factories
from tests.core.files import makers

pytestmark = pytest.mark.django_db

FACTS = {"number": "24", "title": "Une séance", "date": "12/03/2031", "start": "14:00", "end": "16:30"}
REQUIRED = "Ce champ est obligatoire."


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def told(response, name: str = "form") -> dict[str, list[str]]:
    return {field: [plain(error) for error in errors] for field, errors in response.context[name].errors.items()}


# --- a session ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end": "13:59"}, "end", "Une session finit après avoir commencé."),
        ({"number": "7"}, "number", "Une session porte déjà ce numéro."),
        ({"cycle": ""}, "cycle", REQUIRED),
        ({"title": "é" * 300}, "title", "Assurez-vous que cette valeur comporte au plus 200 caractères (actuellement 300)."),
        ({"start": ""}, "start", "Donnez aussi l’heure de début."),
        ({"date": "mars 2031"}, "date", "Un horaire demande un jour exact."),
    ],
    ids=["end before start", "number taken", "cycle missing", "title of 300", "no start", "no day"],
)  # fmt: skip
def test_a_session(people, signed_in, changes, field, words):
    taken = factories.SessionFactory(number=7)
    data = {**FACTS, "cycle": taken.cycle_id, "format": "plenary", "mode": "hybrid", **changes}
    response = signed_in(people.animator).post("/sessions/nouvelle/", data)
    assert (response.status_code, told(response)) == (422, {field: [words]})
    page = response.content.decode()
    assert f'aria-describedby="id_{field}_error' in page or f'id="id_{field}_error"' in page
    for name in {"title", "number"} - {field}:
        assert f'value="{data[name]}"' in page, "nothing typed is lost"
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "title", ["جلسة الاستثمار المشترك", "מפגש", "Séance 🌱👩🏽‍🌾", "e\u0301te\u0301", "<b>Gras</b> & « co »"],
    ids=["arabic", "hebrew", "emoji", "combining", "markup"],
)  # fmt: skip
def test_titles_of_any_script_are_kept_and_shown(people, signed_in, title):
    cycle = factories.CycleFactory()
    client = signed_in(people.animator)
    data = {**FACTS, "cycle": cycle.pk, "format": "plenary", "mode": "hybrid", "title": title}
    assert client.post("/sessions/nouvelle/", data).status_code == 302
    assert Session.objects.get().title == unicodedata.normalize("NFC", title)
    for address in ("/sessions/24/", "/sessions/", "/sessions/24/modifier/"):
        page = client.get(address).content.decode()
        assert "<b>Gras</b>" not in page
        assert client.get(address).status_code == 200
    Session.objects.update(state=SessionState.ANNOUNCED, never_announced=False)
    assert client.get("/sessions/24.ics").status_code == 200
    assert client.get("/sessions/atom.xml").status_code == 200


# --- answers and personal links -----------------------------------------------------------------------------------

CLOSED = "Les réponses à cette session sont closes : elle a commencé, ou elle n’est plus annoncée."
UNKNOWN = "Il est inconnu, périmé ou désactivé."


@pytest.fixture
def announced(people):
    return factories.SessionFactory(announced=True, number=23)


def organisation_of(user) -> Organisation:
    return Organisation.objects.get(positions__user=user)


def link_of(user, session) -> str:
    address = links.issue(session=session, user=user, now=timezone.now())
    return "/reponse/" + address.partition("/reponse/")[2]


def yes(user) -> dict[str, object]:
    key = organisation_of(user).pk
    return {"organisation": key, f"org{key}-choice": "yes"}


def test_an_answer_after_the_start(announced, people, signed_in):
    path = link_of(people.member, announced)
    Session.objects.update(starts_at=timezone.now() - dt.timedelta(seconds=1), ends_at=None)
    response = signed_in(people.member).post("/sessions/23/repondre/", yes(people.member))
    seat = response.context["seats"][0]
    assert (response.status_code, plain(seat.form.non_field_errors()[0])) == (409, CLOSED)
    by_link = signed_in(people.visitor).post(path, yes(people.member))
    assert by_link.status_code == 410
    assert "Les réponses à la 23" in plain(by_link.content.decode())
    assert not Answer.objects.exists()


@pytest.mark.parametrize("case", ["forged", "revoked", "expired", "of another kind"])
def test_a_link_that_does_not_hold(announced, people, signed_in, case):
    now, path = timezone.now(), link_of(people.member, announced)
    about = ("session", announced.public_id)
    if case == "forged":
        path = path[:-4] + "AAA/"
    elif case == "revoked":
        personal_links.revoke(user=people.member, about=about, now=now)
    elif case == "expired":
        personal_links.PersonalLink.objects.update(created_at=now - dt.timedelta(days=2), expires_at=now)
    else:
        expires = now + dt.timedelta(days=1)
        token = personal_links.issue(user=people.member, scope="governance.ballot", about=about, expires_at=expires, now=now)  # fmt: skip
        path = f"/reponse/{token}/"
    for method in ("get", "post"):
        response = getattr(signed_in(people.visitor), method)(path, yes(people.member))
        assert response.status_code == 410
        page = plain(response.content.decode())
        assert UNKNOWN in page
        assert people.member.get_full_name() not in page
    assert not Answer.objects.exists()


def test_a_link_answers_for_its_own_person_whoever_is_signed_in(announced, people, signed_in):
    path = link_of(people.member, announced)
    other = signed_in(people.funder).post(path, yes(people.funder))
    assert other.status_code == 422  # the funder's organisation is none of the member's
    assert not Answer.objects.exists()
    signed_in(people.funder).post(path, yes(people.member))
    assert [(row.user, row.recorded_by) for row in Answer.objects.all()] == [(people.member, people.member)]


def test_reading_ahead_and_pressing_twice_change_nothing_twice(announced, people, client):
    """What scanners of mail and impatient people do."""
    path = link_of(people.member, announced)
    for method in ("head", "get"):
        response = getattr(client, method)(path, headers={"purpose": "prefetch", "sec-purpose": "prefetch"})
        assert response.status_code == 200
    assert client.head(path).content == b""
    assert client.get(f"{path}pas-moi/").status_code == 405
    assert (Answer.objects.count(), personal_links.PersonalLink.objects.get().used_at) == (0, None)
    assert client.post(path, yes(people.member)).status_code == 200
    first = Answer.objects.get()
    assert client.post(path, yes(people.member)).status_code == 200
    assert (Answer.objects.get().pk, Answer.objects.get().answered_at) == (first.pk, first.answered_at)
    for _time in range(2):
        assert client.post(f"{path}pas-moi/").status_code == 200
    assert client.get(path).status_code == 410
    assert Answer.objects.count() == 1  # what was answered stays


# --- the review ---------------------------------------------------------------------------------------------------


def test_amendments_from_who_may_not_and_adopting_twice(people, signed_in):
    session = factories.SessionFactory(number=22, items=1)
    factories.MinutesFactory(session=session, entries="<p>Un texte.</p>")
    factories.AttendanceFactory(session=session, organisation=organisation_of(people.member))
    now = timezone.now()
    review = circulation.circulate(session=session, by=people.animator, days=1, now=now)
    item = session.agenda.get()
    ask = f"/sessions/22/compte-rendu/relecture/points/{item.public_id}/"
    refused = signed_in(people.funder).post(ask, {"wish": "Autre chose"})
    assert refused.status_code == 403
    assert "Seules les organisations présentes à la session, ou citées, relisent" in plain(refused.content.decode())
    with pytest.raises(PermissionRefused):
        circulation.ask(circulation=review, item=item, by=people.funder, wish="Autre chose", now=now)
    blank = signed_in(people.member).post(ask, {"organisation": organisation_of(people.member).pk, "passage": "texte"})
    assert (blank.status_code, told(blank)) == (422, {"wish": [REQUIRED]})
    assert "texte" in blank.content.decode()

    type(review).objects.update(opened_at=now - dt.timedelta(days=3), closes_at=now - dt.timedelta(days=1))
    end, first = "/sessions/22/compte-rendu/relecture/conclure/", signed_in(people.animator)
    assert first.post(end, {"issue": "adopter"}).status_code == 302
    again = signed_in(people.animator).post(end, {"issue": "adopter"})
    assert again["Location"] == "/sessions/22/compte-rendu/relecture/"  # what became of it
    with pytest.raises(circulation.ReviewOver) as over:
        circulation.adopt(circulation=review, by=people.animator, now=now)
    assert plain(over.value.message) == "Cette relecture est déjà conclue."
    assert session.versions.count() == 1


# --- files --------------------------------------------------------------------------------------------------------

MACRO = {
    "docm": makers.ooxml("docx", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "xlsm": makers.ooxml("xlsx", {"xl/vbaProject.bin": b"x"}),
}
BOMB = makers.ooxml("docx", {f"word/media/{n}.xml": b"\0" * 20_000_000 for n in range(3)})
FILES = [
    ("programme.docm", MACRO["docm"], "macros"),
    ("programme.docx", MACRO["docm"], "macros"),
    ("tableau.xlsm", MACRO["xlsm"], "macros"),
    ("page.html", b"<!doctype html><script>alert(1)</script>", "kind"),
    ("page.pdf", b"<!doctype html><script>alert(1)</script>", "disguised"),
    ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    ("facture.pdf", b"MZ\x90\x00" + b"\0" * 300, "disguised"),
    ("bombe.docx", BOMB, "bomb"),
    ("vide.pdf", b"", "empty"),
]


@pytest.mark.parametrize(("name", "content", "why"), FILES, ids=[f"{name} {why}" for name, _c, why in FILES])
@pytest.mark.parametrize("place", ["material", "proposal", "signed sheet"])
def test_files_that_are_refused(people, signed_in, name, content, why, place):
    factories.SessionFactory(number=22, items=1)
    addresses = {"material": "supports/ajouter/", "proposal": "supports/proposer/", "signed sheet": "presences/scans/"}
    who = people.member if place == "proposal" else people.animator
    data = {"title": "Mon titre", "audience": "members", "file": makers.upload(name, content)}
    response = signed_in(who).post(f"/sessions/22/{addresses[place]}", data)
    assert response.status_code == 422
    errors = told(response)
    assert list(errors) == ["file"]
    [words] = errors["file"]
    if place == "signed sheet" and name.endswith(".xlsm"):
        why = "kind"  # no table is taken there, whatever it holds
    expected = {
        "kind": "Les fichiers de ce type ne sont pas acceptés.",
        "disguised": "Malgré son nom, ce n’est pas un fichier .pdf.",
        "empty": "Ce fichier est vide.",
        "macros": "macro",
        "bomb": "décompressé",
    }[why]
    assert expected in words
    assert 'id="id_file_error"' in response.content.decode()
    assert place == "signed sheet" or 'value="Mon titre"' in response.content.decode()
    assert (Material.objects.count(), SignedSheet.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\moi\\note.pdf", "note.pdf"),
        ("a\x07b\x1b[31m.pdf", "ab[31m.pdf"),
        ("rapport\u202efdp.pdf", "rapportfdp.pdf"),
        ("x" * 300 + ".pdf", None),
    ],
    ids=["path", "windows path", "control", "right to left override", "300 characters"],
)
def test_names_of_files_are_made_harmless(people, signed_in, sent, kept):
    factories.SessionFactory(number=22)
    upload = makers.upload("x.pdf", makers.PDF)
    upload._name = sent  # past Django's own cleaning of names
    response = signed_in(people.animator).post(
        "/sessions/22/supports/ajouter/", {"file": upload, "audience": "members"}
    )
    assert response.status_code == 302
    name = Material.objects.get().file.original_name
    assert name == kept if kept else name.endswith(".pdf")
    assert len(name) <= 200


def test_the_bomb_is_one():
    """Small to send, large to unpack."""
    assert len(BOMB) < 200_000
    with zipfile.ZipFile(makers.upload("b.docx", BOMB)) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) > 50_000_000


# --- attendance from a spreadsheet --------------------------------------------------------------------------------


def test_a_csv_of_excel_in_windows_1252_with_semicolons(people, signed_in):
    factories.SessionFactory(number=22)
    Organisation.objects.filter(slug="atelier").update(name="Atelier d’été – Œuvre")
    text = "Organisation;Présence;Personnes\r\nAtelier d’été – Œuvre;à distance;Zoé Çelik\r\nInconnue;présente;\r\n"
    client, address = signed_in(people.animator), "/sessions/22/presences/import/"
    response = client.post(address, {"file": makers.upload("présences.csv", text.encode("cp1252"))})
    first, second = response.context["lines"]
    assert (first.problem, [*first.entry.names], first.label) == ("", ["Zoé Çelik"], "à distance")
    assert plain(second.problem) == "Cette organisation n’est pas dans la liste de cette session."
    assert client.post(address, {"text": response.context["text"], "write": "1"}).status_code == 302
    row = Session.objects.get().attendance.get()
    assert (row.organisation.slug, row.presence, row.people.get().name) == ("atelier", "remote", "Zoé Çelik")


@pytest.mark.parametrize(
    ("field", "data", "words"),
    [
        ("file", {}, "Choisissez un fichier, ou collez ses lignes."),
        ("text", {"text": "a;b\n1;2"}, "La première ligne doit nommer les colonnes « Organisation » et « Présence »."),
        ("file", {"file": b"PK\x03\x04"}, "Ce fichier est endommagé ; ouvrez-le, enregistrez-le à nouveau et renvoyez-le."),
        ("file", {"file": b""}, "Ce fichier est vide."),
    ],
    ids=["nothing", "no heading", "a broken workbook", "empty"],
)  # fmt: skip
def test_what_cannot_be_read_says_why_at_its_field(people, signed_in, field, data, words):
    factories.SessionFactory(number=22)
    sent = {name: makers.upload("p.csv", value) if name == "file" else value for name, value in data.items()}
    response = signed_in(people.animator).post("/sessions/22/presences/import/", sent)
    assert (response.status_code, told(response)) == (422, {field: [words]})
    assert data.get("text", "") in response.content.decode()
