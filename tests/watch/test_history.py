"""What an entry said before, with what each save changed: for its contributor and the animators."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from core.models import Region
from core.partial_dates import month, year
from tests import factories
from tests.watch.rows import item
from watch.enums import Beneficiary, ItemState, Kind, Licence, Purpose
from watch.items import revisions
from watch.models import WatchItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(people):
    factories.SpaceFactory()
    entry = item(
        kind=Kind.SCHEME,
        state=ItemState.TO_REVIEW,
        contributor=people.member,
        title="Une avance",
        body="Pour passer le printemps.",
        closes_on=month(2030, 6),
    )
    revisions.record(item=entry, by=people.member, now=factories.moment(-3))
    entry.body, entry.closes_on = "Pour passer l’été.", year(2031)
    entry.purpose, entry.licence = Purpose.RECOVERY, Licence.CC_BY
    entry.beneficiaries, entry.themes, entry.is_national = [Beneficiary.FARMER], ["Relance"], False
    entry.save()
    entry.regions.set([Region.objects.get(code="53")])
    revisions.record(item=entry, by=people.animator, now=factories.moment(-2))
    return entry


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_field_that_changed_is_told_as_the_page_says_it(people, signed_in, kept):
    page = signed_in(people.member).get(reverse("watch:history", args=[kept.slug]))
    newest, first = page.context["saves"]
    told = {change.label: change.compared for change in newest.changes}
    assert list(told) == ["Description", "Thèmes", "Répond à", "Pour qui", "Clôture", "Régions", "Licence"]
    assert "<del>" in told["Description"]
    assert "<ins>" in told["Description"]
    assert words(told["Répond à"]) == "urgence relance"
    assert words(told["Pour qui"]) == "agriculteurs"
    assert words(told["Régions"]) == "Bretagne"
    assert "2031" in told["Clôture"]
    assert (newest.revision.saved_by, first.is_first) == (people.animator, True)
    assert "Une avance" in words("".join(change.compared for change in first.changes))


def test_what_was_taken_out_is_for_its_contributor_and_the_animators(people, signed_in, kept):
    WatchItem.objects.filter(pk=kept.pk).update(state=ItemState.PUBLISHED, published_at=factories.moment(-1))
    address = reverse("watch:history", args=[kept.slug])
    statuses = {
        role: signed_in(people.role(role)).get(address).status_code for role in ("member", "animator", "funder")
    }
    assert statuses == {"member": 200, "animator": 200, "funder": 403}
    assert address in signed_in(people.member).get(kept.get_absolute_url()).text
    assert address not in signed_in(people.funder).get(kept.get_absolute_url()).text


def test_a_save_that_changes_nothing_is_not_kept_twice(people, kept):
    assert revisions.record(item=kept, by=people.animator, now=factories.moment(-1)) is None


def test_every_kept_field_is_told(kept):
    assert set(revisions.ORDER) == set(revisions.content_of(kept))


def test_a_draft_has_none_and_says_so(people, signed_in):
    factories.SpaceFactory()
    entry = item(state=ItemState.DRAFT, contributor=people.member)
    page = signed_in(people.member).get(reverse("watch:history", args=[entry.slug]))
    assert "Rien n’est encore conservé" in page.text


def test_a_long_history_has_pages_that_compare_across_their_border(people, signed_in):
    factories.SpaceFactory()
    entry = item(contributor=people.member)
    for number in range(22):
        entry.summary = f"Texte {number}"
        revisions.record(item=entry, by=people.member, now=factories.moment(-3))
    address = reverse("watch:history", args=[entry.slug])
    first, second = (signed_in(people.member).get(address, {"page": page}).context["saves"] for page in (1, 2))
    assert [save.revision.number for save in (*first, *second)] == list(range(22, 0, -1))
    assert [len(save.changes) for save in (*first, *second[:-1])] == [1] * 21
    assert [save.is_first for save in second] == [False, True]
