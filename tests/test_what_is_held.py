"""Every relation to people and every text or file of every model is given out to the person, or left out with a reason.

And what becomes of each relation to people when somebody is erased.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from pghistory.models import Event

from core.accounts.models import User
from core.lifecycle import erasure, export
from core.personal_data.export import values

MACHINE = {
    "pghistory",
    "auth",
    "contenttypes",
}  # the audit is `donnees/journal.json`; groups and permissions are unused
TEXTS = (models.TextField, models.JSONField, models.FileField, models.BinaryField, models.GenericIPAddressField)


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if not issubclass(model, Event) and model._meta.app_label not in MACHINE:
            yield model


def may_say_something(field: Any) -> bool:
    if isinstance(field, ArrayField):
        return may_say_something(field.base_field)
    if isinstance(field, models.CharField):
        return not field.choices and not isinstance(field, models.SlugField)
    return isinstance(field, TEXTS)


def holding() -> list[tuple[type[models.Model], Any]]:
    """Each column that names a person, or in which something about one could stand."""
    return [
        (model, field)
        for model in ours()
        for field in model._meta.concrete_fields
        if (field.is_relation and field.related_model is User) or may_say_something(field)
    ]


@pytest.mark.parametrize(("model", "field"), holding(), ids=lambda part: getattr(part, "_meta", part).__str__())
def test_it_is_given_out_or_left_out_with_a_reason(model, field):
    label, left_out = model._meta.label, export.left_out()
    if label in left_out or f"{label}.{field.name}" in left_out:
        return
    section = {found.label: found for found in export.sections()}.get(label)
    assert section, f"{label}: register it in `personal_data.py` of its app (`core.lifecycle.export`), or leave it out"
    if field.is_relation:
        known = {path.partition("__")[0] for path in section.by} | set(section.without) | set(section.did)
        assert field.name in known, f"{label}.{field.name} leads to people: name it in `by`, or in `without` and why"


def made(model: type[models.Model], follow: set[str]) -> models.Model:
    """A row as `select_related` brings it: each relation leads somewhere, those in `follow` are there already."""
    row = model(pk=1)
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            setattr(row, field.attname, timezone.now())
        if isinstance(field, models.IntegerField) and getattr(row, field.attname) is None:
            setattr(row, field.attname, 1)
        if not field.is_relation:
            continue
        below = {path.partition("__")[2] for path in follow if path.partition("__")[0] == field.name}
        setattr(row, field.attname, 1)
        if below:
            setattr(row, field.name, made(field.related_model, below - {""}))
    return row


@pytest.mark.parametrize(
    ("section", "column"),
    [
        (section, column)
        for section in export.sections()
        for column in values.columns(section)
        if values.is_in_words(column)
    ],
    ids=lambda part: getattr(part, "label", None) or part.name,
)
def test_the_text_of_a_related_row_asks_the_database_nothing(section, column):
    """Without a database at hand: one query for each row would be one too many (`following` of the section)."""
    row = made(section.model, {column.name, *(path for path in section.following if path.startswith(column.name))})
    str(getattr(row, column.name))


def test_what_is_left_out_exists_and_says_why():
    for label, why in export.left_out().items():
        app, name, *field = label.split(".")
        model = apps.get_model(app, name)
        for column in field:
            model._meta.get_field(column)
        assert why.endswith("."), label
    for section in export.sections():
        columns = {column.name for column in section.model._meta.concrete_fields}
        assert set(section.without) <= columns, section.label
        assert all(section.without.values())
        deeds = {name for path, names in section.did.items() for name in (path, *names)}
        assert deeds <= columns - set(section.without), section.label


def test_what_is_left_out_is_registered_nowhere_else():
    assert not {section.label for section in export.sections()} & set(export.left_out())


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model, field in holding() if field.is_relation],
    ids=lambda part: getattr(part, "_meta", part).__str__(),
)
def test_it_goes_or_stays_with_the_person(model, field):
    label = model._meta.label
    removed = {removal.label: removal for removal in erasure.removals()}
    gone = label in removed and field.name in {path.partition("__")[0] for path in removed[label].by or (field.name,)}
    assert gone or f"{label}.{field.name}" in erasure.kept(), (
        f"{label}.{field.name}: say in `personal_data.py` of its app what erasing a person does (`core.lifecycle.erasure`)"
    )


def test_what_stays_exists_and_has_a_ground():
    for name, ground in erasure.kept().items():
        label, _dot, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field).related_model is User
        assert str(ground).endswith(".")
    for label, ground in erasure.records().items():
        assert apps.get_model(label)
        assert str(ground).endswith(".")
