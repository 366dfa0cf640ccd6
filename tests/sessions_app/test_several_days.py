"""A session of two or three days in a row, through the pages: typed, shown, told, answered, signed, published."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import docx
import pytest
import vobject
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html

from core import partial_dates
from core.formatting.dates import weekday_date
from core.notifications.models import Notification, OutboxMessage
from core.reports import registry
from core.reports.jobs import print_html
from core.reports.render import render
from sessions_app.attendance.signing import SIGNING_SHEET
from sessions_app.checklist.schedule import offset_of
from sessions_app.documents import SESSION_REPORT
from sessions_app.enums import SessionState
from sessions_app.minutes import snapshot
from sessions_app.models import Answer, DatePoll, Session, TemplateTask
from sessions_app.sessions import changes
from tests import factories

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY, SUNDAY = (dt.date(2027, 11, number) for number in (12, 13, 14))
BOTH = "12\u00a0et 13\u00a0novembre 2027"
FACTS = {
    "number": "23",
    "title": "Deux jours pour se relier",
    "date": "12 et 13 novembre 2027",
    "start": "14:00",
    "next_days_at": "09:30",
    "end": "12:00",
    "format": "plenary",
    "mode": "onsite",
    "place": "Dijon",
}
WHEN = (
    "Du vendredi 12\u00a0novembre 2027, 14\u00a0h\u00a000, au samedi 13\u00a0novembre 2027, 12\u00a0h\u00a000"
    " (le lendemain à partir de 9\u00a0h\u00a030)"
)


@pytest.fixture
def client(people: Any, signed_in: Any) -> Any:
    factories.SpaceFactory()
    return signed_in(people.animator)


def text_of(response: Any) -> str:
    """What a reader reads, with the blanks of the source folded and those of typography kept."""
    assert response.status_code == 200, response
    return re.sub(r"[ \n\t]+", " ", html.fromstring(response.content).text_content())


def text_of_any(response: Any) -> str:
    return html.fromstring(response.content).text_content()


def create(client: Any, **typed: str) -> Any:
    return client.post("/sessions/nouvelle/", {**FACTS, "cycle": factories.CycleFactory().pk, **typed})


def edit(client: Any, session: Session, **typed: str) -> Any:
    facts = {**FACTS, "cycle": session.cycle_id, "title": session.title, **typed}
    return client.post(f"/sessions/{session.number}/modifier/", facts)


def utc(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=dt.UTC)


def two_days(**given: Any) -> Session:
    """Announced, 12 November from 14 h to 13 November 12 h; the second morning begins at half past nine."""
    facts = {
        "announced": True,
        "number": 23,
        "title": FACTS["title"],
        "date": partial_dates.day(FRIDAY),
        "ends_on": SATURDAY,
        "starts_at": utc(2027, 11, 12, 13),
        "next_days_at": dt.time(9, 30),
        "ends_at": utc(2027, 11, 13, 11),
        "place": "Dijon",
        "mode": "onsite",
    }
    return factories.SessionFactory(**{**facts, **given})


def with_agenda(session: Session) -> Session:
    for title, day, minutes in (("Accueil", 1, 30), ("Tour de table", 1, 60), ("Ateliers", 2, 90), ("Clôture", 2, 30)):
        factories.AgendaItemFactory(session=session, title=title, day=day, minutes_long=minutes)
    return session


@pytest.mark.parametrize(
    ("date", "last"),
    [
        ("12 et 13 novembre 2027", SATURDAY),
        ("du 12 au 14 novembre 2027", SUNDAY),
        ("12-13 novembre 2027", SATURDAY),
        ("vendredi 12 et samedi 13 novembre 2027", SATURDAY),
    ],
)
def test_two_days_are_typed_in_one_box(client: Any, date: str, last: dt.date) -> None:
    assert create(client, date=date).status_code == 302
    session = Session.objects.get()
    assert (session.date, session.ends_on) == (partial_dates.day(FRIDAY), last)
    assert session.starts_at == utc(2027, 11, 12, 13)
    assert session.ends_at == dt.datetime.combine(last, dt.time(11), dt.UTC)
    assert session.next_days_at == dt.time(9, 30)


def test_days_over_a_change_of_month_and_of_clocks(client: Any) -> None:
    assert create(client, date="30 octobre et 31 octobre 2027", end="16:00").status_code == 302
    session = Session.objects.get()
    assert (session.starts_at, session.ends_at) == (utc(2027, 10, 30, 12), utc(2027, 10, 31, 15))
    edit(client, session, date="30 novembre et 1er décembre 2027")
    session.refresh_from_db()
    assert (session.date.lower, session.ends_on) == (dt.date(2027, 11, 30), dt.date(2027, 12, 1))


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"date": "12 et 14 novembre 2027"}, "date", "Ces jours ne se suivent pas"),
        ({"date": "du 14 au 12 novembre 2027"}, "date", "Le dernier jour précède le premier"),
        ({"date": "du 12 au 19 novembre 2027"}, "date", "Une session dure au plus sept jours."),
        ({"date": "12 novembre 2027", "end": "15:00"}, "next_days_at", "Seule une session de plusieurs jours"),
        ({"date": "novembre 2027", "next_days_at": ""}, "date", "Un horaire demande un jour exact."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(client: Any, typed: dict, field: str, told: str) -> None:
    refused = create(client, **typed)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert told in refused.context["form"].errors[field][0]
    assert f'value="{typed["date"]}"' in refused.content.decode()


def test_the_form_shows_what_it_read_and_changes_nothing_when_sent_back(client: Any) -> None:
    session = two_days()
    page = client.get("/sessions/23/modifier/").content.decode()
    assert 'value="12 et 13 novembre 2027"' in page
    assert 'value="09:30"' in page
    assert edit(client, session).status_code == 302
    again = Session.objects.get()
    for name in ("date", "ends_on", "starts_at", "ends_at", "next_days_at"):
        assert getattr(again, name) == getattr(session, name), name


@pytest.mark.parametrize(
    "given",
    [
        {"ends_on": FRIDAY},
        {"ends_on": dt.date(2027, 11, 19)},
        {"date": partial_dates.month(2027, 11), "state": SessionState.DRAFT},
        {"ends_on": None},
    ],
)
def test_the_database_refuses_what_no_session_can_be(given: dict) -> None:
    session = two_days()
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**given)


def test_every_page_says_both_days(people: Any, client: Any, signed_in: Any) -> None:
    with_agenda(two_days())
    member = signed_in(people.member)
    assert WHEN in text_of(member.get("/sessions/23/"))
    assert WHEN in text_of(member.get("/"))
    assert WHEN in text_of(member.get("/sessions/23/repondre/"))
    assert BOTH in text_of(member.get("/sessions/"))
    assert BOTH in text_of(member.get("/gouvernance/"))
    assert "12 et 13 novembre 2027" in member.get("/sessions/atom.xml").content.decode()


def test_the_agenda_stands_by_day_with_its_clock(people: Any, client: Any, signed_in: Any) -> None:
    with_agenda(two_days())
    page = text_of(signed_in(people.member).get("/sessions/23/"))
    order = ["Vendredi 12\u00a0novembre 2027 14\u00a0h\u00a000", "Accueil", "14\u00a0h\u00a030", "Tour de table"]
    order += ["Samedi 13\u00a0novembre 2027 9\u00a0h\u00a030", "Ateliers", "11\u00a0h\u00a000", "Clôture"]
    places = [page.index(words, page.index("Ordre du jour")) for words in order]
    assert places == sorted(places)


def test_without_a_known_hour_the_second_day_has_none(people: Any, client: Any, signed_in: Any) -> None:
    with_agenda(two_days(next_days_at=None))
    lines = [line for day in signed_in(people.member).get("/sessions/23/").context["page"].agenda for line in day.lines]
    assert [timezone.localtime(line.starts).strftime("%H:%M") if line.starts else "" for line in lines] == [
        *("14:00", "14:30"),
        *("", ""),
    ]


def test_the_agenda_form_gives_each_item_its_day(client: Any) -> None:
    session = with_agenda(two_days())
    page = client.get("/sessions/23/ordre-du-jour/")
    assert "Samedi 13\u00a0novembre 2027" in page.content.decode()
    items = list(session.agenda.all())
    data = {"agenda-TOTAL_FORMS": 4, "agenda-INITIAL_FORMS": 4, "lines": "Repas"}
    for index, item in enumerate(items):
        values = {"title": item.title, "kind": item.kind, "minutes_long": item.minutes_long, "day": item.day}
        values |= {"id": item.pk, "ORDER": item.position}
        data |= {f"agenda-{index}-{name}": value for name, value in values.items()}
    data["agenda-0-day"] = 2  # what came first goes to the second day
    assert client.post("/sessions/23/ordre-du-jour/", data).status_code == 302
    found = list(session.agenda.values_list("title", "day", "position"))
    assert found == [("Tour de table", 1, 1), ("Accueil", 2, 2), ("Ateliers", 2, 3), ("Clôture", 2, 4), ("Repas", 2, 5)]


def test_a_session_of_one_day_asks_for_no_day(client: Any) -> None:
    factories.SessionFactory(announced=True, number=23, items=1)
    assert "-day" not in client.get("/sessions/23/ordre-du-jour/").content.decode()


def test_from_two_days_to_one_nothing_of_the_agenda_is_lost(client: Any) -> None:
    session = with_agenda(two_days())
    assert edit(client, session, date="12 novembre 2027", next_days_at="", end="18:00").status_code == 302
    session.refresh_from_db()
    assert (session.ends_on, session.next_days_at) == (None, None)
    assert set(session.agenda.values_list("day", flat=True)) == {1}
    assert session.agenda.count() == 4


def one_day(**given: Any) -> Session:
    return two_days(ends_on=None, next_days_at=None, ends_at=utc(2027, 11, 12, 16), **given)


def test_a_second_day_after_the_invitation_is_one_mail_and_asks_again(people: Any, client: Any, signed_in: Any) -> None:
    session = one_day(items=1)
    member = signed_in(people.member)
    organisation = people.member.positions.get().organisation_id
    member.post("/sessions/23/repondre/", {f"org{organisation}-choice": "yes", "organisation": organisation})
    assert not Answer.objects.get().needs_confirmation
    before = event_of(member)
    assert edit(client, session).status_code == 302
    assert edit(client, session).status_code == 302
    changes.notify_due(now=timezone.now() + dt.timedelta(minutes=11))
    told = Notification.objects.filter(recipient=people.member)
    assert [row.kind for row in told] == ["sessions_app.moved"]
    old = "12 novembre 2027, 14\u00a0h\u00a000 – 17\u00a0h\u00a000"
    assert told[0].lines == [f"Date et heure\u00a0: {old} → {WHEN[0].lower()}{WHEN[1:]}"]
    assert told[0].title.endswith("12 et 13 novembre 2027.")
    assert OutboxMessage.objects.filter(recipient=people.member).count() == 1
    after = event_of(member)
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value >= before.dtstamp.value
    assert Answer.objects.get().needs_confirmation
    assert "Confirmer votre réponse" in text_of(member.get("/"))


def event_of(client: Any) -> Any:
    return vobject.readOne(client.get(reverse("sessions:calendar-one", args=[23])).content.decode()).vevent


@pytest.mark.parametrize(
    ("given", "start", "end"),
    [
        ({}, utc(2027, 11, 12, 13), utc(2027, 11, 13, 11)),
        ({"ends_at": None}, utc(2027, 11, 12, 13), utc(2027, 11, 13, 10, 30)),  # 9:30 and two hours of agenda
        ({"ends_at": None, "next_days_at": None}, utc(2027, 11, 12, 13), utc(2027, 11, 13, 23)),
        ({"starts_at": None, "ends_at": None}, FRIDAY, SUNDAY),  # whole days; the end is excluded
    ],
)
def test_the_calendar_reaches_over_the_days(
    people: Any, client: Any, signed_in: Any, given: dict, start: Any, end: Any
) -> None:
    with_agenda(two_days(**given))
    event = event_of(signed_in(people.member))
    assert [event.dtstart.value, event.dtend.value] == [start, end]


@pytest.mark.parametrize(
    ("last", "announced", "cancelled"),
    [
        (None, "annoncée pour le 12 novembre 2027", "prévue le 12 novembre 2027, est annulée"),
        (SATURDAY, "annoncée pour les 12 et 13 novembre 2027", "prévue les 12 et 13 novembre 2027, est annulée"),
        (
            SUNDAY,
            "annoncée pour les journées du 12 au 14 novembre 2027",
            "prévue du 12 au 14 novembre 2027, est annulée",
        ),
    ],
)
def test_announcing_and_cancelling_say_the_days(
    people: Any, client: Any, last: dt.date | None, announced: str, cancelled: str
) -> None:
    given = {"ends_on": last} if last else {"ends_on": None, "next_days_at": None, "ends_at": None}
    two_days(announced=False, state=SessionState.DRAFT, never_announced=True, items=1, **given)
    assert client.post("/sessions/23/etat/", {"move": "annoncer"}).status_code == 302
    assert client.post("/sessions/23/etat/", {"move": "annuler", "reason": "Grève"}).status_code == 302
    told = Notification.objects.filter(recipient=people.member).order_by("pk")
    with translation.override("fr"):
        texts = [row.title for row in told]
    assert announced in texts[0]
    assert cancelled in texts[1]


def test_it_stays_the_next_session_until_its_last_day_is_over(people: Any, client: Any, signed_in: Any) -> None:
    yesterday, tomorrow = factories.days(-1), factories.days(1)
    two_days(date=partial_dates.day(yesterday), ends_on=tomorrow, starts_at=None, ends_at=None, next_days_at=None)
    assert FACTS["title"] in text_of(signed_in(people.member).get("/"))
    Session.objects.update(date=partial_dates.day(factories.days(-2)), ends_on=yesterday)
    assert "Prochaine session" not in text_of(signed_in(people.member).get("/"))


def test_who_joined_on_the_second_day_is_on_the_sheet(client: Any) -> None:
    session = two_days(state=SessionState.HELD, announced=False, date=partial_dates.day(factories.days(-2)),
                       ends_on=factories.days(-1), starts_at=None, ends_at=None, next_days_at=None)  # fmt: skip
    late = factories.MembershipFactory(period=factories.since(factories.days(-1))).organisation
    assert late.name in text_of(client.get(f"/sessions/{session.number}/presences/"))


def print_of(row: Any, name: str) -> str:
    """A document before it is laid out; it prints without a fault."""
    kind = registry.kind(name)
    with translation.override("fr"):
        text = print_html(kind, kind.content(kind.subject(row.public_id), "fr"), "fr")
    render(text, stylesheet=kind.stylesheet, identifier="test")
    return text


def test_people_sign_each_half_day_on_a_sheet_of_each_day(client: Any) -> None:
    session = two_days()
    shown = html.fromstring(print_of(session, SIGNING_SHEET))
    sheets = shown.xpath("//section[contains(@class, 'sheet')]")
    heads = [[cell.text for cell in sheet.xpath(".//table[1]/thead//th[@class='sign']")] for sheet in sheets]
    days = [sheet.xpath("string(h2)") for sheet in sheets]
    assert days == ["Vendredi 12\u00a0novembre 2027", "Samedi 13\u00a0novembre 2027"]
    assert heads == [["Après-midi"], ["Matin"]]  # 14 h on the first day, 12 h on the last
    session.ends_on = SUNDAY
    session.ends_at = utc(2027, 11, 14, 15)
    session.save()
    sheets = html.fromstring(print_of(session, SIGNING_SHEET)).xpath("//section[contains(@class, 'sheet')]")
    assert [len(sheet.xpath(".//table[1]/thead//th[@class='sign']")) for sheet in sheets] == [1, 2, 2]


def test_one_day_is_signed_once(client: Any) -> None:
    shown = html.fromstring(print_of(one_day(), SIGNING_SHEET))
    assert [cell.text for cell in shown.xpath("//thead//th[@class='sign']")] == ["Signature", "Signature"]
    assert shown.xpath("//section/h2/text()") == ["Organisations", "Invités"]


def test_the_snapshot_holds_the_days_and_one_of_a_day_is_as_it_was(people: Any) -> None:
    factories.SpaceFactory()
    frozen = snapshot.build_draft(with_agenda(two_days()), on=SUNDAY)
    assert frozen["session"]["date"] == {"from": "2027-11-12", "before": "2027-11-14", "all": True}
    assert [item.get("day") for item in frozen["agenda"]] == [None, None, 2, 2]
    assert [item["starts_at"][:16] for item in frozen["agenda"]] == [
        *("2027-11-12T13:00", "2027-11-12T13:30"),
        *("2027-11-13T08:30", "2027-11-13T10:00"),
    ]
    plain = snapshot.build_draft(one_day(number=24, items=1), on=SUNDAY)
    assert plain["session"]["date"] == {"from": "2027-11-12", "before": "2027-11-13"}
    assert set(plain["session"]) == {
        *("public_id", "number", "title", "summary", "date", "starts_at", "ends_at", "format", "mode", "place")
    }
    assert set(plain["agenda"][0]) == {
        *("public_id", "number", "title", "kind", "minutes_long", "starts_at", "is_reserved", "speakers", "body")
    }


def test_the_report_prints_both_days(people: Any, client: Any, signed_in: Any) -> None:
    session = with_agenda(two_days(announced=False, state=SessionState.HELD))
    factories.MinutesFactory(session=session, entries="<p>Dit</p>")
    version = factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=utc(2027, 11, 20)
    )
    printed = print_of(version, SESSION_REPORT)
    assert BOTH in printed
    assert "Session 23, 12 et 13 novembre 2027" in printed.replace("\u00a0", " ")
    rows = html.fromstring(printed).xpath("//table[@class='agenda']//tr[@class='day']")
    assert [row.text_content() for row in rows] == ["Vendredi 12\u00a0novembre 2027", "Samedi 13\u00a0novembre 2027"]
    assert BOTH in text_of(signed_in(people.member).get("/sessions/"))


def test_a_search_for_a_date_offers_days_and_keeps_them(people: Any, client: Any, signed_in: Any) -> None:
    session = factories.SessionFactory(state=SessionState.DRAFT, number=24, date=None, never_announced=True)
    first, last = factories.days(60), factories.days(61)
    data = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-day": first.isoformat(),
        "form-0-until": last.isoformat(),
        "form-0-start": "14:00",
        "form-0-end": "12:00",
        "closes_on": factories.days(9).isoformat(),
    }
    for until, told in ((-1, "Le dernier jour précède le premier"), (7, "Une session dure au plus sept jours")):
        wrong = {**data, "form-0-until": factories.days(60 + until).isoformat()}
        refused = client.post("/sessions/24/dates/ouvrir/", wrong)
        assert refused.status_code == 422
        assert told in text_of_any(refused)
    assert client.post("/sessions/24/dates/ouvrir/", data).status_code == 302
    date = DatePoll.objects.get().dates.get()
    with translation.override("fr"):
        words = f"Du {weekday_date(first)}, 14\u00a0h\u00a000, au {weekday_date(last)}, 12\u00a0h\u00a000"
    assert words in text_of(signed_in(people.member).get("/sessions/24/dates/"))
    assert client.post(f"/sessions/24/dates/{date.public_id}/retenir/").status_code == 302
    session.refresh_from_db()
    assert (session.date, session.ends_on) == (partial_dates.day(first), last)
    assert (session.starts_at, session.ends_at) == (date.starts_at, date.ends_at)
    told = Notification.objects.filter(recipient=people.member, kind="sessions_app.date_kept").get()
    with translation.override("fr"):
        days = partial_dates.display(partial_dates.days(first, last))
        assert f"se tiendra les {days}" in told.title


def test_a_copy_has_no_days_of_its_own(client: Any) -> None:
    with_agenda(two_days())
    assert client.post("/sessions/23/dupliquer/").status_code == 302
    copy = Session.objects.get(number=24)
    assert (copy.date, copy.ends_on, copy.next_days_at) == (None, None, None)
    assert set(copy.agenda.values_list("day", flat=True)) == {1}


def test_the_api_and_the_word_file_say_both_days(people: Any, client: Any) -> None:
    session = with_agenda(two_days(announced=False, state=SessionState.HELD))
    answer = client.get("/api/v1/sessions/23/").json()
    assert answer["date"] == {
        "first": "2027-11-12",
        "last": "2027-11-13",
        "precision": "days",
        "text": "12 et 13 novembre 2027",
    }
    factories.MinutesFactory(session=session)
    response = client.get("/sessions/23/compte-rendu/brouillon.docx")
    file = docx.Document(io.BytesIO(b"".join(response.streaming_content) if response.streaming else response.content))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "12 et 13 novembre 2027" in text
    assert "samedi 13\u00a0novembre 2027" in text


def test_tasks_before_count_from_the_first_day_and_those_after_from_the_last(client: Any) -> None:
    TemplateTask.objects.all().delete()
    for title, offset in (("Salle", -30), ("Accueil", 0), ("Mots de merci", 2)):
        TemplateTask.objects.create(title=title, offset=offset)
    create(client)
    session = Session.objects.get()

    def due() -> list[tuple[str, str]]:
        return [(task.title, task.due.isoformat()) for task in session.preparation.order_by("due")]

    assert due() == [("Salle", "2027-10-13"), ("Accueil", "2027-11-12"), ("Mots de merci", "2027-11-15")]
    edit(client, session, date="du 12 au 14 novembre 2027")
    assert due() == [("Salle", "2027-10-13"), ("Accueil", "2027-11-12"), ("Mots de merci", "2027-11-16")]
    edit(client, session, date="du 11 au 12 novembre 2027")
    assert due() == [("Salle", "2027-10-12"), ("Accueil", "2027-11-11"), ("Mots de merci", "2027-11-14")]


@pytest.mark.parametrize(("day", "offset"), [(10, -2), (12, 0), (13, 0), (15, 2)])
def test_a_task_during_the_session_is_of_its_day(day: int, offset: int) -> None:
    found = partial_dates.days(FRIDAY, SATURDAY)
    assert offset_of(found, dt.date(2027, 11, day)) == offset
