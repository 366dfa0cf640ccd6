"""The glossary names what the code has: every name of its second column can be imported."""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "glossary.md"
ROWS = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
OURS = ("core", "members", "sessions_app", "funding", "governance", "watch")
NAMES = sorted({name for row in ROWS for name in re.findall(r"`([a-z_.]+(?:\.[A-Za-z_]+)*)`", "|".join(row[2:]))})


def exists(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    if attribute[:1].isupper():
        return hasattr(importlib.import_module(module), attribute)
    return find_spec(name) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_is_in_the_code(name):
    assert exists(name)


def test_every_word_stands_once():
    words = [row[1].strip() for row in ROWS]
    assert sorted(words) == sorted(set(words))


def test_the_models_people_speak_of_are_in_it():
    """A model that has pages of its own is spoken of: its word stands in the glossary."""
    paged = {
        f"{model.__module__.split('.')[0]}.models.{model.__name__}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and "get_absolute_url" in vars(model)
    }
    assert paged <= set(NAMES)
