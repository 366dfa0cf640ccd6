"""Finding one's own answer again without a name beside it.

The seal is an HMAC of evaluation and person under a key derived from the server's secret: who reads the database
without that secret cannot tell whose answer a row is, and once the evaluation is closed the rows are gone.
"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from core.accounts.models import User
from sessions_app.models import Evaluation

_SALT = "sessions_app.evaluations.respondent_key"


def respondent_key(evaluation: Evaluation, user: User) -> str:
    return salted_hmac(_SALT, f"{evaluation.public_id}/{user.pk}", algorithm="sha256").hexdigest()
