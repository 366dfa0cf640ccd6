"""What people change about themselves."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User


@transaction.atomic
def choose_profile_language(*, user: User, language: str) -> None:
    """The language of mails and of every device without a choice of its own. Raises ValidationError for an unknown one."""
    if user.language == language:
        return
    user.language = language
    user.full_clean()
    user.save(update_fields=["language"])


@transaction.atomic
def after_restore(*, now: dt.datetime) -> str:
    """Browsers that were signed out since the backup must not be signed in again: everybody signs in anew."""
    ended, _per_model = Session.objects.all().delete()
    return (
        _("Everybody signs in anew: the browsers signed in at the time of the backup are signed out.") if ended else ""
    )
