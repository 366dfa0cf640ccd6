"""Whatever is sent is read by a form: nothing typed is cut or lost, no number is read in two ways.

A view may ask whether a button was pressed (`"remove" in request.POST`) and hand the whole to a form; it reads no value.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("core", "funding", "governance", "members", "portal", "sessions_app", "watch")
READING = {"get", "getlist", "dict", "items", "lists", "values", "pop", "setdefault"}

# Where values are read as they were sent, and why that is no form's business.
BESIDE_FORMS = {
    "core/web/one_time_keys.py": "compares all that was sent with all that was sent before, of any form",
}


def reads(tree: ast.AST) -> Iterator[int]:
    """Lines that take a value out of `request.POST` by name."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Subscript) and _is_post(node.value)) or (
            isinstance(node, ast.Attribute) and node.attr in READING and _is_post(node.value)
        ):
            yield node.lineno


def _is_post(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "POST"


def found() -> dict[str, list[int]]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    lines = {str(path.relative_to(ROOT)): sorted(set(reads(ast.parse(path.read_text())))) for path in files}
    return {name: numbers for name, numbers in lines.items() if numbers}


def test_no_view_reads_a_value_beside_a_form() -> None:
    assert {name: numbers for name, numbers in found().items() if name not in BESIDE_FORMS} == {}


def test_every_exemption_is_needed() -> None:
    assert set(found()) == set(BESIDE_FORMS)


@pytest.mark.parametrize(
    ("code", "is_reading"),
    [
        ('request.POST["reason"]', True),
        ('request.POST.get("reason", "")[:300]', True),
        ('self.request.POST.getlist("row")', True),
        ('"remove" in request.POST', False),
        ("ReasonForm(request.POST)", False),
        ('request.GET.get("q")', False),
    ],
)
def test_what_counts_as_reading(code: str, is_reading: bool) -> None:
    assert bool(list(reads(ast.parse(code)))) is is_reading
