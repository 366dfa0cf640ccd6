"""Imports in each state that a page shows, for the matrix."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core.imports.enums import ImportState, Outcome
from core.imports.models import Import, ImportFile, ImportRow

COUNTS = dict.fromkeys(Outcome.values, 0)
CHANGES = {"changes": [["Objet", "Lieu", "Autre"]]}
WRONG = {"problems": [["« douze » n’est pas un montant en euros.", "Montant accordé", "B"]]}


def imports(
    funder: Any, by: Any, reference: str, *, kind: str = "funding.lines", key: str = "reference"
) -> dict[str, Import]:
    def one(state: ImportState, *, content: str = "", told: Any = None, **values: Any) -> Import:
        run = Import.objects.create(
            kind=kind,
            subject_id=funder.pk,
            by=by,
            language="fr",
            file_name="table.csv",
            sent_at=timezone.now(),
            asked_at=timezone.now(),
            state=state,
            **values,
        )
        ImportFile.objects.create(of=run, content=content.encode())
        if told is not None:
            [outcome] = [name for name, number in run.counts.items() if number]
            cells, texts = [reference, "Autre"], {"row": "2", key: reference, "purpose": "Autre"}
            ImportRow.objects.create(
                of=run, number=2, cells=cells, texts=texts, reference=reference, outcome=outcome, told=told
            )
        return run

    layout = {"head": ["Référence", "Objet"], "columns": {key: "A", "purpose": "B"}}
    changed, wrong = {**COUNTS, "changed": 1}, {**COUNTS, "wrong": 1}
    return {
        "import": one(ImportState.CHECKED, told=CHANGES, counts=changed, layout=layout, fingerprint="f" * 64),
        "import asking": one(
            ImportState.CHECKED, told=CHANGES, counts=changed, layout={**layout, "dialect": "scdl", "asks": True}
        ),
        "import wrong": one(ImportState.CHECKED, told=WRONG, counts=wrong, layout=layout),
        "import waiting": one(ImportState.TO_CHECK),
        "import open": one(ImportState.CHOOSING, content="Clef;Libellé\nA-1;Autre"),
        "import failed": one(ImportState.FAILED, error_code="import_unexpected"),
        "import written": one(ImportState.DONE, told=CHANGES, counts=changed, layout=layout, applied_at=timezone.now()),
    }
