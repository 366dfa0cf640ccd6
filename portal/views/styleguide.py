"""Every component of the interface on one page, for those who build it; never in production.

What stands in the samples is data, as people would enter it; only the words around it are the interface's.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.charts import seating_figure as round_of_seats
from core.filters.views import Chip, FacetView, Option, SortView
from core.forms.base import PortalForm
from core.web.icons import icon_names

STATES = [
    ("draft", "brouillon"),
    ("open", "annoncée"),
    ("wait", "en attente"),
    ("done", "publié"),
    ("ok", "tenue"),
    ("no", "annulée"),
    ("old", "remplacé"),
]
EVENTS = [
    {"when": "20 mars 2020", "title": "Naissance de l’espace", "text": "Un début.", "knot": "full"},
    {"when": "16 novembre 2020", "note": "8e session", "title": "Huitième session", "url": "#", "knot": ""},
    {"when": "Novembre 2024", "title": "Passation de l’animation", "knot": "turn"},
    {"when": "2027", "note": "à venir", "title": "Cycle suivant", "knot": "next"},
]
TOKENS = [
    "paper",
    "surface",
    "sunken",
    "blotter",
    "ink",
    "ink-2",
    "ink-3",
    "green",
    "ochre",
    "brick",
    "petrol",
    "moss",
    "plum",
]


class SampleForm(PortalForm):
    """One field of each kind, one of them wrong."""

    name = forms.CharField(label="Nom de la structure", help_text="Tel qu’il figure dans ses statuts.")
    email = forms.EmailField(label="Adresse électronique", required=False)
    format = forms.ChoiceField(label="Format", choices=[("p", "Plénière"), ("a", "Atelier")])
    worlds = forms.MultipleChoiceField(
        label="Mondes", choices=[("t", "Acteurs de terrain"), ("i", "Ingénieries")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="J’ai relu", required=False)
    text = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _filterset() -> SimpleNamespace:
    """What the filter panel reads of a `core.filters.FilterSet`."""
    options = [Option("2024", "2024, mise en Commun(s)", 3, True), Option("2025", "2025", 0, False)]
    sorts = [SortView("a", "Les plus récentes", True, "?"), SortView("b", "Les plus anciennes", False, "?tri=b")]
    return SimpleNamespace(
        search=None,
        facets=[FacetView("cycle", "Cycle", options, [])],
        sorts=sorts,
        chips=[Chip("Cycle : 2024", "?")],
        active=1,
        clear="?",
        carried=[],
        found=3,
        total=22,
        messages=[],
    )


def _round() -> round_of_seats.Round:
    inner = ["present"] * 12 + ["mine"] + ["ring"] * 3 + ["absent"] * 5
    return round_of_seats.draw(
        inner,
        ["present"] * 20 + ["ring"] * 4 + ["absent"] * 6,
        number=33,
        lines=["présentes, 7 représentées", "sur 51 organisations"],
        alternative="33 organisations présentes, 7 représentées, 11 absentes, sur 51.",
    )


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "states": STATES,
        "events": EVENTS,
        "tokens": TOKENS,
        "icons": sorted(icon_names()),
        "form": SampleForm({"name": "", "email": "sans arobase"}, prefix="sample"),
        "filterset": _filterset(),
        "figure": _round(),
        "page": Paginator(range(120), 50).page(2),
        "actions": [{"url": "#", "label": "Exporter (CSV)", "icon": "download-simple"}],
        "figures": [
            {"value": 51, "label": "organisations membres", "url": "#"},
            {"value": "12 500 €", "label": "accordés", "note": "contre 9 000 € en 2025"},
        ],
        "has": [
            {"icon": "file-text", "label": "Compte rendu", "missing": False},
            {"icon": "paperclip", "label": "Aucun support", "missing": True},
        ],
        "meta": ["Novembre 2024", "Plénière, hybride"],
    }
    return render(request, "portal/style_guide.html", context)
