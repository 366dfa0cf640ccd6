"""What a table would do to the directory: piece after piece, what an earlier row adds is known to the later ones."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.accounts import addresses
from core.accounts.models import User
from core.db.periods import meet, today
from core.imports.cells import plain
from core.imports.enums import Outcome
from core.imports.planning import Reader, judge
from core.imports.reading import Table
from core.imports.shapes import TextRow
from core.models import Region
from core.partial_dates import PartialDate, day
from core.personal_data.models import Erasure
from core.text import name_key
from members.enums import PositionRole
from members.imports.columns import NO_MEMBER, OF_ORGANISATION, OF_PERSON, SHAPE
from members.imports.rows import DirectoryRow, MemberRow
from members.models import Competence, Membership, Organisation, Position
from members.organisations.memberships import ENDS_TOO_SOON as MEMBERSHIP_ENDS_TOO_SOON
from members.organisations.names import former_names
from members.people.services import ENDS_TOO_SOON, ERASED, OVERLAPS

_PLAIN = tuple(name for name in OF_ORGANISATION if name not in ("name", "regions", "competences", "member_since"))
_REQUIRED = ("world", "sector", "level")
_NOT_JUDGED = ("public_id", "slug", "logo", "is_fictional")
_NOT_JUDGED_OF_PEOPLE = ("public_id", "password", "last_login", "created_at")
_NOT_JUDGED_OF_POSITIONS = ("public_id", "user", "organisation", "period", "began_on", "ended_on")
_ALL = "france"


class Planner:
    """Names, numbers and regions are read once; organisations, people and positions some hundreds at a time."""

    def __init__(self, table: Table, now: dt.datetime) -> None:
        self.reader, self.day = Reader(table, SHAPE, MemberRow), today(now)
        self.regions = {plain(region.name): region.code for region in Region.objects.all()}
        self.regions |= {plain(code): code for code in self.regions.values()}
        self.region_names = dict(Region.objects.values_list("code", "name"))
        self.terms = {name_key(one.name): one for one in Competence.objects.all()}
        self.known, self.numbers = _known_organisations()
        self.made: dict[str, Organisation] = {}  # key of the name → what an earlier row adds
        self.made_in: dict[str, str] = {}  # key of the name → that row of the file
        self.said: dict[str, dict[str, tuple[Any, str]]] = defaultdict(dict)  # name → field → (value, row of the file)
        self.people: dict[str, User] = {}  # address → whom an earlier row adds
        self.placed: dict[tuple[str, str], list[tuple[str, Position]]] = defaultdict(list)  # (name, address) → by row

    def plan(self, texts: list[TextRow]) -> list[MemberRow]:
        rows = [(*self.reader.begin(row), row) for row in texts]
        piece = _Piece(self, [(planned.reference, cells.get("email", "")) for planned, cells, _row in rows])
        organisations, people, positions = [], [], []
        for planned, cells, _row in rows:
            if planned.problems:
                continue
            values = self.reader.values(planned, cells)
            key = name_key(planned.reference)
            self._organisation(planned, key, values, piece)
            self._person(planned, values, piece)
            organisations += [(planned, planned.organisation)] if planned.organisation else []
            people += [(planned, planned.person)] if planned.person else []
            positions += [(planned, planned.position)] if planned.position else []
        judge(self.reader, organisations, exclude=_NOT_JUDGED)
        judge(self.reader, people, exclude=_NOT_JUDGED_OF_PEOPLE)
        judge(self.reader, positions, exclude=_NOT_JUDGED_OF_POSITIONS)
        for planned, _cells, _row in rows:
            if not planned.problems:
                effect = Outcome.CREATED if planned.adds else Outcome.CHANGED
                planned.outcome = effect if planned.writes else Outcome.UNCHANGED
        return [planned for planned, _cells, _row in rows]

    def wrong(self, planned: MemberRow, name: str, text: str | Promise) -> None:
        planned.problems.append(self.reader.problem(name, text))

    # --- the organisation ---------------------------------------------------------------------------------------------

    def _organisation(self, planned: MemberRow, key: str, values: dict[str, Any], piece: _Piece) -> None:
        number = self.known.get(key)
        found = piece.organisations[number] if number else self.made.get(key)
        if found is not None:
            key = name_key(found.name)  # one entry for its name and its short name
        asked = self._not_said_before(planned, key, values)
        if number is None:
            found = self._fresh_organisation(planned, key, asked, found)
        else:
            held = piece.memberships(found)
            stored = DirectoryRow(found, held[-1] if held else None)
            asked = {name: value for name, value in asked.items() if not SHAPE.by_field[name].means(value, stored)}
            self.reader.set_values(planned, asked, _PLAIN, found)
            self._set_membership(planned, asked.get("member_since"), found, held)
        planned.at = found
        if planned.adds or planned.names.intersection(_PLAIN):
            planned.organisation = found
        if "regions" in asked:
            held_regions = [] if number is None else sorted(region.code for region in found.regions.all())
            self._set_regions(planned, asked["regions"], held_regions)
        if "competences" in asked:
            held_terms = [] if number is None else [one.name for one in found.competences.all()]
            self._set_competences(planned, asked["competences"], held_terms)

    def _fresh_organisation(
        self, planned: MemberRow, key: str, asked: dict[str, Any], found: Organisation | None
    ) -> Organisation:
        """What the portal did not know when the file was begun: made by this row, or `found` in an earlier one."""
        since = asked.get("member_since")
        if found is None:
            made = self._new_organisation(planned, asked)
            self.reader.set_values(planned, asked, _PLAIN, made)
            self._remember(key, made, planned.number)
            planned.about, planned.adds = _("New organisation."), True
            self._set_membership(planned, since or day(self.day), made, [])
            return made
        self.reader.set_values(planned, asked, _PLAIN, found)
        planned.adds = bool(planned.names)
        if since is not None:
            text = _("Row %(row)s adds this organisation: write the date there.") % {"row": self.made_in[key]}
            self.wrong(planned, "member_since", text)
        return found

    def _new_organisation(self, planned: MemberRow, values: dict[str, Any]) -> Organisation:
        if other := self.numbers.get(values.get("siren") or ""):
            text = _("This SIREN is that of “%(name)s”: write the name as there, or correct the number.")
            self.wrong(planned, "siren", text % {"name": other})
        missing = [name for name in _REQUIRED if not values.get(name) and name not in planned.unread]
        if missing:
            heads = ", ".join(SHAPE.by_field[name].header for name in missing)
            text = _("The portal knows no organisation of this name; to add it, fill: %(columns)s.")
            self.wrong(planned, "name", text % {"columns": heads})
            planned.unread.update(missing)
        return Organisation(name=planned.reference)

    def _remember(self, key: str, made: Organisation, number: str) -> None:
        self.made[key], self.made_in[key] = made, number
        if made.short_name:
            self.made.setdefault(name_key(made.short_name), made)
        if made.siren:
            self.numbers.setdefault(made.siren, made.name)

    def _not_said_before(self, planned: MemberRow, key: str, values: dict[str, Any]) -> dict[str, Any]:
        """What this row says of its organisation first; what another row says otherwise is a problem."""
        asked, said = {}, self.said[key]
        for name in OF_ORGANISATION:
            if name not in values:
                continue
            before, row = said.setdefault(name, (values[name], planned.number))
            if before != values[name]:
                text = _("Row %(row)s says something else of the same organisation.") % {"row": row}
                self.wrong(planned, name, text)
            elif row == planned.number:
                asked[name] = values[name]
        return asked

    def _set_regions(self, planned: MemberRow, wanted: list[str], held: list[str]) -> None:
        if [plain(text) for text in wanted] == [_ALL]:
            codes = sorted(self.region_names)
        elif unknown := [text for text in wanted if plain(text) not in self.regions]:
            text = _("“%(names)s”: no region is called so.") % {"names": ", ".join(unknown)}
            return self.wrong(planned, "regions", text)
        else:
            codes = sorted({self.regions[plain(text)] for text in wanted})
        if codes != held:
            self.reader.change(planned, "regions", self._named(held), self._named(codes))
            planned.regions = codes
        return None

    def _set_competences(self, planned: MemberRow, wanted: list[str], held: list[str]) -> None:
        if unknown := [text for text in wanted if name_key(text) not in self.terms]:
            text = _("“%(names)s” is not in the list of competences: choose another word, or add it to the list first.")
            return self.wrong(planned, "competences", text % {"names": ", ".join(unknown)})
        terms = list({name_key(text): self.terms[name_key(text)] for text in wanted}.values())
        if sorted(one.name for one in terms) != sorted(held):
            self.reader.change(planned, "competences", held, [one.name for one in terms])
            planned.competences = [one.pk for one in terms]
        return None

    def _named(self, codes: list[str]) -> list[str]:
        return [self.region_names[code] for code in codes]

    def _set_membership(
        self, planned: MemberRow, since: PartialDate | str | None, found: Organisation, held: list[Membership]
    ) -> None:
        if since is None or (since == NO_MEMBER and not held):
            return None
        if since == NO_MEMBER:
            text = _("The portal knows it as a member: an organisation leaves on the page of its membership.")
            return self.wrong(planned, "member_since", text)
        if len(held) > 1:
            text = _("It was a member more than once: correct the dates on the page of its membership.")
            return self.wrong(planned, "member_since", text)
        membership = held[0] if held else Membership(organisation=found)
        old = membership.since if held else None
        membership.set_dates(since, membership.until if held else None)
        if membership.period.isempty:
            return self.wrong(planned, "member_since", MEMBERSHIP_ENDS_TOO_SOON)
        self.reader.change(planned, "member_since", old, since)
        planned.membership = membership
        planned.adds |= not held
        return None

    # --- the person and the position ----------------------------------------------------------------------------------

    def _person(self, planned: MemberRow, values: dict[str, Any], piece: _Piece) -> None:
        given = {name: values[name] for name in OF_PERSON if values.get(name) not in (None, "")}
        if not given and not planned.unread.intersection(OF_PERSON):
            return None
        if "email" not in given:
            if "email" not in planned.unread:
                self.wrong(planned, "email", _("The person’s address is missing."))
            return None
        email = addresses.normal(given["email"])
        planned.reference = f"{planned.at.label}, {email}"
        who = self.people.get(email) or piece.people.get(email)
        if who is None:
            who = self._new_person(planned, email, given)
        elif not who.is_called(given.get("first_name", who.first_name), given.get("last_name", who.last_name)):
            text = _("This address belongs to %(name)s: each person has an own one.") % {"name": who.get_full_name()}
            return self.wrong(planned, "email", text)
        planned.who = who
        return self._position(planned, values, piece, self.placed[name_key(planned.at.name), email])

    def _new_person(self, planned: MemberRow, email: str, given: dict[str, Any]) -> User:
        made = User(email=email, first_name="", last_name="")
        for name in ("first_name", "last_name"):
            if name not in given and name not in planned.unread:
                self.wrong(planned, name, _("This field is required."))
                planned.unread.add(name)
        self.reader.set_values(planned, given, ("first_name", "last_name"), made)
        self.reader.change(planned, "email", "", email)
        planned.about = " ".join(filter(None, (planned.about, _("New person."))))
        planned.person, planned.adds = made, True
        self.people[email] = made
        return made

    def _position(
        self, planned: MemberRow, values: dict[str, Any], piece: _Piece, placed: list[tuple[str, Position]]
    ) -> None:
        """A row for each position, past ones too: by when it began. `placed` are those of earlier rows, same person, same
        organisation."""
        organisation, who = planned.at, planned.who
        held = piece.positions(who, organisation)
        position = _meant(held, values.get("began_on"), self.day)
        if row := next((row for row, one in placed if _is_same(one, position, values.get("began_on"))), None):
            text = _("This person stands in row %(row)s already, for the same organisation.") % {"row": row}
            return self.wrong(planned, "email", text)
        others = {one.pk: one for one in (*held, *(one for _row, one in placed)) if one.pk is not None}
        met = [*others.values(), *(one for _row, one in placed if one.pk is None)]
        if position is None and who.public_id in piece.erased:
            return self.wrong(planned, "email", ERASED)
        if position is None:
            position = Position(user=who, organisation=organisation)
            values = {"role": PositionRole.REPRESENTATIVE.value, "began_on": day(self.day)} | values
            stored = None
        else:
            stored = DirectoryRow(organisation, None, position, who)
        placed.append((planned.number, position))
        asked = {
            name: values[name]
            for name in ("role", "title", "began_on", "ended_on")
            if name in values and (stored is None or not SHAPE.by_field[name].means(values[name], stored))
        }
        if not asked:
            return None
        began = asked.get("began_on") or position.since
        ended = asked.get("ended_on", position.until if stored else None)
        for name in ("began_on", "ended_on"):
            if name in asked:
                column = SHAPE.by_field[name]
                self.reader.change(planned, name, column.value(stored) if stored else None, asked[name])
        self.reader.set_values(planned, asked, ("role", "title"), position)
        position.set_dates(began, ended)
        if position.period.isempty:
            return self.wrong(planned, "ended_on" if "ended_on" in asked else "began_on", ENDS_TOO_SOON)
        if any(one.pk != position.pk or one.pk is None for one in met if meet(one.period, position.period)):
            return self.wrong(planned, "began_on", OVERLAPS)
        planned.position = position
        planned.adds |= stored is None
        return None


class _Piece:
    """What the portal holds of the organisations and people that some hundred rows name."""

    def __init__(self, planner: Planner, named: Iterable[tuple[str, str]]) -> None:
        keys, emails = zip(*((name_key(name), addresses.normal(email)) for name, email in named), strict=True)
        numbers = {planner.known[key] for key in keys if key in planner.known}
        found = Organisation.objects.filter(pk__in=numbers).prefetch_related("regions", "competences", "memberships")
        self.organisations = {row.pk: row for row in found}
        self.people = _known_people({email for email in emails if email})
        keys_of_people = [who.public_id for who in self.people.values()]
        self.erased = set(Erasure.objects.filter(person__in=keys_of_people).values_list("person", flat=True))
        self._positions: dict[tuple[int, int], list[Position]] = defaultdict(list)
        rows = Position.objects.filter(user__in=[who.pk for who in self.people.values()], organisation__in=numbers)
        for row in rows.order_by("period", "pk"):
            self._positions[row.user_id, row.organisation_id].append(row)

    def memberships(self, organisation: Organisation) -> list[Membership]:
        held = organisation.memberships.all() if organisation.pk in self.organisations else []
        return sorted(held, key=lambda one: one.period.lower)

    def positions(self, who: User, organisation: Organisation) -> list[Position]:
        """Those held before the file was begun: what it adds is new, in whichever pass it is read."""
        return self._positions.get((who.pk, organisation.pk), []) if organisation.pk in self.organisations else []


def _known_organisations() -> tuple[dict[str, int], dict[str, str]]:
    """Key of the name, of a short name that only one bears, or of a merged double → the row; SIREN → name."""
    found = list(Organisation.objects.order_by("pk").values_list("pk", "name", "short_name", "siren"))
    shorts: dict[str, set[int]] = defaultdict(set)
    for pk, _name, short_name, _siren in found:
        if short_name:
            shorts[name_key(short_name)].add(pk)
    known = {key: kept.pk for key, kept in former_names().items()}
    known |= {key: min(rows) for key, rows in shorts.items() if len(rows) == 1}
    known |= {name_key(name): pk for pk, name, _short, _siren in found}
    doubles = Organisation.with_doubles.filter(merged_into__isnull=False).exclude(siren="")
    numbers = dict(doubles.order_by("pk").values_list("siren", "merged_into__name"))
    return known, numbers | {siren: name for _pk, name, _short, siren in found if siren}


def _known_people(emails: set[str]) -> dict[str, User]:
    """Every address in its normal form → whose it is."""
    stored = EmailAddress.objects.annotate(key=Lower("email")).filter(key__in=emails)
    owners = dict(stored.values_list("key", "user_id"))
    own = User.objects.annotate(key=Lower("email")).filter(key__in=emails)
    owners |= dict(own.values_list("key", "pk"))
    people = User.objects.in_bulk(set(owners.values()))
    return {email: people[pk] for email, pk in owners.items()}


def _is_same(one: Position, position: Position | None, began_on: PartialDate | None) -> bool:
    """Whether a row speaks of `one`, which an earlier row has placed: what is stored, or both add from the same day."""
    if position is not None:
        return one.pk == position.pk
    return one.pk is None and (began_on is None or began_on == one.since)


def _meant(held: list[Position], began_on: PartialDate | None, on: dt.date) -> Position | None:
    """Which of the positions the row speaks of: the one that began then, else the one that runs or is to come."""
    if began_on is not None and (same := next((one for one in held if one.since == began_on), None)):
        return same
    lasting = [one for one in held if one.period.upper is None or one.period.upper > on]
    return lasting[0] if lasting else None
