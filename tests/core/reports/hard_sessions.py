"""Five sessions whose reports are hard to set: long titles, much of everything, wide tables, nested lists, nothing."""

from __future__ import annotations

from collections.abc import Callable

from core.partial_dates import month
from sessions_app.enums import DecisionKind, ItemKind, Presence
from sessions_app.models import MinutesEntry, MinutesVersion, Session
from tests import factories
from tests.support.people import People

WORD = "anticonstitutionnellement" * 3 + "aussi"  # 80 letters
TITLE = f"Financer ensemble {WORD} : les engagements et suites données"  # 133 letters
TEXT = (
    "Le groupe rappelle que les engagements pris en séance valent pour l’année entière, que leur suivi revient à"
    " l’organisation qui les porte, et que chaque membre peut demander qu’un point soit remis à l’ordre du jour de la"
    " session suivante, par écrit et quinze jours avant sa tenue."
)
LINK = "https://exemple.example/observatoire-interministeriel/ressources/anticonstitutionnellement/fiche.html"
PRESENCES = (
    [Presence.ON_SITE] * 20
    + [Presence.REMOTE] * 20
    + [Presence.SUBSTITUTED] * 4
    + [Presence.EXCUSED] * 8
    + [Presence.ABSENT] * 8
)


def table(columns: int, rows: int = 1, head: str = "Colonne", word: str = "Cofinancement") -> str:
    heads = "".join(f"<th>{head} {number + 1}</th>" for number in range(columns))
    row = "<tr>" + "".join(f"<td>{word} 12 345,67 €</td>" for _ in range(columns)) + "</tr>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{row * rows}</tbody></table>"


def nested(depth: int, tag: str) -> str:
    inner = nested(depth - 1, tag) if depth else ""
    return f"<{tag}><li><p>Niveau {depth} : {TEXT}</p>{inner}</li><li>Et encore.</li></{tag}>"


def titles() -> Session:
    """133 letters and a word of 80 in the title, an item, a decision, an action, the head of a table."""
    session = factories.SessionFactory(number=31, title=TITLE, summary=f"En bref : {WORD}.", date=month(2024, 11))
    for _ in range(3):
        factories.AgendaItemFactory(session=session, title=TITLE)
    _write(session, f"<h3>{TITLE}</h3><p>{TEXT} {WORD}</p>" + table(3, 2, head=WORD, word=WORD))
    factories.DecisionFactory(session=session, text=f"{TITLE} {TEXT}")
    factories.ActionItemFactory(session=session, text=TITLE)
    factories.MaterialFactory(session=session, title=TITLE, link=LINK)
    return session


def much() -> Session:
    """20 items, 60 organisations, 15 decisions, 14 actions."""
    session = factories.SessionFactory(number=32, title="Vingt points", summary=TEXT)
    for number in range(20):
        factories.AgendaItemFactory(session=session, title=f"Point {number + 1} : {TEXT[:60]}", kind=ItemKind.DEBATE)
    _write(
        session,
        f"<p>{TEXT}</p><h3>Ce qui a été dit</h3><p>{TEXT}</p><blockquote><p>{TEXT}</p></blockquote><p>{TEXT}</p>",
    )
    for number, presence in enumerate(PRESENCES):
        organisation = factories.OrganisationFactory(
            name=f"Organisation régionale numéro {number + 1:02}", member=True, with_scheme=number % 3 == 0
        )
        attendance = factories.AttendanceFactory(session=session, organisation=organisation, presence=presence)
        if presence in (Presence.ON_SITE, Presence.REMOTE):
            factories.AttendeeFactory(attendance=attendance)
    for number in range(15):
        kind = DecisionKind.DECISION if number % 2 else DecisionKind.ORIENTATION
        factories.DecisionFactory(session=session, text=TEXT, kind=kind)
    for _ in range(14):
        factories.ActionItemFactory(session=session, text=TEXT[:110])
    return session


def tables() -> Session:
    """18 columns on a turned page, 8 in small type, one of many rows, of one row after a heading."""
    session = factories.SessionFactory(number=33, title="Tableaux", items=2)
    _write(
        session,
        "".join(f"<h3>Tableau de {columns}</h3>{table(columns, 4)}<p>{TEXT}</p>" for columns in (2, 8, 12, 18))
        + f"<h3>Long</h3>{table(4, 60)}<p>{TEXT}</p><h3>Court</h3>{table(3)}<p>{TEXT}</p>" * 2,
    )
    return session


def lists() -> Session:
    """Nested lists, quotes, links and short items one after another."""
    session = factories.SessionFactory(number=34, title="Listes, paroles et liens", items=12)
    link = f"<p>Voir <a href='{LINK}'>{LINK}</a>, ou {LINK}, ou secretariat.general@observatoire-interministeriel.example.</p>"
    _write(session, nested(5, "ul") + link + nested(5, "ol") + f"<blockquote><p>{TEXT}</p></blockquote>")
    for entry in list(MinutesEntry.objects.filter(minutes__session=session).order_by("pk"))[1:]:
        entry.body = f"<h3>Relance</h3><p>{TEXT[:130]}</p>" if entry.pk % 2 else f"<p>{TEXT}</p>" * 2
        MinutesEntry.objects.filter(pk=entry.pk).update(body=entry.body)
    return session


def bare() -> Session:
    """Nothing is known but its number and month."""
    session = factories.SessionFactory(number=35, title="Sans rien", date=month(2021, 3), place="")
    factories.MinutesFactory(session=session)
    return session


HARD: list[Callable[[], Session]] = [titles, much, tables, lists, bare]


def publish(session: Session, people: People) -> MinutesVersion:
    return factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)


def _write(session: Session, body: str) -> None:
    factories.MinutesFactory(session=session)
    MinutesEntry.objects.filter(minutes__session=session).update(body=body)
