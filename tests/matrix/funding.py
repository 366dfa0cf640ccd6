"""Initiatives, programmes and fundings. The funder's organisation keeps "shared" and "draft" and gives "line"."""

from __future__ import annotations

import uuid
from typing import Any

from funding.grants.services import facts
from funding.models import Initiative
from tests.matrix.scene import Scene
from tests.matrix.vocabulary import EVERYBODY, NO_SUCH_METHOD, NOBODY_FINDS, READERS, Row, answers, signed_in

FUNDERS = signed_in(403, funder=200)
FUNDERS_WRITE = signed_in(403, funder=302)
REFUSED_FORM = signed_in(403, funder=422)
OWN_DRAFT = signed_in(404, funder=200)
OWN_DRAFT_UNKNOWN = signed_in(403, funder=404)
WRONG = signed_in(400, outsider=403)
WRITTEN_ALREADY = signed_in(403, funder=422)
OWN_FROZEN = signed_in(404, funder=200)
OWN_FROZEN_MOVE = signed_in(404, funder=302)
READERS_MOVE = signed_in(302, outsider=403)
VIEW_REFUSED = signed_in(422, outsider=403)
VIEW_QUERY = "?page_filtree=tableau-de-bord&region=84"
OWN_VIEW = signed_in(404, outsider=403, funder=200)


def slug(name: str) -> Any:
    return lambda scene: [scene.other["funding"][name].slug]


def line(name: str, *more: Any) -> Any:
    return lambda scene: [scene.other["funding"][name].public_id, *more]


def of_shared(name: str) -> Any:
    """The shared initiative and something of it."""
    return lambda scene: [scene.other["funding"]["shared"].slug, scene.other["funding"][name].public_id]


def instalment(scene: Scene) -> list[Any]:
    found = scene.other["funding"]["line"]
    return [found.public_id, found.instalments.get().public_id]


def report(scene: Scene) -> list[Any]:
    return [scene.other["funding"]["line"].public_id, scene.other["funding"]["report"].public_id]


def imported(name: str) -> Any:
    return lambda scene: [scene.other["funding"][name].public_id]


def new_initiative(scene: Scene) -> dict[str, Any]:
    keeper = scene.other["funding"]["shared"].prepared_by_id
    return {"reference": "INI-900", "title": "Neuve", "bearer_name": "Association", "prepared_by": keeper}


def same_initiative(scene: Scene) -> dict[str, Any]:
    return {"reference": "INI-901", "title": "Tiers-lieu", "bearer_name": "Association", "regions": ["84"]}


def new_line(scene: Scene) -> dict[str, Any]:
    own = scene.other["funding"]["line"].funder_id
    return {"funder": own, "reference": "N-1", "kind": "grant", "audience": "members", "amount_requested": "1000"}


def standing(scene: Scene) -> dict[str, Any]:
    """What the moves of the line have set, as its form sends it back."""
    found = scene.other["funding"]["line"]
    return {name: value for name in facts(found) if (value := getattr(found, name)) is not None}


def frozen(name: str) -> Any:
    return lambda scene: [scene.other["funding"][name].public_id]


def frozen_data(scene: Scene) -> dict[str, Any]:
    own = scene.other["funding"]["line"].funder_id
    return {"name": "Bilan", "as_of": "2024-12-31", "organisation": own, "audience": "members"}


def list_file(scene: Scene) -> list[Any]:
    return [scene.other["funding"]["file"].public_id]


ROWS = [
    Row("funding:initiatives", get=READERS),
    Row("funding:initiatives", "filtered", get=READERS, query="?region=84&stade=en-cours&odd=11&q=lieu&tri=montant"),
    Row("funding:initiatives", "table", get=READERS, query="?vue=tableau"),
    Row("funding:initiatives", "wrong region", get=WRONG, query="?region=1"),
    Row("funding:initiative", "shared", slug("shared"), get=READERS),
    Row("funding:initiative", "own draft", slug("draft"), get=OWN_DRAFT),
    Row("funding:initiative", "draft of another", slug("foreign draft"), get=NOBODY_FINDS),
    Row("funding:initiative", "unknown", lambda scene: ["inconnue"], get=NOBODY_FINDS),
    Row(
        "funding:document",
        "unknown",
        lambda scene: [scene.other["funding"]["shared"].slug, uuid.UUID(int=0)],
        get=signed_in(404, outsider=403),
    ),
    Row("funding:create", get=FUNDERS, post=FUNDERS_WRITE, data=new_initiative),
    Row("funding:create", "empty", post=REFUSED_FORM),
    Row("funding:edit", "shared", slug("shared"), get=FUNDERS, post=FUNDERS_WRITE, data=same_initiative),
    Row("funding:edit", "of another funder", slug("foreign"), get=signed_in(403), post=signed_in(403)),
    Row("funding:edit", "draft of another", slug("foreign draft"), get=NOBODY_FINDS, post=NOBODY_FINDS),
    Row("funding:share", "own draft", slug("draft"), get=OWN_DRAFT, post=signed_in(404, funder=302)),
    Row("funding:share", "of another funder", slug("foreign"), get=signed_in(403), post=signed_in(403)),
    Row(
        "funding:stage",
        "shared",
        slug("shared"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"target": "completed", "changed_on": "2024"},
    ),
    Row(
        "funding:stage",
        "shared, back without reason",
        slug("shared"),
        post=REFUSED_FORM,
        data=lambda scene: {"target": "funded", "changed_on": "2024"},
    ),
    Row("funding:stage", "of another funder", slug("foreign"), get=signed_in(403), post=signed_in(403)),
    Row("funding:programme", "known", lambda scene: ["reussir-ensemble"], get=READERS),
    Row("funding:programme", "unknown", lambda scene: ["inconnu"], get=signed_in(404, outsider=403)),
    # dashboard
    Row("funding:dashboard", get=READERS),
    Row("funding:dashboard", "wrong year", get=WRONG, query="?annee=x"),
    Row("funding:detail", get=READERS),
    Row("funding:region", "known", lambda scene: ["84"], get=READERS),
    Row("funding:region", "unknown", lambda scene: ["999"], get=signed_in(404, outsider=403)),
    # the funder's own lists
    Row("funding:lines", get=FUNDERS),
    Row("funding:to-pay", get=FUNDERS),
    Row("funding:to-pay", "wrong day", get=signed_in(403, funder=400), query="?avant=demain"),
    Row("funding:late-reports", get=FUNDERS),
    # a table of fundings
    Row("funding:import", get=FUNDERS, post=REFUSED_FORM),
    Row("funding:import-workbook", "own fundings", lambda scene: ["financements"], get=FUNDERS, file=True),
    Row("funding:import-workbook", "own initiatives", lambda scene: ["initiatives"], get=FUNDERS, file=True),
    Row("funding:import-workbook", "template", lambda scene: ["modele-financements"], get=FUNDERS, file=True),
    Row("funding:import-workbook", "unknown", lambda scene: ["autre"], get=signed_in(403, funder=404)),
    Row(
        "funding:import-workbook",
        "of a funder one does not act for",
        lambda scene: ["financements"],
        get=signed_in(403, funder=400),
        query="?financeur=premier-sentier",
    ),
    Row(
        "funding:import-preview",
        "written meanwhile",
        imported("import"),
        get=FUNDERS,
        post=signed_in(403, funder=409),
        data=lambda scene: {"fingerprint": "autre"},
    ),
    Row(
        "funding:import-preview",
        "as it was shown",
        imported("import"),
        post=FUNDERS_WRITE,
        data=lambda scene: {"fingerprint": "f" * 64},
    ),
    Row("funding:import-preview", "shares, no answer", imported("import asking"), get=FUNDERS, post=REFUSED_FORM),
    Row(
        "funding:import-preview",
        "shares, answered",
        imported("import asking"),
        post=FUNDERS_WRITE,
        data=lambda scene: {"share": "whole"},
    ),
    Row("funding:import-preview", "wrong", imported("import wrong"), get=FUNDERS, post=None),
    Row(
        "funding:import-preview",
        "waiting, called off",
        imported("import waiting"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"annuler": "1"},
    ),
    Row(
        "funding:import-preview",
        "failed, again",
        imported("import failed"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"relire": "1"},
    ),
    Row("funding:import-preview", "done", imported("import written"), get=FUNDERS, post=None),
    Row("funding:import-preview", "to be laid out", imported("import open"), get=FUNDERS_WRITE, post=None),
    Row(
        "funding:import-preview",
        "unknown",
        lambda scene: [uuid.UUID(int=0)],
        get=signed_in(403, funder=404),
        post=signed_in(403, funder=404),
    ),
    Row("funding:import-columns", "open", imported("import open"), get=FUNDERS, post=None),
    Row(
        "funding:import-columns",
        "without its key",
        imported("import open"),
        post=REFUSED_FORM,
        data=lambda scene: {"sheet": ""},
    ),
    Row(
        "funding:import-columns",
        "said",
        imported("import open"),
        post=FUNDERS_WRITE,
        data=lambda scene: {"sheet": "", "colonne_1": "reference", "colonne_2": "purpose"},
    ),
    Row(
        "funding:import-columns",
        "written already",
        imported("import written"),
        get=signed_in(403, funder=404),
        post=signed_in(403, funder=404),
    ),
    Row("funding:import-to-correct", "wrong", imported("import wrong"), get=FUNDERS, file=True),
    Row("funding:import-to-correct", "nothing wrong", imported("import"), get=signed_in(403, funder=404)),
    # frozen figures
    Row("funding:frozen-list", get=READERS),
    Row("funding:freeze", get=FUNDERS, post=REFUSED_FORM),
    Row("funding:freeze", "filtered", get=FUNDERS, post=FUNDERS_WRITE, query="?region=84", data=frozen_data),
    Row("funding:freeze", "wrong region", get=signed_in(403, funder=400), post=None, query="?region=1"),
    Row("funding:frozen", "of all members", frozen("frozen"), get=READERS),
    Row("funding:frozen", "of an organisation", frozen("own frozen"), get=OWN_FROZEN),
    Row("funding:frozen", "unknown", lambda scene: [uuid.UUID(int=0)], get=NOBODY_FINDS),
    Row("funding:frozen", "as a table", frozen("own frozen"), get=OWN_FROZEN, query="?format=csv", file=True),
    Row("funding:frozen-since", "of all members", frozen("frozen"), get=READERS),
    Row("funding:frozen-since", "of an organisation", frozen("own frozen"), get=OWN_FROZEN),
    Row("funding:frozen-since", "wrong day", frozen("frozen"), get=WRONG, query="?au=demain"),
    Row("funding:frozen-report", "of all members", frozen("frozen"), get=READERS_MOVE, post=READERS_MOVE),
    Row("funding:frozen-report", "of an organisation", frozen("own frozen"), get=OWN_FROZEN_MOVE, post=OWN_FROZEN_MOVE),
    Row("funding:frozen-file", "not made", frozen("frozen"), get=signed_in(404, outsider=403)),
    # files that the worker makes, charts as pictures
    Row("funding:file-ask", "nothing named", get=WRONG, post=WRONG),
    Row(
        "funding:file-ask",
        "dashboard as PDF",
        get=READERS,
        post=READERS_MOVE,
        query="?page_filtree=tableau-de-bord&fichier=pdf",
    ),
    Row(
        "funding:file-ask",
        "list as workbook",
        get=READERS,
        post=READERS_MOVE,
        query="?page_filtree=initiatives&fichier=xlsx",
    ),
    Row("funding:file", "of the funder", list_file, get=OWN_VIEW, post=signed_in(404, outsider=403, funder=302)),
    Row("funding:file-fetch", "not made", list_file, get=signed_in(404, outsider=403)),
    Row("funding:picture", "years", lambda scene: ["annees", "svg"], get=READERS, file=True),
    Row("funding:picture", "map", lambda scene: ["carte", "png"], get=READERS, file=True),
    Row("funding:picture", "unknown", lambda scene: ["autre", "svg"], get=signed_in(404, outsider=403)),
    Row("funding:picture", "wrong region", lambda scene: ["annees", "svg"], get=WRONG, query="?region=1"),
    Row("funding:views", get=signed_in(301), post=signed_in(301)),
    # one funding through its life
    Row("funding:line-add", "shared", slug("shared"), get=FUNDERS, post=FUNDERS_WRITE, data=new_line),
    Row("funding:line-add", "of another funder", slug("foreign"), get=FUNDERS, post=FUNDERS_WRITE, data=new_line),
    Row("funding:line-add", "draft of another", slug("foreign draft"), get=NOBODY_FINDS, post=NOBODY_FINDS),
    Row("funding:line", "own", line("line"), get=FUNDERS),
    Row("funding:line", "of another funder", line("hidden line"), get=signed_in(403)),
    Row("funding:line", "draft of another", line("foreign draft line"), get=NOBODY_FINDS),
    Row(
        "funding:line-edit",
        "own",
        line("line"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {**standing(scene), "reference": "N-2", "kind": "loan", "audience": "public"},
    ),
    Row("funding:line-edit", "of another funder", line("hidden line"), get=signed_in(403), post=signed_in(403)),
    Row(
        "funding:line-move",
        "agree",
        line("asked", "accorder"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"accorder-amount_agreed": "4000", "accorder-decided_on": "2024-05-02"},
    ),
    Row(
        "funding:line-part",
        "an instalment",
        lambda scene: [instalment(scene)[0], "echeances", instalment(scene)[1]],
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"due_on": "2025-03-01", "amount": "900"},
    ),
    Row(
        "funding:line-part",
        "a report taken away",
        lambda scene: [report(scene)[0], "bilans", report(scene)[1]],
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"remove": "1"},
    ),
    Row(
        "funding:line-part",
        "no such kind",
        lambda scene: [report(scene)[0], "autres", report(scene)[1]],
        get=OWN_DRAFT_UNKNOWN,
        post=OWN_DRAFT_UNKNOWN,
    ),
    Row(
        "funding:line-part",
        "of another funder",
        lambda scene: [scene.other["funding"]["hidden line"].public_id, "bilans", uuid.uuid4()],
        get=signed_in(403),
        post=signed_in(403),
    ),
    Row("funding:line-move", "agree twice", line("line", "accorder"), get=NO_SUCH_METHOD, post=REFUSED_FORM),
    Row("funding:line-move", "unknown", line("line", "autre"), get=NO_SUCH_METHOD, post=signed_in(403, funder=400)),
    Row(
        "funding:line-move", "of another funder", line("hidden line", "solder"), get=NO_SUCH_METHOD, post=signed_in(403)
    ),
    Row(
        "funding:line-amend",
        "own",
        line("line"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"avenant-signed_on": "2024-08-01", "avenant-change": "500"},
    ),
    Row("funding:line-amend", "of another funder", line("hidden line"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row(
        "funding:line-plan",
        "own",
        line("line"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"echeance-due_on": "2025-01-01", "echeance-amount": "500"},
    ),
    Row("funding:line-plan", "of another funder", line("hidden line"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row(
        "funding:line-call",
        "own",
        instalment,
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"called_on": "2024-06-20"},
    ),
    Row(
        "funding:line-pay",
        "own",
        line("line"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {
            "versement-kind": "payment",
            "versement-paid_on": "2024-07-01",
            "versement-amount": "1000",
        },
    ),
    Row(
        "funding:line-pay",
        "more than agreed",
        line("line"),
        get=NO_SUCH_METHOD,
        post=REFUSED_FORM,
        data=lambda scene: {
            "versement-kind": "payment",
            "versement-paid_on": "2024-07-01",
            "versement-amount": "10000.01",
        },
    ),
    Row("funding:line-pay", "of another funder", line("hidden line"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row(
        "funding:line-report",
        "own",
        line("line"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"bilan-due_on": "2025-06-30"},
    ),
    Row(
        "funding:line-receive",
        "own",
        report,
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"received_on": "2025-03-02"},
    ),
    # how an initiative is followed
    Row("funding:follow-up", "shared", slug("shared"), get=FUNDERS),
    Row("funding:follow-up", "of another funder", slug("foreign"), get=signed_in(403)),
    Row(
        "funding:update-plan",
        "shared",
        slug("shared"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"rythme-every_months": "6", "rythme-next_on": "2100-01-31"},
    ),
    Row(
        "funding:update-plan",
        "in the past",
        slug("shared"),
        get=NO_SUCH_METHOD,
        post=REFUSED_FORM,
        data=lambda scene: {"rythme-every_months": "6", "rythme-next_on": "2020-01-31"},
    ),
    Row("funding:update-plan", "of another funder", slug("foreign"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row(
        "funding:contact",
        "shared",
        slug("shared"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {
            "contact-first_name": "Rose",
            "contact-last_name": "Voisine",
            "contact-email": "rose@voisine.example",
        },
    ),
    Row("funding:contact", "of another funder", slug("foreign"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row("funding:contact-link", "own", of_shared("contact"), get=NO_SUCH_METHOD, post=FUNDERS_WRITE),
    Row("funding:contact-withdraw", "own", of_shared("contact"), get=NO_SUCH_METHOD, post=FUNDERS_WRITE),
    Row(
        "funding:indicator",
        "shared",
        slug("shared"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"indicateur-name": "Emplois", "indicateur-target": "12,5"},
    ),
    Row("funding:indicator", "of another funder", slug("foreign"), get=NO_SUCH_METHOD, post=signed_in(403)),
    Row(
        "funding:indicator-edit",
        "own",
        of_shared("indicator"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"name": "Personnes"},
    ),
    Row("funding:indicator-edit", "no name", of_shared("indicator"), post=REFUSED_FORM),
    Row(
        "funding:update",
        "due",
        of_shared("update"),
        get=signed_in(404, outsider=403, funder=200),
        post=signed_in(404, outsider=403, funder=302),
        data=lambda scene: {"text": "Tout avance.", "audience": "members", "submit": "1"},
    ),
    Row("funding:update", "received", of_shared("update received"), get=READERS, post=WRITTEN_ALREADY),
    Row(
        "funding:update-skip",
        "due",
        of_shared("update"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"passer-reason": "Reporté"},
    ),
    Row(
        "funding:update-reopen",
        "received",
        of_shared("update received"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"rendre-reason": "Il manque un chiffre"},
    ),
    Row(
        "funding:many",
        "ticked",
        get=NO_SUCH_METHOD,
        post=signed_in(403, funder=200),
        data=lambda scene: {"initiative": [str(scene.other["funding"]["draft"].public_id)]},
    ),
    Row("funding:many", "none ticked", get=NO_SUCH_METHOD, post=REFUSED_FORM),
    Row(
        "funding:line-remove", "own draft", line("own draft line"), get=NO_SUCH_METHOD, post=signed_in(404, funder=302)
    ),
    Row("funding:line-remove", "own, signed", line("line"), get=NO_SUCH_METHOD, post=REFUSED_FORM),
    Row("funding:line-remove", "of another", line("foreign draft line"), get=NO_SUCH_METHOD, post=NOBODY_FINDS),
    Row("funding:initiative-remove", "own draft", slug("draft"), get=NO_SUCH_METHOD, post=signed_in(404, funder=302)),
    Row("funding:initiative-remove", "shared", slug("shared"), get=NO_SUCH_METHOD, post=REFUSED_FORM),
    Row("funding:initiative-remove", "of another", slug("foreign draft"), get=NO_SUCH_METHOD, post=NOBODY_FINDS),
    Row("funding:updates-expected", get=FUNDERS),
    Row(
        "funding:update-by-link",
        "open",
        lambda scene: [scene.other["funding"]["update link"]],
        get=EVERYBODY,
        post=EVERYBODY,
        data=lambda scene: {"text": "Tout avance.", "audience": "members", "submit": "1"},
    ),
    Row("funding:update-by-link", "unknown", lambda scene: ["inconnu"], get=answers(410), post=answers(410)),
    Row(
        "funding:update-not-me",
        "open",
        lambda scene: [scene.other["funding"]["update link"]],
        get=answers(405),
        post=EVERYBODY,
    ),
    # documents, programmes, settings
    Row(
        "funding:document-add",
        "shared",
        slug("shared"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"title": "Note", "link": "https://documents.example/autre"},
    ),
    Row("funding:document-add", "of another funder", slug("foreign"), get=signed_in(403), post=signed_in(403)),
    Row("funding:document-add", "nothing", slug("shared"), post=REFUSED_FORM),
    Row(
        "funding:document-change",
        "reserve",
        of_shared("document"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"reserve": "1"},
    ),
    Row(
        "funding:document-change",
        "remove",
        of_shared("document"),
        get=NO_SUCH_METHOD,
        post=FUNDERS_WRITE,
        data=lambda scene: {"remove": "1"},
    ),
    Row("funding:programmes", get=READERS),
    Row(
        "funding:programme-create",
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"name": "Neuf", "lead": scene.other["funding"]["programme"].lead_id},
    ),
    Row("funding:programme-create", "no name", post=REFUSED_FORM),
    Row(
        "funding:programme-edit",
        "own",
        slug("programme"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"name": "Réussir ensemble"},
    ),
    Row("funding:programme-edit", "of another", slug("foreign programme"), get=signed_in(403), post=signed_in(403)),
    Row(
        "funding:commitment-add",
        "own",
        slug("programme"),
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"text": "Une cinquantaine", "unit": "lines", "approximate": "une cinquantaine"},
    ),
    Row(
        "funding:commitment-add",
        "words and a number",
        slug("programme"),
        post=REFUSED_FORM,
        data=lambda scene: {"text": "x", "unit": "lines", "approximate": "une cinquantaine", "target": "50"},
    ),
    Row("funding:commitment-add", "of another", slug("foreign programme"), get=signed_in(403), post=signed_in(403)),
    Row(
        "funding:commitment",
        "own",
        lambda scene: [scene.other["funding"]["programme"].slug, scene.other["funding"]["commitment"].public_id],
        get=FUNDERS,
        post=FUNDERS_WRITE,
        data=lambda scene: {"remove": "1"},
    ),
    Row("funding:settings", get=FUNDERS, post=REFUSED_FORM),
    # who and where
    Row("funding:regions", get=READERS),
    Row("funding:funders", get=READERS),
    Row("funding:funder", "funds", lambda scene: [scene.other["funding"]["line"].funder.slug], get=READERS),
    Row("funding:funder", "unknown", lambda scene: ["inconnu"], get=signed_in(404, outsider=403)),
    Row(
        "funding:bearer",
        "outside the directory",
        lambda scene: [Initiative.objects.get(slug="tiers-lieu").bearer_key],
        get=READERS,
    ),
    Row(
        "funding:bearer",
        "of a draft",
        lambda scene: [Initiative.objects.get(slug="brouillon-d-un-autre").bearer_key],
        get=signed_in(404, outsider=403),
    ),
    Row("funding:bearer", "unknown", lambda scene: ["inconnu"], get=signed_in(404, outsider=403)),
]
