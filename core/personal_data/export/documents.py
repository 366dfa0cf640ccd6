"""The file of a copy: a ZIP of one JSON for each app, a page to read, and the files that the person sent.

Rows are read at one moment and written as they come: a row at a time into the JSON, some hundreds into the page.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from core.accounts.models import User
from core.files import names
from core.lifecycle import export as registry
from core.lifecycle.export import Section
from core.personal_data.export import values
from core.personal_data.export.services import KIND, MAY
from core.personal_data.models import PersonalExport
from core.reports.registry import FileKind, FileType, Fingerprint, ModelReportKind
from core.space import current_space

AT_ONCE = 200  # rows in memory
STYLE, PAGE = "css/own-data.css", "lisez-moi"  # in the archive: style.css, lisez-moi.html
Tell = Callable[[int, int | None], None]


class PersonalDataFile(FileKind, ModelReportKind):
    name = KIND
    label = _("copy of one’s data")
    queue = "long"
    subject_kind = "personal-export"
    model = PersonalExport

    def rows(self) -> QuerySet:
        return PersonalExport.objects.filter(removed_at=None).select_related("user")

    def right_to_request(self, subject: PersonalExport) -> tuple[str, PersonalExport]:
        return MAY, subject

    def fingerprint(self, subject: PersonalExport, language: str) -> Fingerprint:
        """Each request is a file of its own: the records may have changed since the last."""
        return Fingerprint(str(self.label), None, {"request": str(subject.public_id)})

    def file_type(self, subject: PersonalExport) -> FileType:
        return FileType("zip", "application/zip")

    def write(self, subject: PersonalExport, language: str, file: IO[bytes], tell: Tell) -> str:
        write(subject.user, subject.asked_at, file, tell)
        return str(_("my-data-%(day)s.zip") % {"day": f"{subject.asked_at:%Y-%m-%d}"})


def write(user: User, asked_at: Any, file: IO[bytes], tell: Tell) -> None:
    """All that the registered apps hold of `user`; `tell` hears of each `AT_ONCE` rows."""
    sections = [(section, _rows(section, user)) for section in registry.sections()]
    counts = {section.label: rows.count() for section, rows in sections}
    done, total = 0, sum(counts.values())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as page:
        head = {"person": user, "asked_at": asked_at, "space": current_space(), "total": total}
        page.write(render_to_string("personal_data/export/head.html", head).encode())
        for app, group in groupby(sections, key=lambda pair: pair[0].app):
            with archive.open(f"donnees/{app}.json", "w", force_zip64=True) as entry:
                opening = "{"
                for section, rows in group:
                    entry.write(f'{opening}\n"{section.label}": ['.encode())
                    opening = ","
                    first = True
                    for batch in _batches(rows):
                        entry.write(_as_json(section, batch, user, first=first))
                        page.write(_as_page(section, batch, user, first=first, count=counts[section.label]))
                        first, done = False, done + len(batch)
                        tell(done, total)
                    entry.write(b"]")
                entry.write(b"\n}\n")
        with archive.open("donnees/journal.json", "w", force_zip64=True) as entry:
            entry.writelines(_journal(user))
        page.write(render_to_string("personal_data/export/foot.html", {"files": _files(archive, user)}).encode())
        page.seek(0)
        with archive.open(f"{PAGE}.html", "w", force_zip64=True) as entry:
            shutil.copyfileobj(page, entry)
        archive.writestr("style.css", Path(finders.find(STYLE)).read_bytes())
    tell(total, total)


def _rows(section: Section, user: User) -> QuerySet:
    """With all that their texts read, so that a copy of ten years costs no more queries than one of a day."""
    related = [column.name for column in values.columns(section) if values.is_in_words(column)]
    rows = section.rows(user).order_by("pk")
    return rows.select_related(*related, *section.following) if related else rows


def _batches(rows: QuerySet) -> Iterator[list[Any]]:
    iterator = rows.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(iterator, AT_ONCE)):
        yield batch


def _as_json(section: Section, batch: list[Any], user: User, *, first: bool) -> bytes:
    columns, written = values.columns(section), []
    for row in batch:
        given = section.given(row, user)
        told = {column.name: values.plain(column, row, user) for column in columns if column.name in given}
        written.append(json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False))
    return ("" if first else ",").encode() + ("\n" + ",\n".join(written)).encode()


def _as_page(section: Section, batch: list[Any], user: User, *, first: bool, count: int) -> bytes:
    columns, cells = values.titled(section), []
    for row in batch:
        given = section.given(row, user)
        cells.append([values.in_words(column, row, user) if column.name in given else "" for column in columns])
    context = {
        "title": section.model._meta.verbose_name_plural,
        "app": apps.get_app_config(section.app).verbose_name,
        "first": first,
        "count": count,
        "heads": [column.verbose_name for column in columns],
        "rows": cells,
    }
    return render_to_string("personal_data/export/rows.html", context).encode()


def _journal(user: User) -> Iterator[bytes]:
    """What the audit notes of the person's own acts: when, on which table, by which address; not what stood there."""
    opening = b"["
    for model in apps.get_models():
        if issubclass(model, Event) and model is not Event:
            written = model.objects.filter(pgh_context__user=str(user.public_id)).order_by("pk")
            rows = written.values_list("pgh_created_at", "pgh_label", "pgh_context__url")
            for moment, label, address in rows.iterator(chunk_size=AT_ONCE):
                what = {"at": moment, "table": model._meta.db_table, "what": label, "address": address}
                yield opening + b"\n" + json.dumps(what, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
                opening = b","
    yield b"\n]\n" if opening == b"," else b"[]\n"


def _files(archive: zipfile.ZipFile, user: User) -> list[str]:
    """Puts the person's own files into the archive; their names there. One that is not on this machine is left out."""
    written = []
    for number, own in enumerate(registry.files_of(user), start=1):
        name = f"fichiers/{number:04d}-{names.clean(own.name)}"
        try:
            with own.open() as source, archive.open(name, "w", force_zip64=True) as entry:
                shutil.copyfileobj(source, entry)
        except FileNotFoundError:  # say after a restore without files
            continue
        written.append(name)
    return written
