"""One person of each role, in a space whose animation has passed from one organisation to another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from core.accounts.models import User
from core.partial_dates import month, season
from members.models import Organisation
from tests import factories
from tests.support.replay import made_once

ROLES = (
    "visitor",
    "outsider",
    "observer",
    "member",
    "former_animator",
    "funder",
    "animator",
    "administrator",
)


@dataclass(frozen=True)
class People:
    """Each role's person; all but the visitor sign in with `factories.PASSWORD`."""

    visitor: AnonymousUser
    outsider: User  # an account without a position
    observer: User  # follows the space for the animating organisation, and may not act for it
    member: User
    former_animator: User
    funder: User  # represents a funding organisation that is a member
    animator: User
    administrator: User
    animating: Organisation
    formerly_animating: Organisation

    def role(self, name: str) -> Any:
        return getattr(self, name)


def make_people() -> People:
    return made_once("people", _make_people)


def _make_people() -> People:
    animating = factories.OrganisationFactory(name="Fondation des Territoires", slug="fondation", member=True)
    former = factories.OrganisationFactory(name="Le RAMEAU", slug="le-rameau", member=True)
    funding = factories.OrganisationFactory(name="Fonds ODD 17", slug="fonds-odd-17", member=True)
    other = factories.OrganisationFactory(name="Atelier des communs ruraux", slug="atelier", member=True)
    factories.MandateFactory(
        organisation=former, starts_at=dt.datetime(2020, 3, 20, 8, tzinfo=dt.UTC), started_on=season("summer", 2020)
    )
    factories.MandateFactory(
        organisation=animating, starts_at=dt.datetime(2024, 11, 13, 12, tzinfo=dt.UTC), started_on=month(2024, 11)
    )

    def person(role: str, organisation: Organisation | None = None, **traits: Any) -> User:
        user = factories.UserFactory(
            email=f"{role.replace('_', '-')}@exemple.example",
            last_name=role.replace("_", "-").title(),
            signs_in=True,
            administrator=role == "administrator",
        )
        if organisation:
            factories.PositionFactory(user=user, organisation=organisation, **traits)
        return user

    return People(
        visitor=AnonymousUser(),
        outsider=person("outsider"),
        observer=person("observer", animating, observer=True),
        member=person("member", other),
        former_animator=person("former_animator", former),
        funder=person("funder", funding),
        animator=person("animator", animating),
        administrator=person("administrator"),
        animating=animating,
        formerly_animating=former,
    )


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def signed_in() -> Any:
    """`signed_in(user)`: a test client of that person; of a visitor for an anonymous user."""

    def client_of(user: Any) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user, backend="core.accounts.backends.SignInBackend")
        return client

    return client_of
