"""Freezing figures at a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import canonical
from core.accounts import rights
from core.db.periods import today
from core.db.repeatable_read import repeatable_read
from funding.enums import FrozenAudience
from funding.frozen import content
from funding.models import FrozenFigures
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

FREEZE = "funding.freeze_figures"
MOST_LINES = 10_000


def freeze(
    *,
    name: str,
    as_of: dt.date,
    query: str,
    organisation: Organisation,
    audience: FrozenAudience,
    by: User,
    now: dt.datetime,
) -> FrozenFigures:
    """Keeps the figures of `query` (words of the dashboard's address) as the records tell them now for `as_of`.

    All is read at one moment. Raises `PermissionRefused`, `ValidationError`.
    """
    with repeatable_read():
        frozen = FrozenFigures(
            name=name,
            as_of=as_of,
            query=content.kept_query(query),
            organisation=organisation,
            audience=audience,
            by=by,
            frozen_at=now,
        )
        rights.check_for_writing(by, FREEZE, frozen)
        if as_of > today(now):
            raise ValidationError({"as_of": _("Figures of a day to come cannot be frozen.")})
        visibility = content.eyes(audience, organisation)
        filterset = content.filtered(frozen.query, visibility, as_of)
        if not filterset.is_valid():
            raise ValidationError(filterset.messages)
        number = filterset.qs.count()
        if not number:
            raise ValidationError(_("No funding met this filter on that day."))
        if number > MOST_LINES:
            message = _("Frozen figures hold at most %(most)s fundings: narrow the filter.")
            raise ValidationError(message, params={"most": MOST_LINES})
        undisclosed = content.undisclosed(frozen.query, visibility, as_of)
        frozen.content = content.write(filterset=filterset, frozen=frozen, undisclosed=undisclosed)
        frozen.content_sha256 = canonical.sha256(frozen.content)
        frozen.full_clean()
        frozen.save(force_insert=True)
    return frozen
