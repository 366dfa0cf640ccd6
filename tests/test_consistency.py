"""Templates that nobody uses, icons nobody drew, and other loose ends between files that name each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template

from portal.celery import app

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
ROOMS = ("core", "funding", "governance", "members", "portal", "sessions_app", "watch")
ALL = sorted(
    path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}
)
CODE = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
BY_NAME = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}  # Django looks for these itself


@pytest.mark.parametrize("name", ALL)
def test_what_a_template_takes_in_exists(name):
    """Django looks for an included template only when its branch is rendered."""
    text = (TEMPLATES / name).read_text()
    for taken in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", text):
        get_template(taken)


def of_a_library(name: str) -> bool:
    """Whether the template takes the place of one that a library brings."""
    for loader in engines["django"].engine.template_loaders[0].loaders:
        for origin in loader.get_template_sources(name):
            if not Path(str(origin)).is_relative_to(TEMPLATES) and Path(str(origin)).exists():
                return True
    return False


def names_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Whole strings, and patterns of f-strings such as f"emails/{kind}.html"."""
    whole, patterns = set(), []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w./-]+" for p in node.values]
                text = "".join(parts)
                if "/" in text:
                    patterns.append(re.compile(text))
    return whole, patterns


def names_in_templates() -> set[str]:
    text = "\n".join(path.read_text() for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
    return set(re.findall(r"""["']([\w./-]+\.(?:html|txt))["']""", text))


def test_every_template_is_used():
    whole, patterns = names_in_code()
    used = whole | names_in_templates() | BY_NAME
    unused = []
    for name in ALL:
        stem = name.rpartition(".")[0]
        mail = re.sub("_(message|subject)$", "", stem)  # allauth is told the name without its two parts
        known = bool({name, stem, mail} & used) or any(p.fullmatch(name) or p.fullmatch(stem) for p in patterns)
        if not known and not of_a_library(name):
            unused.append(name)
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("name", ALL)
def test_every_template_can_be_read(name):
    get_template(name)


def test_every_template_named_exists():
    whole, _patterns = names_in_code()
    named = {text for text in whole if re.fullmatch(r"[\w-]+(/[\w.-]+)*\.(html|txt)", text)} | names_in_templates()
    missing = []
    for name in sorted(named):
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.append(name)
    assert not missing, "\n".join(missing)


def icons() -> set[str]:
    return set(re.findall(r'id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))


def test_every_icon_named_is_drawn():
    drawn, missing = icons(), set()
    for name in ALL:
        text = (TEMPLATES / name).read_text()
        missing |= {(name, icon) for icon in re.findall(r'{%\s*icon "([\w-]+)"', text) if icon not in drawn}
        missing |= {(name, icon) for icon in re.findall(r'\bicon="([\w-]+)"', text) if icon not in drawn}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            is_icon = isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant)
            if is_icon and node.value.value and node.value.value not in drawn:
                missing.add((str(path.relative_to(ROOT)), node.value.value))
    assert sorted(missing) == []


@pytest.mark.parametrize("name", ALL)
def test_templates_hold_no_inline_style_or_script(name):
    """The policy forbids them in the browser; printed documents have no browser."""
    text = re.sub(
        r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL
    )
    found = re.findall(
        r"""\sstyle=["']|<style\b|\son[a-z]+=["']|<script(?![^>]*\b(?:src=|type="application/json"))[^>]*>|javascript:""",
        text,
    )
    if name.startswith(("emails/", "reports/print/")):
        found = [hit for hit in found if "style" not in hit]
    assert found == []


WORKPLACE = r"(?<![\w.:/<-])/(?:home|Users|root|work|workspace|mnt)/\w"
REGISTRY = r"--(?:extra-)?index-url|registry\.npmjs|https?://\S+/simple\b"
UNFINISHED = r"\b(?:TODO|FIXME|XXX)\b"


def test_nothing_names_this_machine():
    """No path of a workplace, no address of a registry, no unfinished note in what is committed."""
    wrong = []
    suffixes = {".py", ".html", ".txt", ".toml", ".yml", ".yaml", ".md", ".sh", ".js", ".css", ".json", ".lock", ".mjs"}
    for folder in (*ROOMS, "bin", "bench", "docs", "frontend", "requirements", "static", "templates", "tests", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in suffixes or "node_modules" in path.parts or path == Path(__file__):
                continue
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
                if re.search(f"{WORKPLACE}|{REGISTRY}|{UNFINISHED}", line):
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_what_the_documentation_links_to_is_there():
    """Files and pictures beside the text; addresses elsewhere are not asked."""
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "frontend/README.md")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert missing == []


def test_what_the_clock_calls_is_a_task():
    """A function that lost its decorator would be called in vain, and only the worker's log would tell."""
    app.loader.import_default_modules()
    called = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sorted(called - set(app.tasks)) == []
