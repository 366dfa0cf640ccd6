"""What people change about themselves."""

from __future__ import annotations

from django.db import transaction

from core.accounts.models import User


@transaction.atomic
def choose_profile_language(*, user: User, language: str) -> None:
    """The language of mails and of every device without a choice of its own. Raises ValidationError for an unknown one."""
    if user.language == language:
        return
    user.language = language
    user.full_clean()
    user.save(update_fields=["language"])
