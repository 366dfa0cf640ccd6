"""A correction proposed to an entry that is out: what it changes, what comes of it, and what happens in between."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.models import Region
from core.notifications.models import Notification
from core.partial_dates import month
from members.models import Competence
from tests import factories
from tests.support.forms import form_to
from tests.watch.rows import item
from watch.enums import CorrectionState, ItemState, Kind, Purpose
from watch.models import Correction, WatchItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def space(db: None) -> None:
    factories.SpaceFactory()


@pytest.fixture
def entry(people: Any) -> WatchItem:
    return item(title="Un cahier", author="Inconnu", themes=["Territoires"], contributor=people.funder)


def propose(client: Any, entry: WatchItem, *, reason: str = "Il est signé.", **typed: Any) -> Any:
    """As a browser sends it: the fields of the page with what is typed over them."""
    address = reverse("watch:correct", args=[entry.slug])
    data = form_to(client.get(address), address, address).data
    return client.post(address, {**data, "reason": reason, **typed})


def answer(client: Any, correction: Correction, move: str, **typed: Any) -> Any:
    page = client.get(correction.get_absolute_url())
    forms = {str(offer.move): form for offer, form in page.context["offers"]}
    version = forms[move].initial["read_version"] if move in forms else ""
    return client.post(correction.get_absolute_url(), {"move": move, "read_version": version, **typed})


def told(user: Any) -> list[tuple[str, str]]:
    found = Notification.objects.filter(recipient=user, kind__startswith="watch.correction").order_by("pk")
    return [(row.title.replace("\u00a0", " "), " ".join(row.lines).replace("\u00a0", " ")) for row in found]


def test_only_what_is_changed_is_kept_and_the_entry_stays_as_it_is(people, signed_in, entry):
    client = signed_in(people.member)
    assert reverse("watch:correct", args=[entry.slug]) in client.get(entry.get_absolute_url()).text
    assert propose(client, entry, author="Le RAMEAU", dated_on="mai 2021").status_code == 302
    made = Correction.objects.get()
    assert made.before == {"author": "Inconnu", "dated_on": None}
    assert made.after == {"author": "Le RAMEAU", "dated_on": {"from": "2021-05-01", "before": "2021-06-01"}}
    assert (made.reason, made.proposed_by, made.state) == ("Il est signé.", people.member, CorrectionState.OPEN)
    entry.refresh_from_db()
    assert (entry.author, entry.version) == ("Inconnu", 1)


def test_an_animator_sees_the_difference_and_accepts_it(people, signed_in, entry):
    propose(signed_in(people.member), entry, author="Le RAMEAU", dated_on="mai 2021")
    made = Correction.objects.get()
    animator = signed_in(people.animator)
    assert "1 correction de la veille à laquelle répondre" in animator.get("/").text
    page = animator.get(made.get_absolute_url())
    assert [change.label for change in page.context["page"].changes] == ["Auteur ou éditeur", "Date"]
    assert "<ins>" in page.context["page"].changes[0].compared
    assert answer(animator, made, "accept").status_code == 302
    entry.refresh_from_db()
    made.refresh_from_db()
    assert (entry.author, entry.dated_on, entry.version) == ("Le RAMEAU", month(2021, 5), 2)
    assert (made.state, made.answered_by) == (CorrectionState.ACCEPTED, people.animator)
    revision = entry.revisions.first()
    assert (revision.content["author"], revision.saved_by) == ("Le RAMEAU", people.animator)
    assert told(people.member) == [("Votre correction de « Un cahier » est acceptée.", "")]
    assert answer(animator, made, "accept").status_code == 422
    assert entry.revisions.count() == 1


def test_it_is_refused_with_a_reason_which_its_proposer_reads(people, signed_in, entry):
    propose(signed_in(people.member), entry, author="Le RAMEAU")
    made = Correction.objects.get()
    animator = signed_in(people.animator)
    assert answer(animator, made, "refuse").status_code == 422
    assert answer(animator, made, "refuse", reason="C’est un collectif.").status_code == 302
    entry.refresh_from_db()
    assert entry.author == "Inconnu"
    title, lines = told(people.member)[0]
    assert title == "Votre correction de « Un cahier » n’a pas été retenue."
    assert lines == "Motif : C’est un collectif."
    assert "C’est un collectif." in signed_in(people.member).get(made.get_absolute_url()).text
    assert signed_in(people.funder).get(made.get_absolute_url()).status_code == 404


def test_what_the_entry_says_meanwhile_is_told_to_both(people, signed_in, entry):
    client, animator = signed_in(people.member), signed_in(people.animator)
    address = reverse("watch:correct", args=[entry.slug])
    read = form_to(client.get(address), address, address).data
    WatchItem.objects.filter(pk=entry.pk).update(author="Un autre", version=2)
    answered = client.post(address, {**read, "author": "Le RAMEAU", "reason": "Il est signé."})
    assert (answered.status_code, Correction.objects.count()) == (409, 0)
    assert 'value="Le RAMEAU"' in answered.text
    propose(client, entry, author="Le RAMEAU")
    made = Correction.objects.get()
    page = animator.get(made.get_absolute_url())
    assert page.context["page"].meanwhile == []
    form = {"move": "accept", "read_version": 2}
    WatchItem.objects.filter(pk=entry.pk).update(author="Encore un autre", version=3)
    refused = animator.post(made.get_absolute_url(), form)
    assert refused.status_code == 409
    assert [change.label for change in refused.context["page"].meanwhile] == ["Auteur ou éditeur"]
    entry.refresh_from_db()
    assert entry.author == "Encore un autre"
    assert answer(animator, made, "accept").status_code == 302
    entry.refresh_from_db()
    assert (entry.author, entry.version) == ("Le RAMEAU", 4)


def test_another_field_that_was_changed_meanwhile_stays(people, signed_in, entry):
    propose(signed_in(people.member), entry, author="Le RAMEAU")
    WatchItem.objects.filter(pk=entry.pk).update(summary="Autre phrase.", version=2)
    assert answer(signed_in(people.animator), Correction.objects.get(), "accept").status_code == 302
    entry.refresh_from_db()
    assert (entry.author, entry.summary) == ("Le RAMEAU", "Autre phrase.")


def test_lists_and_links_to_other_rows_are_corrected_too(people, signed_in):
    terms = [Competence.objects.create(name=name) for name in ("Évaluation", "Formation")]
    regions = [Region.objects.get(code=code) for code in ("53", "84")]
    study = item(kind=Kind.NEEDS_STUDY, competences=terms[:1], regions=regions[:1])
    propose(signed_in(people.member), study, competences=[term.pk for term in terms], regions=["84"], themes="Santé")
    answer(signed_in(people.animator), Correction.objects.get(), "accept")
    study.refresh_from_db()
    assert [term.name for term in study.competences.order_by("name")] == ["Évaluation", "Formation"]
    assert [region.code for region in study.regions.all()] == ["84"]
    assert study.themes == ["Santé"]


def test_its_proposer_withdraws_it_and_proposes_another(people, signed_in, entry):
    client = signed_in(people.member)
    propose(client, entry, author="Le RAMEAU")
    again = propose(client, entry, author="Un autre")
    assert (again.status_code, Correction.objects.count()) == (422, 1)
    made = Correction.objects.get()
    assert answer(client, made, "accept").status_code == 422
    assert answer(client, made, "withdraw").status_code == 302
    assert propose(client, entry, author="Un autre").status_code == 302
    states = list(Correction.objects.order_by("pk").values_list("state", flat=True))
    assert states == [CorrectionState.WITHDRAWN, CorrectionState.OPEN]
    assert told(people.member) == []


@pytest.mark.parametrize(
    "typed",
    [{}, {"title": ""}, {"author": "Le RAMEAU", "reason": " "}, {"dated_on": "un jour"}, {"link": "nulle part"}],
)
def test_nothing_comes_of_a_form_that_changes_nothing_or_is_wrong(people, signed_in, entry, typed):
    assert propose(signed_in(people.member), entry, **typed).status_code == 422
    assert not Correction.objects.exists()


def test_what_would_make_the_entry_unsound_is_refused(people, signed_in):
    scheme = item(kind=Kind.SCHEME, purpose=Purpose.RECOVERY, opens_on=month(2021, 1), closes_on=month(2021, 6))
    propose(signed_in(people.member), scheme, closes_on="mars 2021")
    WatchItem.objects.filter(pk=scheme.pk).update(opens_on=month(2021, 5), version=2)
    refused = answer(signed_in(people.animator), Correction.objects.get(), "accept")
    assert refused.status_code == 422
    assert refused.context["refused"]
    scheme.refresh_from_db()
    assert scheme.closes_on == month(2021, 6)


def test_what_is_not_out_any_more_is_not_corrected(people, signed_in, entry):
    propose(signed_in(people.member), entry, author="Le RAMEAU")
    given = {"state": ItemState.TO_REVIEW, "published_at": None}
    WatchItem.objects.filter(pk=entry.pk).update(**given)
    animator = signed_in(people.animator)
    assert answer(animator, Correction.objects.get(), "accept").status_code == 422
    assert answer(animator, Correction.objects.get(), "refuse", reason="Elle est retirée.").status_code == 302


def test_sent_three_times_it_is_proposed_once(people, signed_in, entry):
    client = signed_in(people.member)
    address = reverse("watch:correct", args=[entry.slug])
    data = {**form_to(client.get(address), address, address).data, "reason": "Signé.", "author": "Le RAMEAU"}
    assert [client.post(address, data).status_code for _time in range(3)] == [302] * 3
    assert Correction.objects.count() == 1
