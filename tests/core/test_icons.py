"""Icons: every name in a template is in the sprite."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from core.web.icons import UnknownIcon, icon_names

USED = re.compile(r"""\{%-?\s*icon\s+["']([^"']+)["']""")


def names_in_templates() -> list[tuple[str, str]]:
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    return sorted({(name, path.name) for path in templates for name in USED.findall(path.read_text(encoding="utf-8"))})


def test_templates_use_icons_that_exist():
    used = names_in_templates()
    assert used
    assert [(name, template) for name, template in used if name not in icon_names()] == []


def test_icon_is_for_the_eye_only():
    shown = Template('{% icon "check" "icon-l" %}').render(Context())
    assert shown == (
        '<svg class="icon icon-l" aria-hidden="true" focusable="false"><use href="/static/icons.svg#i-check"/></svg>'
    )


def test_unknown_icon_fails_in_tests_and_is_left_out_in_production(settings):
    with pytest.raises(UnknownIcon):
        Template('{% icon "unicorn" %}').render(Context())
    settings.PROFILE = "production"
    assert Template('{% icon "unicorn" %}').render(Context()) == ""
