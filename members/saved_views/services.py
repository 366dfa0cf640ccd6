"""Keeping a filter under a name, renaming it, sharing it within the own organisation, being told what is new, removing it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from members.models import Organisation, SavedView
from members.permissions import NOT_YOUR_VIEW
from members.saved_views import pages
from members.saved_views.page import Words, organisations_of

if TYPE_CHECKING:
    from core.accounts.models import User

KEEP = "members.keep_views"
MOST = 50  # of one person


@transaction.atomic
def save_view(
    *,
    page: str,
    query: str,
    name: str,
    by: User,
    now: dt.datetime,
    shared_with: Organisation | None = None,
    alert: str = "",
) -> SavedView:
    """Keeps what the page's filters know of `query`. Raises `ValidationError`, `PermissionRefused`."""
    rights.check_for_writing(by, KEEP)
    words = Words(by)
    kept = words.kept(page, query)
    if words.unknown(page, query):
        raise ValidationError(_("This filter cannot be read: correct it before you save it."))
    if not kept:
        raise ValidationError(_("Choose at least one filter before you save it."))
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise ValidationError(_("You already have %(most)s views: remove one first."), params={"most": MOST})
    _check_shared(by, shared_with)
    view = SavedView(owner=by, page=page, name=name.strip(), query=kept, shared_with=shared_with, saved_at=now)
    _set_alert(view, alert, now)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def change_view(
    *,
    view: SavedView,
    name: str,
    by: User,
    now: dt.datetime,
    shared_with: Organisation | None = None,
    alert: str = "",
) -> SavedView:
    """Renames and shares, or ends the sharing; tells what is new in another way, or no more. Raises `ValidationError`, `PermissionRefused`."""
    view = _own(view, by)
    _check_shared(by, shared_with)
    view.name, view.shared_with = name.strip(), shared_with
    _set_alert(view, alert, now)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User) -> None:
    _own(view, by).delete()


def _own(view: SavedView, by: User) -> SavedView:
    rights.check_for_writing(by, KEEP)
    held = SavedView.objects.select_for_update().get(pk=view.pk)
    if held.owner_id != by.pk:
        raise PermissionRefused(NOT_YOUR_VIEW)
    return held


def _check_shared(by: User, organisation: Organisation | None) -> None:
    if organisation is not None and organisation.pk not in {own.pk for own in organisations_of(by)}:
        raise PermissionRefused(NOT_YOUR_VIEW)


def _set_alert(view: SavedView, alert: str, now: dt.datetime) -> None:
    """What came before somebody asked is not new to him or her; changing the rhythm loses nothing."""
    page = pages.known(view.page)
    if page is None or page.news is None:
        alert = ""
    view.alert_since = (view.alert_since or now) if alert else None
    view.alert = alert
