"""Writing the vocabulary of competences. Whatever ties something to a term follows a merge, in higher apps too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from members.models import Competence

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "members.edit_competences"
IN_USE = _("This competence is in use: merge it into another one.")
INTO_ITSELF = _("A competence cannot be merged into itself.")


@transaction.atomic
def add(*, name: str, by: User) -> Competence:
    """Raises `PermissionRefused`, `ValidationError` where the list holds the term, however it is spelled."""
    rights.check_for_writing(by, EDIT)
    competence = Competence(name=name)
    competence.full_clean()
    competence.save(force_insert=True)
    return competence


@transaction.atomic
def rename(*, competence: Competence, name: str, by: User) -> Competence:
    """The same term in other words, for all who chose it. Raises as `add`."""
    rights.check_for_writing(by, EDIT)
    stored = Competence.objects.select_for_update().get(pk=competence.pk)
    stored.name = name
    stored.full_clean()
    stored.save()
    return stored


@transaction.atomic
def merge(*, competence: Competence, into: Competence, by: User) -> Competence:
    """Whoever chose `competence` has `into` from now on, once; the term goes. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, EDIT)
    if competence.pk == into.pk:
        raise ValidationError({"into": INTO_ITSELF})
    locked = Competence.objects.select_for_update().order_by("pk").in_bulk([competence.pk, into.pk])
    if len(locked) < 2:  # somebody merged or removed one of them meanwhile
        raise ValidationError({"into": _("One of the two is no longer in the list.")})
    for through, own, other in _ties():
        tied = through.objects.filter(**{own: competence.pk})
        has_both = through.objects.filter(**{own: into.pk}).values(other)
        tied.filter(**{f"{other}__in": has_both}).delete()
        tied.update(**{own: into.pk})
    locked[competence.pk].delete()
    return locked[into.pk]


@transaction.atomic
def remove(*, competence: Competence, by: User) -> None:
    """Takes out a term that nobody uses. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, EDIT)
    stored = Competence.objects.select_for_update().get(pk=competence.pk)
    if any(through.objects.filter(**{own: stored.pk}).exists() for through, own, _other in _ties()):
        raise ValidationError(IN_USE)
    stored.delete()


def _ties() -> Iterator[tuple[type[models.Model], str, str]]:
    """(table, its column of the competence, its column of what chose it) of every many-to-many relation to a term."""
    for relation in Competence._meta.related_objects:
        if relation.many_to_many:
            field = relation.field
            yield relation.through, f"{field.m2m_reverse_field_name()}_id", f"{field.m2m_field_name()}_id"
