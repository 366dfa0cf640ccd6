"""`manage.py load_demo`: where it refuses, that the same day gives the same data, and how its files are read."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.accounts.models import User
from core.models import Space, StoredFile
from core.partial_dates.values import is_day
from governance.models import Mandate
from members.models import Organisation
from portal.demo import load_materials, load_organisations, load_people, loader, markup, source
from portal.demo.context import DemoContext
from portal.demo.load_sessions import day_of
from sessions_app.models import Attendance, MinutesVersion

TODAY = dt.date(2026, 11, 24)


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


class TestLoading:
    def test_what_a_later_release_adds_is_loaded(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        every = loader.PARTS
        monkeypatch.setattr(loader, "PARTS", every[:2])
        loader.load_all(today=TODAY)
        monkeypatch.setattr(loader, "PARTS", every[:4])
        assert loader.load_all(today=TODAY) > 0
        assert Mandate.objects.count() == 2

    def test_the_same_day_gives_the_same_data(self, db: None, settings: Any, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path

        def fingerprint() -> list[tuple[Any, ...]]:
            """Loads, reads what is telling, and takes it back."""
            with transaction.atomic():
                loader.load_all(today=TODAY)
                rows = [
                    *MinutesVersion.objects.order_by("session__number", "number").values_list("content_sha256"),
                    *StoredFile.objects.order_by("public_id").values_list("public_id", "sha256", "file"),
                    *Attendance.objects.order_by("session__number", "organisation__slug").values_list("presence"),
                    *Organisation.objects.order_by("slug").values_list("public_id"),
                    *User.objects.order_by("email").values_list("public_id", "email"),
                ]
                transaction.set_rollback(True)
            return rows

        assert fingerprint() == fingerprint()

    @pytest.mark.parametrize("options", [{}, {"print_accounts": True}])
    def test_production_refuses(self, db: None, settings: Any, options: dict[str, Any]) -> None:
        settings.DEMO_ALLOWED = False
        with pytest.raises(CommandError, match="production"):
            run(**options)
        assert not User.objects.exists()

    def test_a_space_with_data_of_its_own_refuses(self, db: None) -> None:
        Space.objects.create(pk=1, name="Espace", short_name="Espace")
        with pytest.raises(CommandError, match="data of its own"):
            run()
        assert not Organisation.objects.exists()

    def test_a_day_before_the_handover_refuses(self, db: None) -> None:
        with pytest.raises(CommandError, match="starts from"):
            run(today=dt.date(2024, 6, 1))

    @pytest.mark.parametrize("today", [dt.date(2026, 11, day) for day in range(23, 30)])
    def test_sessions_around_today_avoid_weekends(self, today: dt.date) -> None:
        context = DemoContext(today=today)
        for days in (-20, 40):
            date = day_of(context, {"days": days})
            assert is_day(date)
            assert date.lower.weekday() < 5
            assert abs((date.lower - today).days - days) <= 2

    def test_accounts_are_printed_as_a_table(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(loader, "PARTS", loader.PARTS[:2])
        told, empty, *lines = run(print_accounts=True).splitlines()
        assert (told[-1], empty) == (".", "")
        assert len(lines) == 6
        assert all("demo-portail-2026" in line for line in lines[1:])
        assert len({line.index("demo-portail-2026") for line in lines[1:]}) == 1


class TestFrench:
    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("l'espace : « oui » !", "l’espace\u00a0: «\u00a0oui\u00a0»\u00a0!"),
            ("12 500 € à 14 h 05", "12\u00a0500\u00a0€ à 14\u00a0h\u00a005"),
            ("https://visio.example/a?b=1", "https://visio.example/a?b=1"),
        ],
    )
    def test_french(self, typed: str, printed: str) -> None:
        assert source.french(typed) == printed

    def test_markup(self) -> None:
        parts = markup.sections("## 1\n\nUn *mot* & **deux**.\n\n- a\n- b\n\n## 3\n\n| A | B |\n| 1 |  |\n\n> oui\n")
        assert markup.rich_text(parts[1]) == (
            "<p>Un <em>mot</em> &amp; <strong>deux</strong>.</p><ul><li><p>a</p></li><li><p>b</p></li></ul>"
        )
        assert markup.rich_text(parts[3]) == (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>"
            "<blockquote><p>oui</p></blockquote>"
        )


class TestDocuments:
    def test_files_open_and_never_change(self) -> None:
        pdf = {"kind": "pdf", "title": "L’été (essai)", "text": ["Une ligne", "Une autre"]}
        content, _type, extension = load_materials.content_of(pdf)
        assert (content, extension) == (load_materials.content_of(pdf)[0], "pdf")
        reader = pypdf.PdfReader(io.BytesIO(content), strict=True)
        assert len(reader.pages) == 3
        assert reader.metadata.title == "L’été (essai)"
        assert "Une autre" in reader.pages[2].extract_text()

        xlsx = {"kind": "xlsx", "title": "Essai", "columns": ["A", "B"], "rows": [["1", "<2>"]]}
        content, _type, extension = load_materials.content_of(xlsx)
        assert (content, extension) == (load_materials.content_of(xlsx)[0], "xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)] == [["A", "B"], ["1", "<2>"]]

        odt = {"kind": "odt", "title": "Essai", "text": ["a & b"]}
        content, _type, extension = load_materials.content_of(odt)
        assert (content, extension) == (load_materials.content_of(odt)[0], "odt")
        assert content[30:38] == b"mimetype"


def test_fictional_siren_numbers_pass_the_check_and_belong_to_nobody() -> None:
    numbers = {load_organisations.fictional_siren(rank) for rank in range(1, 60)}
    assert len(numbers) == 59
    for number in numbers:
        digits = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
        assert sum(digit // 10 + digit % 10 for digit in digits) % 10 == 0
        assert number < "000325175"


def test_people_of_the_data_files_have_names_of_their_own() -> None:
    names = [place["name"] for row in load_organisations.rows() for place in row.get("people", [])]
    assert len(names) == len(set(names))
    accounts = {account["name"] for account in load_people.accounts()}
    assert accounts - set(names) == {"Camille Roussel"}  # the administrator holds no position
