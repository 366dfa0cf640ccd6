"""What the list of people can be narrowed by."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.filters import Conditions, FilterSet, Text


class PersonText(Text):
    """Words of the name or of the address."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            qs = qs.filter(
                Q(first_name__unaccent__icontains=word)
                | Q(last_name__unaccent__icontains=word)
                | Q(email__icontains=word)
            )
        return qs


class PeopleFilter(FilterSet):
    q = PersonText(label=_("Name or address"))
    venu = Conditions(
        label=_("Sign-in"),
        options={
            "jamais": (_("has never signed in"), Q(last_login=None)),
            "oui": (_("has signed in"), Q(last_login__isnull=False)),
        },
    )
    invitation = Conditions(
        label=_("Invitation"),
        options={
            "ouverte": (_("open"), Q(last_login=None, is_invited=True)),
            "terminee": (pgettext_lazy("invitation", "ended"), Q(last_login=None, is_expired=True)),
            "aucune": (_("never invited"), Q(last_login=None, invited_until=None)),
        },
    )
    fonction = Conditions(
        label=_("Position today"),
        options={
            "oui": (_("holds one"), Q(holds_position=True)),
            "non": (_("holds none"), Q(holds_position=False)),
        },
    )
    compte = Conditions(
        label=_("Account"),
        options={
            "administration": (_("administrator"), Q(is_staff=True)),
            "ferme": (_("closed"), Q(is_active=False)),
        },
    )
