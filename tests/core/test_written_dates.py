"""Days as people write them, within the same bounds in every form, column and address."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from core import partial_dates
from core.dates import check_bounds
from core.forms.fields import DayField
from core.imports import cells
from core.partial_dates.fields import PartialDateField, PartialDateFormField
from core.partial_dates.text import parse_day

DAY = dt.date(2027, 11, 12)  # a Friday


@pytest.mark.parametrize(
    "written",
    [
        "2027-11-12", "12/11/2027", "12/11/27", "12.11.2027", "12-11-2027", "12 / 11 / 2027",
        "12 novembre 2027", "le 12 novembre 2027", "Le 12 NOVEMBRE 2027.", "12 nov. 2027", "12 nov 27",
        "vendredi 12 novembre 2027", "ven. 12 nov. 2027", "le vendredi 12 novembre 2027", "vendredi, le 12/11/2027",
        "12\u00a0novembre\u00a02027", "12  novembre  2027", "12 November 2027", "November 12, 2027",
        "Friday 12th November 2027",
    ],
)  # fmt: skip
def test_a_day_as_people_write_it(written):
    assert parse_day(written) == DAY
    assert partial_dates.parse(written) == partial_dates.day(DAY)
    assert DayField().clean(written) == DAY
    assert cells.date(written) == DAY


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1er décembre 2027", partial_dates.day(dt.date(2027, 12, 1))),
        ("mar. 2 mars 2027", partial_dates.day(dt.date(2027, 3, 2))),
        ("2 févr. 2027", partial_dates.day(dt.date(2027, 2, 2))),
        ("3 août 2027", partial_dates.day(dt.date(2027, 8, 3))),
        ("nov. 2027", partial_dates.month(2027, 11)),
        ("en novembre 2027", partial_dates.month(2027, 11)),
        ("11/2027", partial_dates.month(2027, 11)),
        ("11.2027", partial_dates.month(2027, 11)),
        ("été 2027", partial_dates.season("summer", 2027)),
        ("hiver 2027–2028", partial_dates.season("winter", 2027)),
        ("2027", partial_dates.year(2027)),
    ],
)
def test_other_dates(written, value):
    assert partial_dates.parse(written) == value


@pytest.mark.parametrize(
    "written", ["32/01/2027", "31/02/2027", "12/13/2027", "bientôt", "12", "juil", "12 brumaire 2027"]
)
def test_what_is_no_date(written):
    with pytest.raises(ValidationError) as refused:
        PartialDateFormField().clean(written)
    assert refused.value.messages == [PartialDateFormField.default_error_messages["unreadable"]]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("jeudi 12 novembre 2027", "Le 12 novembre 2027 est un vendredi : vérifiez le jour ou la date."),
        ("12 novembre", "Il manque l’année : écrivez-la après le mois."),
        ("12/11", "Il manque l’année : écrivez-la après le mois."),
        ("31/12/9999", "Une date se situe entre 1900 et 2100."),
        ("0001-01-01", "Une date se situe entre 1900 et 2100."),
        ("1024", "Une date se situe entre 1900 et 2100."),
    ],
)
def test_a_sentence_says_what_is_wrong(written, sentence):
    with translation.override("fr"):
        for field in (PartialDateFormField(), DayField()) if written != "1024" else (PartialDateFormField(),):
            with pytest.raises(ValidationError) as refused:
                field.clean(written)
            assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("written", "today", "day"),
    [
        ("12 novembre", dt.date(2026, 11, 29), dt.date(2027, 11, 12)),
        ("12 novembre", dt.date(2026, 11, 12), dt.date(2026, 11, 12)),
        ("vendredi 12 novembre", dt.date(2026, 11, 29), dt.date(2027, 11, 12)),
        ("29/02", dt.date(2026, 11, 29), dt.date(2028, 2, 29)),
    ],
)
def test_without_its_year_it_is_the_next_one_where_the_field_means_one_to_come(written, today, day):
    field = PartialDateFormField()
    field.coming = today
    assert field.clean(written) == partial_dates.day(day)


def test_every_column_of_days_and_moments_has_the_bounds():
    loose = []
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateField) and check_bounds not in field.validators:
                loose.append(str(field))
            if isinstance(field, PartialDateField):
                with pytest.raises(ValidationError):
                    field.validate(partial_dates.year(2102), None)
                with pytest.raises(ValidationError):
                    field.validate(partial_dates.day(dt.date(1899, 12, 31)), None)
    assert loose == []
