"""The order of the layers, where import-linter cannot see it: relations of models, registries, names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import auth
from django.urls import reverse
from pghistory.models import Event

from core.accounts import rights
from core.web import navigation

LAYERS = ["core", "members", "sessions_app", "funding", "watch", "governance", "portal"]  # from the ground up
ROOT = Path(settings.BASE_DIR)
OURS = [name for name in LAYERS if (ROOT / name / "__init__.py").exists()]
MODULES = [path for name in OURS for path in sorted((ROOT / name).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def layer(model: type) -> str:
    return model.__module__.split(".")[0]


def our_models() -> list[type]:
    return [model for model in apps.get_models(include_auto_created=True) if layer(model) in LAYERS]


def test_relations_point_to_the_same_or_a_lower_layer():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and layer(field.related_model) in LAYERS
        if LAYERS.index(layer(field.related_model)) > LAYERS.index(layer(model))
    ]
    assert not wrong, "\n".join(wrong)


def test_service_apps_of_the_ground_name_subjects_by_kind_and_identifier():
    """`core` keeps no foreign key to a row of the domain, only to people, files and regions."""
    targets = {
        field.related_model._meta.label
        for model in our_models()
        for field in model._meta.get_fields()
        if layer(model) == "core" and field.is_relation and not field.auto_created
    }
    assert {label for label in targets if layer(apps.get_model(label)) not in {"core", "django", "allauth"}} == set()


def test_every_model_has_names_for_people():
    silent = [
        model._meta.label
        for model in our_models()
        if not model._meta.auto_created
        and not issubclass(model, Event)
        and model._meta.original_attrs.get("verbose_name") is None
    ]
    assert not silent, "\n".join(silent)


def test_every_ordering_is_settled():
    """A list whose order may change between two pages shows a row twice and another never."""
    loose = []
    for model in our_models():
        ordering = [str(name).lstrip("-") for name in model._meta.ordering]
        if not ordering or "pk" in ordering or ordering[-1] in ("pk", "id"):
            continue
        unique = {field.name for field in model._meta.get_fields() if getattr(field, "unique", False)}
        together = [set(constraint.fields) for constraint in model._meta.total_unique_constraints]
        parents = {field.name for field in model._meta.get_fields() if field.many_to_one}  # rows of one parent
        if not (set(ordering) & unique or any(fields - parents <= set(ordering) for fields in together)):
            loose.append(f"{model._meta.label}: {ordering}")
    assert not loose, loose


def _strings(path: Path) -> set[str]:
    """Texts of a module, without docstrings' prose (a permission is one whole string)."""
    tree = ast.parse(path.read_text())
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.fixture(scope="module")
def uses() -> Counter[str]:
    """How often each whole string stands in our modules, apart from where permissions are registered."""
    found: Counter[str] = Counter()
    for path in MODULES:
        if path.name != "permissions.py":
            found.update(_strings(path))
    return found


def test_every_permission_is_asked_for(uses):
    in_templates = "\n".join(path.read_text() for path in TEMPLATES if path.suffix in (".html", ".txt"))
    unused = [p.name for p in rights.registered() if not uses[p.name] and p.name not in in_templates]
    assert not unused, "\n".join(unused)


ASKING = {"allows", "check", "check_for_writing", "extend", "has_perm", "permission", "require"}


def _asked(path: Path) -> set[str]:
    """Permissions a module names where it asks: rights.check(user, "app.verb_object"), permission="…"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = node.args if name in ASKING else []
        given = [*given, *(keyword.value for keyword in node.keywords if keyword.arg == "permission")]
        found |= {arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return {text for text in found if re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}


def test_every_permission_asked_for_exists():
    known = {permission.name for permission in rights.registered()}
    unknown = {text for path in MODULES for text in _asked(path)} - known
    assert sorted(unknown) == []


def test_roles_of_permissions_have_a_backend():
    answered = {backend.role for backend in auth.get_backends() if hasattr(backend, "role")} | {"visitor"}
    named = {role for permission in rights.registered() for role in permission.roles}
    assert named - answered - {"contact", "funder"} == set()  # these two come with personal links and funding


def test_navigation_leads_somewhere():
    assert [reverse(entry.url_name) for entry in navigation.registered()]


def test_modules_stay_small():
    large = {
        str(path.relative_to(ROOT)): size for path in MODULES if (size := len(path.read_text().splitlines())) > 400
    }
    assert large == {}


def test_modules_say_what_they_are_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name not in ("__init__.py", "apps.py") and path.read_text().strip()
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, "\n".join(silent)


CLOCKS = {"now", "today", "localdate", "utcnow"}
TIMELESS = {"models", "querysets", "filters", "forms", "enums"}


def _reads_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id in {"timezone", "dt", "datetime", "date"}


def test_what_is_told_the_time_does_not_read_the_clock():
    """Models, reads and forms never do; a service is given `now`, so that tests and jobs can say when it is."""
    guilty = []
    for path in MODULES:
        parts = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        tree = ast.parse(path.read_text())
        told = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and any(argument.arg == "now" for argument in (*node.args.args, *node.args.kwonlyargs))
        ]
        for place in [tree] if parts & TIMELESS else told:
            guilty += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(place) if _reads_clock(node)]
    assert not guilty, "\n".join(guilty)


def _imports(path: Path) -> list[tuple[str, str]]:
    """Of one file: module and name of every import from our own code; relative ones are within one package."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.module, alias.name) for alias in node.names if node.module.split(".")[0] in LAYERS]
    return found


def test_nothing_but_templates_reads_tags_and_filters():
    """What formats a value stands in `core/formatting/` or beside its subject; a `templatetags` module only names it."""
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in MODULES
        for module, name in _imports(path)
        if "templatetags" in f"{module}.{name}".split(".")
    ]
    assert not wrong, "\n".join(wrong)


def test_a_name_with_an_underscore_stays_in_its_module():
    wrong = [
        f"{path.relative_to(ROOT)}: {module}.{name}"
        for path in MODULES
        for module, name in _imports(path)
        if name.startswith("_") or any(part.startswith("_") for part in module.split("."))
    ]
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {alias.asname or alias.name for node in ast.walk(tree) for alias in _modules_of(node)}
        wrong += [
            f"{path.relative_to(ROOT)}: {node.value.id}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if node.value.id in modules and node.attr.startswith("_")
        ]
    assert not wrong, "\n".join(wrong)


def _modules_of(node: ast.AST) -> list[ast.alias]:
    """What an import of ours binds to a module of ours."""
    if not isinstance(node, ast.ImportFrom) or not node.module or node.module.split(".")[0] not in LAYERS:
        return []
    folder = ROOT / node.module.replace(".", "/")
    return [
        alias
        for alias in node.names
        if (folder / f"{alias.name}.py").exists() or (folder / alias.name / "__init__.py").exists()
    ]
