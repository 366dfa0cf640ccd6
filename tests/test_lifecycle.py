"""Every relation to a person or an organisation has somebody who answers for it when that one leaves or is doubled."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from core.accounts.models import User
from core.lifecycle import merging, replacing
from members.models import Organisation, Position


def relations_to(*targets: type[Model]) -> Iterator[str]:
    """ "app_label.Model.field" of every foreign key and many-to-many; the copies of the audit trail are history."""
    for model in apps.get_models():
        if model._meta.label.endswith("Event") and hasattr(model, "pgh_id"):
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.related_model in targets:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def test_every_relation_to_a_person_is_handed_over_or_stays_for_a_reason():
    assert replacing.known_relations() == set(relations_to(User, Position))


def test_what_stays_says_why():
    assert all(str(kept.what) and str(kept.why) for kept in replacing.kept())


def test_every_relation_to_an_organisation_is_moved_settled_or_stands_frozen():
    assert merging.known_relations() == set(relations_to(Organisation))
