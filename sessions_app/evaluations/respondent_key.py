"""Finding one's own answer again without a name beside it.

The seal is an HMAC of evaluation and person under a key derived from the server's secret: who reads the database
without that secret cannot tell whose answer a row is, and once the evaluation is closed the rows are gone.
A secret that was replaced while an evaluation is open still finds the answers given under it, for as long as it
stands in PORTAL_SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from core.accounts.models import User
from sessions_app.models import Evaluation

_SALT = "sessions_app.evaluations.respondent_key"


def respondent_key(evaluation: Evaluation, user: User) -> str:
    """Under which an answer is written."""
    return known_keys(evaluation, user)[0]


def known_keys(evaluation: Evaluation, user: User) -> list[str]:
    """Under which an answer of `user` may stand: that of today first, then those of older secrets."""
    return [
        salted_hmac(_SALT, f"{evaluation.public_id}/{user.pk}", secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
