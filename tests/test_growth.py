"""No list asks the database more often because it is longer: one row and three rows cost the same queries.

Every view that lists rows stands in `LISTS`; one that does not fails the last test.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone

from core.imports.enums import ImportState, Outcome
from core.imports.models import Import
from core.models import Region
from core.notifications import outbox
from core.notifications.models import Notification
from core.reports.services import request_report
from funding.enums import FrozenAudience
from funding.models import FinancialReport, Funder, Programme, Update
from governance.models import RescuedForm
from members.models import Competence, Organisation, SavedView
from sessions_app.documents import SESSION_REPORT
from sessions_app.enums import ItemKind
from sessions_app.minutes import publication
from sessions_app.minutes.services import save_entry
from sessions_app.models import MinutesEntry, Session
from tests import factories
from tests.funding import rows
from tests.funding.scene import freeze
from tests.governance.scene import consult
from tests.matrix.scene import build
from tests.support.pages import readable_pages
from tests.support.people import People
from tests.watch.rows import item
from watch.enums import ItemState, Kind
from watch.items import revisions
from watch.models import Correction, LinkCheck, WatchItem

Make = Callable[[People], Any]


def session(people: People) -> Any:
    """A held session with all that a row shows."""
    made = factories.SessionFactory(items=2)
    factories.MinutesFactory(session=made)
    factories.MaterialFactory(session=made)
    factories.DecisionFactory(session=made, responsible=people.animating)
    factories.AttendanceFactory(session=made, organisation=people.animating)
    factories.MinutesVersionFactory(session=made, author=people.animator, organisation=people.animating)
    return made


def public_minutes(people: People) -> Any:
    made = session(people)
    publication.make_public(session=made, by=people.animator, now=timezone.now())
    return made


def decision(people: People) -> Any:
    return factories.DecisionFactory(responsible=factories.OrganisationFactory())


def action(people: People) -> Any:
    made = factories.ActionItemFactory(responsible=factories.OrganisationFactory())
    made.decision = factories.DecisionFactory(session=made.session)
    made.save()
    return made


def organisation(people: People) -> Any:
    made = factories.OrganisationFactory(member=True, with_scheme=True, regions=["11"])
    return factories.PositionFactory(organisation=made)


def notification(people: People) -> Any:
    return Notification.objects.create(recipient=people.animator, kind="growth")


def mail(people: People) -> Any:
    return outbox.put(EmailMessage("Objet", "Texte", to=[people.member.email]), now=timezone.now())


def report(people: People) -> Any:
    made = session(people)
    subject = made.versions.get().public_id
    return request_report(kind=SESSION_REPORT, subject_id=subject, by=people.member, now=timezone.now())


def left_text(people: People) -> Any:
    address = f"/formulaire/{RescuedForm.objects.count()}/"
    return RescuedForm.objects.create(
        author=people.former_animator,
        organisation=people.formerly_animating,
        address=address,
        page=address,
        passages=[["Titre", "Un texte"]],
        left_at=timezone.now(),
    )


def revision(people: People) -> Any:
    """One more save of one item."""
    shown = Session.objects.filter(number=21).first() or factories.SessionFactory(number=21, items=1)
    item = shown.agenda.get()
    stored = MinutesEntry.objects.filter(item=item).first()
    number = stored.revision if stored else 0
    return save_entry(
        item=item, by=people.animator, body=f"<p>Texte {number}.</p>", based_on=number, now=timezone.now()
    )


def funded(people: People) -> Any:
    made = rows.initiative()
    rows.line(of=made, by=rows.funder(siret=""))
    return made


def in_one_hand(people: People) -> Any:
    """One more initiative of one region, one bearer and one funder."""
    funder = Organisation.objects.filter(slug="financeur").first() or rows.funder(siret="", slug="financeur")
    made = rows.initiative(regions=["84"], bearer_siren="900000100", bearer_siret="")
    return rows.line(of=made, by=funder)


def own_line(people: People) -> Any:
    """One more financing of the funder who reads, with an instalment to pay and a report that never came."""
    own = Organisation.objects.get(positions__user=people.funder)
    Funder.objects.get_or_create(organisation=own)
    made = rows.line(of=rows.initiative(), by=own)
    FinancialReport.objects.create(line=made, due_on=dt.date(2025, 1, 31))
    return made


def programme(people: People) -> Any:
    number = Programme.objects.count()
    made = Programme.objects.create(name=f"Programme {number}", slug=f"p-{number}", lead=rows.funder(siret=""))
    rows.line(of=rows.initiative(programme=made), by=made.lead)


def expected_update(people: People) -> Any:
    own = people.funder.positions.get().organisation
    Funder.objects.get_or_create(organisation=own)
    kept = rows.initiative(prepared_by=own)
    return Update.objects.create(initiative=kept, due_on=dt.date(2025, 6, 30), changed_at=timezone.now())


def frozen(people: People) -> Any:
    own = Organisation.objects.get(positions__user=people.funder)
    rows.line(of=rows.initiative(), by=own)
    return freeze(own, people.funder, FrozenAudience.ORGANISATION)


def imported_row(people: People) -> Any:
    own = Organisation.objects.get(positions__user=people.funder)
    Funder.objects.get_or_create(organisation=own)
    _imported_row(uuid.UUID(int=7), people.funder, kind="funding.lines", subject_id=own.pk)


def entry(people: People, state: ItemState) -> Any:
    """One more entry of the watch, with all that a row shows."""
    region = Region.objects.get(code="53")
    return item(kind=Kind.LESSON, state=state, contributor=people.member, regions=[region], themes=["Logement"])


def kept_entry(people: People) -> Any:
    """One more save of one entry."""
    kept = WatchItem.objects.filter(slug="fiche").first() or item(slug="fiche", contributor=people.member)
    kept.summary = f"Texte {kept.revisions.count()}"
    return revisions.record(item=kept, by=people.animator, now=timezone.now())


def dead_link(people: People) -> Any:
    gone = item(link="https://disparu.example/", contributor=people.member)
    failed = {"failing_since": factories.moment(-9), "failed_on": factories.moment(-6).date(), "failed_days": 3}
    moments = {"checked_at": factories.moment(-6), "next_at": factories.moment(-5)}
    return LinkCheck.objects.create(item=gone, link=gone.link, state="gone", problem="gone", **failed, **moments)


def unmatched_need(people: People) -> Any:
    term = Competence.objects.create(name=f"Besoin {Competence.objects.count()}")
    regions = [Region.objects.get(code="53")]
    return item(kind=Kind.NEEDS_STUDY, contributor=people.member, competences=[term], regions=regions)


def proposed(people: People) -> Any:
    given = {"before": {"author": ""}, "after": {"author": "Le RAMEAU"}, "reason": "Il est signé."}
    moments = {"proposed_by": people.member, "proposed_at": timezone.now()}
    return Correction.objects.create(item=item(contributor=people.member), **given, **moments)


def saved_view(people: People) -> Any:
    """One more, whose filter has lost a value."""
    number = SavedView.objects.count()
    given = {
        "owner": people.member,
        "page": "veille",
        "name": f"Vue {number}",
        "query": f"theme=Logement&theme={number}",
    }
    return SavedView.objects.create(**given, alert="weekly", alert_since=timezone.now(), saved_at=timezone.now())


def competence(people: People) -> Any:
    made = Competence.objects.create(name=f"Terme {Competence.objects.count()}")
    Organisation.objects.get(slug="atelier").competences.add(made)


def imported_member(people: People) -> Any:
    _imported_row(uuid.UUID(int=9), people.animator, kind="members.directory", subject_id=1)


def _imported_row(public_id: uuid.UUID, by: Any, *, kind: str, subject_id: int) -> None:
    run, _made = Import.objects.get_or_create(
        public_id=public_id,
        defaults={
            "kind": kind,
            "subject_id": subject_id,
            "by": by,
            "language": "fr",
            "file_name": "t.csv",
            "sent_at": timezone.now(),
            "state": ImportState.CHECKED,
        },
    )
    number = run.rows.count() + 1
    told = {"changes": [["Objet", "Lieu", "Autre"]]}
    run.rows.create(number=number, cells=[], texts={}, reference=f"A-{number}", outcome=Outcome.CHANGED, told=told)
    Import.objects.filter(pk=run.pk).update(counts={"changed": number})


# address → who reads it, what makes one more row, how many queries it may ask at all
LISTS: dict[str, tuple[str, Make, int]] = {
    "home": ("animator", session, 20),
    "sessions:list": ("animator", session, 12),
    "sessions:decisions": ("member", decision, 12),
    "sessions:actions": ("member", action, 12),
    "sessions:cycle": ("member", session, 12),
    "sessions:cycle-proceedings": ("member", session, 12),
    "sessions:minutes-history": ("animator", revision, 12),
    "sessions:minutes-public-list": ("visitor", public_minutes, 12),
    "governance:consultations": ("animator", lambda people: consult(people.animator, "closed"), 12),
    "governance:left-texts": ("animator", left_text, 12),
    "members:directory": ("member", organisation, 14),
    "personal_data:breaches": ("administrator", lambda people: factories.BreachFactory(), 12),
    "personal_data:erasures": ("administrator", lambda people: factories.ErasureFactory(), 12),
    "personal_data:requests": ("administrator", lambda people: factories.RightsRequestFactory(answered=True), 12),
    "members:access-requests": ("animator", lambda people: factories.AccessRequestFactory(answered=True), 12),
    "members:competences": ("animator", competence, 12),
    "members:outside": ("animator", lambda people: factories.OrganisationFactory(), 12),
    "members:people": ("animator", lambda people: factories.PositionFactory(), 14),
    "funding:initiatives": ("member", funded, 14),
    "funding:detail": ("funder", funded, 20),
    "funding:funders": ("member", funded, 12),
    "funding:regions": ("member", funded, 12),
    "funding:funder": ("member", in_one_hand, 12),
    "funding:bearer": ("member", in_one_hand, 12),
    "funding:region": ("member", in_one_hand, 12),
    "funding:programmes": ("member", programme, 12),
    "funding:lines": ("funder", own_line, 14),
    "funding:to-pay": ("funder", own_line, 12),
    "funding:late-reports": ("funder", own_line, 12),
    "funding:updates-expected": ("funder", expected_update, 14),
    "funding:frozen-list": ("funder", frozen, 12),
    "funding:import-preview": ("funder", imported_row, 12),
    "members:import-preview": ("animator", imported_member, 12),
    "members:invite-chosen": ("animator", lambda people: factories.PositionFactory(), 14),
    "watch:list": ("member", lambda people: entry(people, ItemState.PUBLISHED), 12),
    "watch:contributions": ("member", lambda people: entry(people, ItemState.DRAFT), 12),
    "watch:history": ("animator", kept_entry, 12),
    "members:views": ("member", saved_view, 14),
    "watch:corrections": ("animator", proposed, 12),
    "watch:needs": ("animator", unmatched_need, 12),
    "watch:links": ("animator", dead_link, 12),
    "watch:to-review": ("animator", lambda people: entry(people, ItemState.TO_REVIEW), 12),
    "notifications:list": ("animator", notification, 12),
    "administration:mails": ("administrator", mail, 12),
    "administration:jobs": ("administrator", report, 12),
    "administration:people": ("administrator", lambda people: factories.PositionFactory(), 12),
}
ARGUMENTS: dict[str, list[Any]] = {
    "sessions:cycle": [2024],
    "sessions:cycle-proceedings": [2024],
    "sessions:minutes-history": [21],
    "funding:funder": ["financeur"],
    "watch:history": ["fiche"],
    "funding:bearer": ["900000100"],
    "funding:region": ["84"],
    "funding:import-preview": [uuid.UUID(int=7)],
    "members:import-preview": [uuid.UUID(int=9)],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_asks_no_more(people, signed_in, assert_constant_queries, name):
    role, make, most = LISTS[name]
    factories.SpaceFactory()
    assert_constant_queries(
        signed_in(people.role(role)), reverse(name, args=ARGUMENTS.get(name)), lambda: make(people), most=most
    )


SESSION_PAGE = 13  # one of them for where it is mentioned


def passed_on(session: Session) -> None:
    """The session that validated the past handover also discusses one more initiative."""
    factories.AgendaItemFactory(session=session, kind=ItemKind.HANDOVER)
    rows.initiative().sessions.add(session)


@pytest.mark.parametrize(
    ("add", "most"),
    [
        (lambda session: factories.SpeakerFactory(item=factories.AgendaItemFactory(session=session)), SESSION_PAGE),
        (lambda session: factories.AttendeeFactory(attendance__session=session), SESSION_PAGE),
        (
            lambda session: factories.DecisionFactory(session=session, responsible=factories.OrganisationFactory()),
            SESSION_PAGE,
        ),
        (
            lambda session: factories.ActionItemFactory(session=session, responsible=factories.OrganisationFactory()),
            SESSION_PAGE,
        ),
        (lambda session: factories.MaterialFactory(session=session), SESSION_PAGE),
        (passed_on, SESSION_PAGE),
    ],
    ids=["agenda", "attendance", "decisions", "actions", "materials", "handover and initiative"],
)
def test_a_fuller_session_asks_no_more(people, signed_in, assert_constant_queries, add, most):
    scene = build(people)
    shown = scene.sessions["published"]
    address = reverse("sessions:session", args=[shown.number])
    assert_constant_queries(signed_in(people.animator), address, lambda: add(shown), most=most)


def test_every_list_is_here(people, signed_in):
    """A page whose context holds a page of rows is a list."""
    scene = build(people)
    listing = set()
    for role, address in readable_pages(scene):
        response = signed_in(people.role(role)).get(address)
        held = [value for part in response.context or () for value in part.flatten().values()]
        if any(isinstance(value, Page) for value in held):
            listing.add(response.resolver_match.view_name)
    assert sorted(listing - set(LISTS) - {"style-guide"}) == [], "these lists have no row in LISTS"
