"""What the administrators' lists can be narrowed by."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts import second_factor
from core.filters import Conditions, Facet, FilterSet, Text
from core.notifications.enums import MailState
from core.reports.enums import ReportState
from members.people.filters import PersonText

MAIL_STATES = {
    "en-attente": MailState.QUEUED,
    "pris": MailState.TAKEN,
    "en-cours": MailState.SENDING,
    "envoye": MailState.SENT,
    "refuse": MailState.FAILED,
    "incertain": MailState.UNCERTAIN,
}
JOB_STATES = {
    "en-attente": ReportState.QUEUED,
    "en-cours": ReportState.RUNNING,
    "pret": ReportState.DONE,
    "echoue": ReportState.FAILED,
    "annule": ReportState.CANCELLED,
}


class MailText(Text):
    """Words of the subject, or a whole address."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(Q(subject__unaccent__icontains=value) | Q(to__contains=[value])) if value else qs


class MailFilter(FilterSet):
    q = MailText(label=_("Subject or address"))
    etat = Facet("state", label=_("State"), choices=MailState.choices, words=MAIL_STATES)


class JobFilter(FilterSet):
    etat = Facet("state", label=_("State"), choices=ReportState.choices, words=JOB_STATES)


class PersonFilter(FilterSet):
    q = PersonText(label=_("Name or address"))
    etat = Conditions(
        label=_("Account"),
        options={
            "jamais": (_("has never signed in"), Q(last_login=None)),
            "ferme": (_("closed"), Q(is_active=False)),
            "administration": (_("administrator"), Q(is_staff=True)),
            "sans-second-facteur": (_("without a second factor"), ~Q(second_factor.held())),
            "demonstration": (_("demonstration account"), Q(is_demo=True)),
        },
    )
