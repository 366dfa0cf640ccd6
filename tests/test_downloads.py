"""What a download says: words in the files that people open, words of the filters in those that programs read."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.apps import apps
from django.db.models import CharField
from django.utils.translation import override

from funding.filters import KIND_WORDS, STAGE_WORDS, STATE_WORDS
from tests.matrix.scene import build
from tests.support.people import make_people

pytestmark = pytest.mark.django_db

FOR_PEOPLE = [
    ("member", "/initiatives/"),
    ("member", "/financements/detail/"),
    ("funder", "/financements/lignes/"),
    ("funder", "/financements/a-verser/"),
    ("funder", "/financements/bilans-en-retard/"),
    ("member", "/membres/"),
    ("member", "/decisions/"),
    ("member", "/actions/"),
    ("member", "/sessions/assiduite/"),
    ("animator", "/sessions/{announced}/reponses/"),
    ("animator", "/sessions/{published}/presences/"),
]
FOR_PROGRAMS = ["/initiatives/", "/financements/detail/"]


def codes() -> set[str]:
    """What the database stores where people read a label: every value of a choice that is not its own label."""
    found = set()
    with override("fr"):
        for model in apps.get_models():
            for field in model._meta.local_concrete_fields:
                if isinstance(field, CharField) and field.choices:
                    found |= {
                        str(value)
                        for value, label in field.flatchoices
                        if str(value).casefold() != str(label).casefold()
                    }
    return {code for code in found if code.isascii() and code.replace("_", "").isalpha() and len(code) > 2}


@pytest.fixture
def scene():
    return build(make_people())


def test_files_for_people_hold_no_code(scene, signed_in):
    wrong, unreal = [], codes()
    assert {"running", "contracted", "grant", "onsite"} <= unreal
    for role, address in FOR_PEOPLE:
        number = {name: scene.sessions[name].number for name in ("announced", "published")}
        path = address.format(**number)
        response = signed_in(scene.people.role(role)).get(f"{path}?format=csv")
        assert response.status_code == 200, path
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert len(rows) > 1, f"{path} has no row to look at"
        wrong += [f"{path}: {cell}" for row in rows for cell in row if set(cell.split(", ")) & unreal]
    assert wrong == []


@pytest.mark.parametrize("address", FOR_PROGRAMS)
def test_files_for_programs_say_what_filters_take(scene, signed_in, address):
    response = signed_in(scene.people.member).get(f"{address}?format=geojson")
    features = json.loads(b"".join(response.streaming_content))["features"]
    assert features
    for feature in features:
        told = feature["properties"]
        for name, words in (("stage", STAGE_WORDS), ("state", STATE_WORDS), ("kind", KIND_WORDS)):
            assert told.get(name) in {None, *words}
        assert {"stage", "state"} & told.keys()
