"""The watch as a table: one row an entry, the columns of every kind."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.partial_dates.values import is_day
from core.tables import Column
from watch.models import WatchItem


def subject_of(item: WatchItem) -> str:
    """What a lesson is of, in words; "" for other kinds."""
    subject = item.session or item.cycle or item.initiative
    return str(subject) if subject else ""


COLUMNS = [
    Column(_("Title"), lambda row: row.title, width=50),
    Column(pgettext_lazy("of an entry of the watch", "Kind"), lambda row: row.get_kind_display()),
    Column(pgettext_lazy("of an entry of the watch", "State"), lambda row: row.get_state_display()),
    Column(_("In one sentence"), lambda row: row.summary, width=60),
    Column(_("Description"), lambda row: row.body, width=60),
    Column(_("Themes"), lambda row: row.themes, width=30),
    Column(_("SDG"), lambda row: row.sdgs, width=12),
    Column(_("The whole country"), lambda row: row.is_national, width=12),
    Column(_("Regions"), lambda row: [region.name for region in row.regions.all()], width=40),
    Column(_("Place"), lambda row: row.place, width=24),
    Column(_("Author or publisher"), lambda row: row.author, width=30),
    Column(pgettext_lazy("of a publication", "Date"), lambda row: _date(row.dated_on)),
    Column(_("Answers to"), lambda row: row.get_purpose_display()),
    Column(_("Opens on"), lambda row: _date(row.opens_on)),
    Column(_("Closes on"), lambda row: _date(row.closes_on)),
    Column(pgettext_lazy("of a support scheme", "For whom"), lambda row: row.beneficiary_labels, width=30),
    Column(_("Financed by"), lambda row: row.financers, width=30),
    Column(_("Rates and amounts"), lambda row: row.rates, width=40),
    Column(pgettext_lazy("of a support scheme", "Contact"), lambda row: row.contact, width=30),
    Column(pgettext_lazy("of a lesson", "Learnt from"), subject_of, width=40),
    Column(_("Link"), lambda row: row.link, width=40),
    Column(pgettext_lazy("of a fact", "Source"), lambda row: row.source, width=40),
    Column(_("Licence"), lambda row: row.get_licence_display()),
    Column(_("Contributed for"), lambda row: row.organisation.name if row.organisation else "", width=30),
    Column(_("Published on"), lambda row: row.published_at),
    Column(_("Fictional"), lambda row: row.is_fictional, width=10),
    Column(pgettext_lazy("of a portal", "Page"), lambda row: settings.BASE_URL + row.get_absolute_url(), width=40),
]


def _date(value: object) -> object:
    """A known day as a cell that a spreadsheet sorts, else in words."""
    return value.lower if value is not None and is_day(value) else value
