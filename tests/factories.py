"""Plain rows for tests: each factory gives the dullest valid row, traits say what is special about it.

Every row passes `full_clean()` before it is saved, so a factory that goes stale says so. Days and moments are
fixed relative to today, because rights ask what holds today.
"""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from core import partial_dates, space
from core.accounts.models import User
from core.models import Region, Space
from core.personal_data.models import Answer, Breach, Erasure, Right, RightsRequest, Risk
from governance.models import Mandate
from members.enums import Engineering, Help, Level, PositionRole, Sector, World
from members.models import AccessRequest, EngineeringScheme, Membership, Organisation, Position, RequestState
from sessions_app.enums import (
    DecisionKind,
    ItemKind,
    MinutesState,
    Presence,
    Procedure,
    SessionFormat,
    SessionMode,
    SessionState,
)
from sessions_app.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Attendee,
    Cycle,
    Decision,
    Material,
    Minutes,
    MinutesEntry,
    MinutesProposal,
    MinutesRevision,
    MinutesVersion,
    Session,
    Speaker,
)

PASSWORD = "une-phrase-de-passe-pour-les-tests"


def days(number: int) -> dt.date:
    """The day `number` days from today, in the portal's time zone."""
    return timezone.localdate() + dt.timedelta(days=number)


def moment(number: float) -> dt.datetime:
    """The moment `number` days from now."""
    return timezone.now() + dt.timedelta(days=number)


def picture(width: int = 40, height: int = 40, name: str = "logo.png") -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "#0a7d4f").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def since(first: dt.date, end: dt.date | None = None) -> DateRange:
    """A period from `first` on; `end` is the first day that no longer belongs to it."""
    return DateRange(first, end)


_made_before: set[str] = set()  # in this process
_trusted: ContextVar[bool] = ContextVar("trusted", default=False)


@contextmanager
def cleaned_once(name: str) -> Iterator[None]:
    """Rows that thousands of tests make alike are cleaned the first time a process makes them, then only saved.

    Cleaning asks the database for each unique value and each constraint: half of what such a scene costs.
    """
    before = _trusted.set(_trusted.get() or name in _made_before)
    try:
        yield
        _made_before.add(name)
    finally:
        _trusted.reset(before)


class Checked(DjangoModelFactory):
    """Base: cleans, then saves."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        row = model_class(*args, **kwargs)
        if not _trusted.get():
            row.full_clean()
        row.save()
        return row


class SpaceFactory(Checked):
    class Meta:
        model = Space

    id = 1
    name = "Espace d’articulation des ingénieries"
    short_name = "L’espace d’articulation"
    contact_email = "contact@espace.example"
    born_on = dt.date(2020, 3, 20)

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        row = super()._create(model_class, *args, **kwargs)
        space.forget()
        return row


class RegionFactory(Checked):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"{700 + n}")
    name = factory.Sequence(lambda n: f"Région {n + 1}")


class UserFactory(Checked):
    """Without traits: a person who was named but has never signed in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        signs_in = factory.Trait(password=PASSWORD)
        administrator = factory.Trait(is_staff=True)
        closed = factory.Trait(is_active=False)

    email = factory.Sequence(lambda n: f"personne-{n + 1}@exemple.example")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne-{n + 1}")
    password = None

    @classmethod
    def _create(cls, model_class: type, *args: Any, password: str | None = None, **kwargs: Any) -> User:
        user = model_class.objects.create_user(*args, password=password, **kwargs)
        if password is not None:
            EmailAddress.objects.filter(user=user).update(verified=True)
        return user


class OrganisationFactory(Checked):
    """Without traits: an organisation that is no member and runs no scheme."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        member = factory.Trait(
            membership=factory.RelatedFactory("tests.factories.MembershipFactory", factory_related_name="organisation")
        )
        with_scheme = factory.Trait(
            scheme=factory.RelatedFactory("tests.factories.SchemeFactory", factory_related_name="organisation")
        )

    name = factory.Sequence(lambda n: f"Organisation {n + 1}")
    slug = factory.Sequence(lambda n: f"organisation-{n + 1}")
    world = World.ENGINEERING
    sector = Sector.ASSOCIATION
    level = Level.NATIONAL

    @factory.post_generation
    def regions(self, create: bool, codes: list[str] | None, **kwargs: Any) -> None:
        if create and codes:
            self.regions.set(codes)


class MembershipFactory(Checked):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    period = factory.LazyFunction(lambda: since(dt.date(2020, 3, 20)))

    class Params:
        ended = factory.Trait(period=factory.LazyFunction(lambda: since(dt.date(2020, 3, 20), days(-30))))


class SchemeFactory(Checked):
    class Meta:
        model = EngineeringScheme

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Dispositif {n + 1}")
    engineerings = factory.LazyFunction(lambda: [Engineering.PROJECT])
    helps = factory.LazyFunction(lambda: [Help.TECHNICAL])


class PositionFactory(Checked):
    """A representative in position today."""

    class Meta:
        model = Position

    class Params:
        substitute = factory.Trait(role=PositionRole.SUBSTITUTE)
        observer = factory.Trait(role=PositionRole.OBSERVER)
        ended = factory.Trait(period=factory.LazyFunction(lambda: since(days(-400), days(-1))))

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory, member=True)
    role = PositionRole.REPRESENTATIVE
    period = factory.LazyFunction(lambda: since(days(-400)))


class AccessRequestFactory(Checked):
    """Somebody outside who waits for an answer."""

    class Meta:
        model = AccessRequest

    class Params:
        answered = factory.Trait(
            state=RequestState.REFUSED,
            reason="Plus tard.",
            answered_at=factory.LazyFunction(lambda: moment(-1)),
            answered_by=factory.SubFactory(UserFactory),
        )

    first_name = "Anne"
    last_name = factory.Sequence(lambda n: f"Demande-{n + 1}")
    email = factory.Sequence(lambda n: f"demande-{n + 1}@exemple.example")
    organisation_name = "Le RAMEAU"
    why = "Pour apporter nos méthodes."
    asked_at = factory.LazyFunction(lambda: moment(-2))


class RightsRequestFactory(Checked):
    """Somebody who exercises a right, from an address he or she confirmed."""

    class Meta:
        model = RightsRequest

    class Params:
        unconfirmed = factory.Trait(confirmed_at=None)
        answered = factory.Trait(
            answer=Answer.DONE,
            answer_words="C’est fait.",
            answered_at=factory.LazyFunction(lambda: moment(-1)),
            answered_by=factory.SubFactory(UserFactory),
        )

    right = Right.ERASURE
    name = factory.Sequence(lambda n: f"Anne Droit-{n + 1}")
    email = factory.Sequence(lambda n: f"droit-{n + 1}@exemple.example")
    words = "Effacez mon adresse."
    asked_at = factory.LazyFunction(lambda: moment(-3))
    confirmed_at = factory.LazyFunction(lambda: moment(-2))
    token_hash = factory.Sequence(lambda n: f"{n:064}")


class BreachFactory(Checked):
    """A day ago, a risk, and the CNIL not told yet."""

    class Meta:
        model = Breach

    title = "Tableau envoyé à une mauvaise adresse"
    discovered_at = factory.LazyFunction(lambda: moment(-1))
    confidentiality = True
    nature = "Une liste de présence est partie à une adresse qui n’est pas celle d’un membre."
    people_concerned = "Personnes présentes à une session"
    people_count = 12
    data_concerned = "Noms et organisations"
    consequences = "Réutilisation des noms par un tiers."
    measures = "Effacement demandé au destinataire et confirmé."
    risk = Risk.RISK
    recorded_at = factory.LazyFunction(lambda: moment(-1))
    recorded_by = factory.SubFactory(UserFactory)


class ErasureFactory(Checked):
    """The tombstone of somebody."""

    class Meta:
        model = Erasure

    person = factory.LazyFunction(uuid.uuid4)
    at = factory.LazyFunction(lambda: moment(-1))
    by = factory.SubFactory(UserFactory)
    ground = "Demande reçue par courriel."


class MandateFactory(Checked):
    """A mandate that has started, a minute later than the one made before it."""

    class Meta:
        model = Mandate

    class Params:
        planned = factory.Trait(starts_at=factory.LazyFunction(lambda: moment(30)))

    organisation = factory.SubFactory(OrganisationFactory, member=True)
    starts_at = factory.Sequence(lambda n: dt.datetime(2024, 11, 13, 12, tzinfo=dt.UTC) + dt.timedelta(minutes=n))
    started_on = factory.LazyFunction(lambda: partial_dates.month(2024, 11))


class CycleFactory(Checked):
    """The cycle of a year; asked again, the same one."""

    class Meta:
        model = Cycle

    year = 2024
    theme = "Mise en commun(s)"

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Cycle:
        found = model_class.objects.filter(year=kwargs["year"]).first()
        return found or super()._create(model_class, *args, **kwargs)


class SessionFactory(Checked):
    """Without traits: a session held on a known day, without agenda or minutes."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=SessionState.DRAFT)
        announced = factory.Trait(
            state=SessionState.ANNOUNCED,
            date=factory.LazyFunction(lambda: partial_dates.day(days(40))),
            starts_at=factory.LazyFunction(lambda: moment(40)),
            ends_at=factory.LazyFunction(lambda: moment(40.1)),
        )
        closed = factory.Trait(state=SessionState.CLOSED)
        cancelled = factory.Trait(state=SessionState.CANCELLED, reason="La salle n’est plus libre.")

    number = factory.Sequence(lambda n: n + 1001)  # beyond the numbers that tests choose
    cycle = factory.SubFactory(CycleFactory)
    title = factory.LazyAttribute(lambda row: f"Séance {row.number}")
    summary = ""
    date = factory.LazyFunction(lambda: partial_dates.day(dt.date(2024, 4, 18)))
    format = SessionFormat.PLENARY
    mode = SessionMode.HYBRID
    place = "Paris"
    state = SessionState.HELD

    @factory.post_generation
    def items(self, create: bool, number: int | None, **kwargs: Any) -> None:
        """`items=3`: an agenda of three items."""
        for _ in range(number or 0):
            AgendaItemFactory(session=self, **kwargs)


class AgendaItemFactory(Checked):
    class Meta:
        model = AgendaItem

    session = factory.SubFactory(SessionFactory)
    position = factory.LazyAttribute(lambda row: row.session.agenda.count() + 1)
    title = factory.LazyAttribute(lambda row: f"Point {row.position}")
    kind = ItemKind.INFORMATION
    minutes_long = 15


class SpeakerFactory(Checked):
    class Meta:
        model = Speaker

    item = factory.SubFactory(AgendaItemFactory)
    guest_name = "Dominique Invitée"


class AttendanceFactory(Checked):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    organisation = factory.SubFactory(OrganisationFactory, member=True)
    presence = Presence.ON_SITE


class AttendeeFactory(Checked):
    class Meta:
        model = Attendee

    attendance = factory.SubFactory(AttendanceFactory)
    user = factory.SubFactory(UserFactory)


class DecisionFactory(Checked):
    class Meta:
        model = Decision

    session = factory.SubFactory(SessionFactory)
    number = factory.LazyAttribute(lambda row: row.session.decisions.count() + 1)
    text = factory.LazyAttribute(lambda row: f"Décision {row.number}")
    kind = DecisionKind.DECISION


class ActionItemFactory(Checked):
    class Meta:
        model = ActionItem

    session = factory.SubFactory(SessionFactory)
    number = factory.LazyAttribute(lambda row: row.session.actions.count() + 1)
    text = factory.LazyAttribute(lambda row: f"Action {row.number}")


class MaterialFactory(Checked):
    """A link; files go through `core.files`."""

    class Meta:
        model = Material

    session = factory.SubFactory(SessionFactory)
    title = factory.Sequence(lambda n: f"Support {n + 1}")
    link = "https://exemple.example/support"


class MinutesFactory(Checked):
    """A draft with one written entry for each item of the session's agenda."""

    class Meta:
        model = Minutes
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory, items=2)
    state = MinutesState.DRAFT

    @factory.post_generation
    def entries(self, create: bool, body: str | None, **kwargs: Any) -> None:
        """`entries="<p>…</p>"` gives the text of every entry."""
        for item in self.session.agenda.all():
            MinutesEntryFactory(
                minutes=self, item=item, body=f"<p>Texte du point {item.position}.</p>" if body is None else body
            )


class MinutesEntryFactory(Checked):
    class Meta:
        model = MinutesEntry
        skip_postgeneration_save = True

    minutes = factory.SubFactory(MinutesFactory)
    item = factory.SubFactory(AgendaItemFactory)
    body = "<p>Texte.</p>"
    revision = 1
    changed_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def saved(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """The save that the text comes from."""
        MinutesRevision.objects.create(
            entry=self, number=self.revision, body=self.body, author=self.changed_by, saved_at=self.changed_at
        )


class MinutesProposalFactory(Checked):
    """A text that somebody left when the right to write had moved on."""

    class Meta:
        model = MinutesProposal

    item = factory.SubFactory(AgendaItemFactory)
    author = factory.SubFactory(UserFactory)
    body = "<p>Texte laissé.</p>"
    left_at = factory.LazyFunction(lambda: moment(-1))


class MinutesVersionFactory(DjangoModelFactory):
    """The next published version of a session, frozen as it stands; nobody's right is asked."""

    class Meta:
        model = MinutesVersion

    session = factory.SubFactory(SessionFactory, items=2)
    author = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory, member=True)
    procedure = Procedure.DIRECT
    published_at = factory.LazyFunction(lambda: moment(-10))

    @classmethod
    def _create(cls, model_class: type, *args: Any, session: Session, author: User, **kwargs: Any) -> MinutesVersion:
        from sessions_app.minutes import services

        number = session.versions.count() + 1
        reason = "Correction d’une date." if number > 1 else ""
        kwargs = {"number": number, "reason": reason, **kwargs}
        version = services.freeze(session=session, by=author, **kwargs)
        Minutes.objects.filter(session=session).update(state=MinutesState.PUBLISHED)
        return version
