"""From a member's form to what all members read: contributed, sent, corrected, published, given back, refused, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Region
from core.notifications.models import Notification
from core.partial_dates import day, month, year
from members.models import Competence, Organisation
from tests import factories
from tests.watch.rows import item
from watch.enums import Beneficiary, ItemState, Kind, Licence, Purpose
from watch.items.services import expire_due
from watch.models import WatchItem, WatchRevision

pytestmark = pytest.mark.django_db

SCHEME = {
    "title": "Avance de trésorerie",
    "summary": "Une avance remboursable.",
    "body": "Pour passer le printemps.",
    "themes": "Trésorerie, sortie de crise ; Trésorerie",
    "purpose": "emergency",
    "beneficiaries": ["association", "company"],
    "financers": "Région Bretagne",
    "rates": "Jusqu'à 10 000 €",
    "contact": "aide@region.example",
    "opens_on": "mars 2020",
    "closes_on": "2031",
    "source": "Délibération du 30 mars 2020",
    "licence": "open",
    "sdgs": ["8", "17"],
}


@pytest.fixture(autouse=True)
def space(db: None) -> None:
    factories.SpaceFactory()


def move(client: Any, entry: WatchItem, word: str, **more: str) -> Any:
    return client.post(reverse("watch:moves", args=[entry.slug]), {"move": word, **more})


def told(user: Any) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", "values__reason"))


def test_a_member_contributes_a_scheme_with_all_that_is_known_of_it(people, signed_in):
    client = signed_in(people.member)
    region = Region.objects.get(code="53")
    answer = client.post(reverse("watch:create", args=["dispositif"]), {**SCHEME, "regions": [region.pk]})
    made = WatchItem.objects.get()
    assert answer.headers["Location"] == "/veille/avance-de-tresorerie/"
    assert (made.kind, made.purpose, made.state) == (Kind.SCHEME, Purpose.EMERGENCY, ItemState.DRAFT)
    assert (made.contributor, made.organisation.slug) == (people.member, "atelier")
    assert (made.opens_on, made.closes_on) == (month(2020, 3), year(2031))
    assert made.themes == ["Trésorerie", "sortie de crise"]
    assert made.beneficiaries == [Beneficiary.ASSOCIATION, Beneficiary.COMPANY]
    assert (made.sdgs, made.licence, list(made.regions.all())) == ([8, 17], Licence.OPEN, [region])
    page = client.get(made.get_absolute_url()).text
    for words in (
        "Dispositif de soutien",
        "Urgence",
        "Brouillon",
        "mars 2020",
        "Bretagne",
        "Associations, entreprises",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("kind", "data", "field", "told_as"),
    [
        ("dispositif", {**SCHEME, "purpose": ""}, "purpose", "Ce champ est obligatoire."),
        ("dispositif", {**SCHEME, "closes_on": "2019"}, "closes_on", "La clôture vient après l’ouverture."),
        ("publication", {"title": "A", "themes": ", ".join("abcdefghijk")}, "themes", "Au plus 10 thèmes."),
        ("publication", {"title": "A", "themes": "a" * 61}, "themes", "Un thème compte au plus 60 caractères."),
        ("publication", {"title": "A", "link": "javascript:alert(1)"}, "link", None),
        (
            "enseignement",
            {"title": "A"},
            "session",
            "Un enseignement est tiré d’une session, d’un cycle ou d’une initiative\u00a0: un seul des trois.",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field(people, signed_in, kind, data, field, told_as):
    answer = signed_in(people.member).post(reverse("watch:create", args=[kind]), data)
    errors = answer.context["form"].errors
    assert (answer.status_code, list(errors)) == (422, [field])
    assert told_as is None or errors[field] == [told_as]
    assert not WatchItem.objects.exists()


def test_the_whole_country_or_some_regions(people, signed_in):
    region = Region.objects.get(code="53")
    data = {"title": "A", "is_national": "on", "regions": [region.pk]}
    answer = signed_in(people.member).post(reverse("watch:create", args=["publication"]), data)
    assert list(answer.context["form"].errors) == ["regions"]


def test_a_file_is_kept_served_and_taken_away(people, signed_in):
    client = signed_in(people.member)
    data = {"title": "Cahier", "upload": factories.picture()}
    client.post(reverse("watch:create", args=["publication"]), data)
    made = WatchItem.objects.get()
    document = reverse("watch:document", args=[made.slug])
    assert document in client.get(made.get_absolute_url()).text
    assert client.get(document).getvalue().startswith(b"\x89PNG")
    assert signed_in(people.funder).get(document).status_code == 404
    client.post(reverse("watch:edit", args=[made.slug]), {"title": "Cahier", "without_file": "on", "read_version": 1})
    made.refresh_from_db()
    assert made.file is None


def test_sent_corrected_and_published(people, signed_in):
    member, animator = signed_in(people.member), signed_in(people.animator)
    entry = item(state=ItemState.DRAFT, contributor=people.member, title="Une étude")
    assert move(member, entry, "submit").status_code == 302
    assert "1 fiche de veille à relire" in animator.get("/").text
    assert "Une étude" in animator.get(reverse("watch:to-review")).text
    assert signed_in(people.funder).get(entry.get_absolute_url()).status_code == 404
    corrected = {"title": "Une étude relue", "summary": "Elle dit tout.", "source": "Un rapport", "read_version": 2}
    assert animator.post(reverse("watch:edit", args=[entry.slug]), corrected).status_code == 302
    assert move(animator, entry, "publish").status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.state) == ("Une étude relue", ItemState.PUBLISHED)
    assert "Une étude relue" in signed_in(people.funder).get(reverse("watch:list")).text
    assert told(people.member) == [("watch.published", "")]
    assert told(people.animator) == []
    said = WatchRevision.objects.filter(item=entry).order_by("number")
    assert [(row.number, row.content["title"], row.saved_by) for row in said] == [
        (1, "Une étude", people.member),
        (2, "Une étude relue", people.animator),
    ]


def test_given_back_with_a_reason_completed_and_sent_again(people, signed_in):
    member, animator = signed_in(people.member), signed_in(people.animator)
    entry = item(state=ItemState.TO_REVIEW, contributor=people.member, title="Une grille")
    assert move(animator, entry, "return", reason="Il manque la grille.").headers["Location"] == "/veille/a-relire/"
    assert animator.get(entry.get_absolute_url()).status_code == 404, "a draft of the member again"
    page = member.get(entry.get_absolute_url()).text
    assert "Il manque la grille." in page
    assert "À compléter" in page
    assert "Compléter «\u00a0Une grille\u00a0»" in member.get("/").text
    assert told(people.member) == [("watch.returned", "Il manque la grille.")]
    assert move(member, entry, "submit").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.answer) == (ItemState.TO_REVIEW, "")


def test_refused_and_withdrawn_say_why(people, signed_in):
    animator = signed_in(people.animator)
    refused = item(state=ItemState.TO_REVIEW, contributor=people.member)
    published = item(contributor=people.member)
    for entry, word in ((refused, "refuse"), (published, "withdraw")):
        without = move(animator, entry, word, reason=" ")
        assert without.status_code == 422
        assert "Ce champ est obligatoire." in without.text
        assert move(animator, entry, word, reason="Ce n’est plus vrai.").status_code == 302
    states = list(WatchItem.objects.order_by("pk").values_list("state", "published_at"))
    assert states == [(ItemState.REFUSED, None), (ItemState.TO_REVIEW, None)]
    assert told(people.member) == [
        ("watch.refused", "Ce n’est plus vrai."),
        ("watch.withdrawn", "Ce n’est plus vrai."),
    ]
    assert signed_in(people.funder).get(published.get_absolute_url()).status_code == 404


def test_what_others_rely_on_has_an_origin(people, signed_in):
    entry = item(state=ItemState.DRAFT, contributor=people.member, source="", summary="")
    client = signed_in(people.member)
    page = client.get(reverse("watch:moves", args=[entry.slug])).text
    for words in ("Dites d’où vient l’information", "Dites de quoi il s’agit"):
        assert words in page
    assert move(client, entry, "submit").status_code == 422
    entry.refresh_from_db()
    assert entry.state == ItemState.DRAFT


def test_an_animator_publishes_her_own_at_once_and_no_draft_of_others(people, signed_in):
    client = signed_in(people.animator)
    own = item(state=ItemState.DRAFT, contributor=people.animator)
    foreign = item(state=ItemState.DRAFT, contributor=people.funder)
    assert move(client, own, "publish").status_code == 302
    own.refresh_from_db()
    assert (own.state, own.submitted_at is not None) == (ItemState.PUBLISHED, True)
    assert move(client, foreign, "publish").status_code == 404
    assert told(people.animator) == []


def test_two_animators_at_once_the_second_is_told(people, signed_in):
    entry = item(state=ItemState.TO_REVIEW, contributor=people.member)
    client = signed_in(people.animator)
    move(client, entry, "publish")
    second = move(client, entry, "refuse", reason="Trop tard")
    assert second.status_code == 422
    assert "Cette fiche a changé d’état entre-temps." in second.text


def test_who_saved_meanwhile_is_told_and_nothing_is_lost(people, signed_in):
    entry = item(state=ItemState.TO_REVIEW, contributor=people.member)
    WatchItem.objects.filter(pk=entry.pk).update(version=2)
    data = {"title": "Autre", "read_version": 1}
    answer = signed_in(people.animator).post(reverse("watch:edit", args=[entry.slug]), data)
    assert answer.status_code == 409
    assert "Quelqu’un d’autre a enregistré entre-temps." in answer.text or 'value="Autre"' in answer.text
    entry.refresh_from_db()
    assert entry.title != "Autre"


def test_only_what_was_never_sent_is_removed(people, signed_in):
    client = signed_in(people.member)
    draft = item(state=ItemState.DRAFT, contributor=people.member)
    sent = item(state=ItemState.DRAFT, contributor=people.member)
    move(client, sent, "submit")
    move(client, sent, "take_back")
    for entry in (draft, sent):
        client.post(reverse("watch:remove", args=[entry.slug]))
    assert list(WatchItem.objects.all()) == [sent]


def test_a_colleague_goes_on_with_it_and_is_told(people, signed_in):
    atelier = people.member.positions.get().organisation
    colleague = factories.PositionFactory(organisation=atelier).user
    entry = item(state=ItemState.DRAFT, contributor=people.member)
    client = signed_in(colleague)
    assert entry.title in client.get(reverse("watch:contributions")).text
    assert move(client, entry, "submit").status_code == 302


def test_the_same_theme_is_spelt_as_before(people, signed_in):
    item(themes=["Sortie de crise"])
    signed_in(people.member).post(
        reverse("watch:create", args=["publication"]), {"title": "A", "themes": "SORTIE DE CRISE, neuf"}
    )
    assert WatchItem.objects.get(title="A").themes == ["Sortie de crise", "neuf"]


def test_observers_contribute_in_their_own_name(people, signed_in):
    signed_in(people.observer).post(reverse("watch:create", args=["methode"]), {"title": "Une méthode"})
    made = WatchItem.objects.get()
    assert (made.contributor, made.organisation) == (people.observer, None)
    assert signed_in(people.animator).get(made.get_absolute_url()).status_code == 404


def test_a_study_names_the_members_who_fit(people, signed_in):
    term = Competence.objects.create(name="Évaluation")
    Organisation.objects.get(slug="atelier").competences.add(term)
    entry = item(kind=Kind.NEEDS_STUDY, is_national=True, competences=[term])
    page = signed_in(people.member).get(entry.get_absolute_url()).text
    assert "Atelier des communs ruraux" in page.partition('id="who-can-help"')[2]


def test_a_lesson_stands_in_the_proceedings_of_its_cycle(people, signed_in):
    session = factories.SessionFactory(number=21)
    lesson = item(kind=Kind.LESSON, session=session, title="Un relais se prépare")
    draft = item(kind=Kind.LESSON, session=session, state=ItemState.DRAFT, contributor=people.funder)
    page = signed_in(people.member).get(reverse("sessions:cycle-proceedings", args=[session.cycle.year])).text
    assert lesson.get_absolute_url() in page
    assert draft.title not in page


class TestTheClock:
    def test_ends_what_has_closed_and_tells_its_contributor(self, people, signed_in):
        now = timezone.now()
        past, ahead = year(now.year - 1), year(now.year + 1)
        closed = item(kind=Kind.SCHEME, closes_on=past, contributor=people.member)
        open_ = item(kind=Kind.SCHEME, closes_on=ahead)
        unknown = item(kind=Kind.SCHEME)
        waiting = item(kind=Kind.SCHEME, closes_on=past, state=ItemState.TO_REVIEW)
        assert expire_due(now=now) == 1
        assert expire_due(now=now + dt.timedelta(hours=1)) == 0
        states = [WatchItem.objects.get(pk=row.pk).state for row in (closed, open_, unknown, waiting)]
        assert states == [ItemState.EXPIRED, ItemState.PUBLISHED, ItemState.PUBLISHED, ItemState.TO_REVIEW]
        assert told(people.member) == [("watch.ended", "")]

    def test_the_last_day_still_counts(self, people):
        item(kind=Kind.SCHEME, closes_on=day(dt.date(2030, 6, 30)))
        assert expire_due(now=dt.datetime(2030, 6, 30, 20, tzinfo=dt.UTC)) == 0
        assert expire_due(now=dt.datetime(2030, 6, 30, 22, 30, tzinfo=dt.UTC)) == 1, "it is the 1st in Paris"

    def test_what_has_closed_runs_again_only_with_another_day(self, people, signed_in):
        entry = item(kind=Kind.SCHEME, state=ItemState.EXPIRED, closes_on=year(2020))
        client = signed_in(people.animator)
        assert "Sa date de clôture est passée" in client.get(reverse("watch:moves", args=[entry.slug])).text
        assert move(client, entry, "reopen").status_code == 422
        WatchItem.objects.filter(pk=entry.pk).update(closes_on=year(2090))
        assert move(client, entry, "reopen").status_code == 302
        entry.refresh_from_db()
        assert (entry.state, entry.expired_at) == (ItemState.PUBLISHED, None)
