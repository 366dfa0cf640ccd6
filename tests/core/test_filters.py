"""The ground of every list's filters, tried on the directory's."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone, translation

from core.filters import Conditions, FilterSet
from core.web import counts
from members.directory.filters import OrganisationFilter
from members.enums import Engineering, Help, World
from members.models import Organisation
from tests.factories import MembershipFactory, OrganisationFactory, SchemeFactory, days, since
from tests.support.queries import counted

pytestmark = pytest.mark.django_db


def filtered(query: str = "") -> OrganisationFilter:
    return OrganisationFilter(QueryDict(query), Organisation.objects.for_list(timezone.localdate()))


def names(filterset: FilterSet) -> list[str]:
    return [row.name for row in filterset.qs]


def shown(filterset: FilterSet, facet: str) -> dict[str, int]:
    view = next(view for view in filterset.facets if view.name == facet)
    return {option.value: option.count for option in view.options if option.count}


@pytest.fixture
def three() -> None:
    first = OrganisationFactory(name="Alpha", world=World.FIELD, regions=["11", "24"], summary="Été des communs")
    SchemeFactory(organisation=first, engineerings=[Engineering.PUBLIC, Engineering.PROJECT], helps=[Help.LEGAL])
    SchemeFactory(organisation=first, engineerings=[Engineering.PUBLIC], helps=[Help.LEGAL, Help.TECHNICAL])
    OrganisationFactory(name="Beta", world=World.FIELD, regions=["11"])
    gamma = OrganisationFactory(name="Gamma", world=World.INVESTOR, regions=["75"])
    MembershipFactory(organisation=gamma, period=since(days(-10)))


def test_without_parameters_everything_is_found_once(three: None) -> None:
    filterset = filtered()
    assert (names(filterset), filterset.found, filterset.total, filterset.status) == (
        ["Alpha", "Beta", "Gamma"],
        3,
        3,
        200,
    )
    assert (filterset.active, filterset.chips, filterset.messages) == (0, [], [])


def test_options_add_up_and_facets_narrow(three: None) -> None:
    assert names(filtered("monde=terrain&monde=investisseur")) == ["Alpha", "Beta", "Gamma"]
    assert names(filtered("monde=terrain&region=24")) == ["Alpha"]
    assert names(filtered("region=11&region=24")) == ["Alpha", "Beta"]  # Alpha acts in both and stands once
    assert names(filtered("ingenierie=publique")) == ["Alpha"]  # both of its schemes fit
    assert names(filtered("dispositif=oui&dispositif=non")) == ["Alpha", "Beta", "Gamma"]
    assert names(filtered("q=ete+COMMUNS")) == ["Alpha"]


def test_counts_respect_the_other_facets_and_not_their_own(three: None) -> None:
    filterset = filtered("monde=terrain&region=11")
    assert filtered("monde=terrain&region=11").found == 2
    assert shown(filterset, "monde") == {"terrain": 2}  # within Île-de-France
    assert shown(filterset, "region") == {"11": 2, "24": 1}  # within the field actors
    assert shown(filterset, "ingenierie") == {"publique": 1, "projet": 1}
    assert shown(filterset, "aide") == {"juridique": 1, "technique": 1}
    assert shown(filterset, "dispositif") == {"oui": 1, "non": 1}


@pytest.mark.parametrize("facet", ["monde", "region", "ingenierie", "aide", "dispositif", "secteur", "niveau"])
def test_a_count_is_what_choosing_the_option_shows(three: None, facet: str) -> None:
    for word, number in shown(filtered("q=a"), facet).items():
        assert filtered(f"q=a&{facet}={word}").found == number


def test_all_counts_are_one_query(three: None) -> None:
    filterset = filtered("monde=terrain")
    assert filterset.form.is_valid()
    with counted() as queries:
        assert (filterset.found, filterset.total) == (2, 3)
        assert len(filterset.facets) == 9
    assert len(queries) == 1


def test_a_text_is_looked_for_once_for_all_counts(three: None) -> None:
    filterset = filtered("q=a&monde=terrain")
    with counted() as queries:
        assert (filterset.found, filterset.total) == (2, 3)
        assert shown(filterset, "monde") == {"terrain": 2, "investisseur": 1}
    counts_query = queries.captured_queries[-1]["sql"]
    assert counts_query.count("UNACCENT") == filterset.queryset.matching("a").query.__str__().count("UNACCENT")


def test_a_text_on_a_list_that_can_hold_nothing() -> None:
    empty = Organisation.objects.for_list(timezone.localdate()).none()
    assert OrganisationFilter(QueryDict("q=a"), empty).total == 0


def test_a_text_that_finds_nothing_without_asking(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(Organisation.objects.all()), "matching", lambda self, text: self.none())
    filterset = filtered("q=a")
    assert (filterset.found, filterset.total) == (0, 3)
    assert shown(filterset, "monde") == {}


@pytest.mark.parametrize(
    "query",
    [
        "monde=x",
        "monde=terrain&monde=x",
        "region=99",
        "dispositif=peut-etre",
        "tri=hasard",
        "q=" + "a" * 201,
    ],
)
def test_a_wrong_value_is_said_and_finds_nothing(three: None, query: str) -> None:
    filterset = filtered(query)
    assert (names(filterset), filterset.found, filterset.status, len(filterset.messages)) == ([], 0, 400, 1)
    assert all(option.count is None and not option.disabled for facet in filterset.facets for option in facet.options)
    assert filtered(filterset.clear.removeprefix("?")).status == 200


def test_the_message_names_filter_and_value() -> None:
    with translation.override("en"):
        assert filtered("monde=x").messages == ["World: “x” is not a value of this filter."]


def test_empty_and_unknown_parameters_choose_nothing(three: None) -> None:
    filterset = filtered("monde=&q=&utm_source=lettre&region=")
    assert (filterset.found, filterset.active, filterset.status) == (3, 0, 200)


def test_chips_take_one_value_away_and_keep_the_rest(three: None) -> None:
    filterset = filtered("monde=terrain&monde=investisseur&q=a&tri=entree&vue=tableau&page=2&format=csv")
    assert [chip.remove for chip in filterset.chips] == [
        "?monde=terrain&monde=investisseur&tri=entree&vue=tableau",
        "?monde=investisseur&q=a&tri=entree&vue=tableau",
        "?monde=terrain&q=a&tri=entree&vue=tableau",
    ]
    assert filterset.clear == "?tri=entree&vue=tableau"
    assert filterset.carried == [("tri", "entree"), ("vue", "tableau")]


def test_a_facet_that_would_find_nothing_is_disabled_but_never_a_checked_one(three: None) -> None:
    facets = {facet.name: facet for facet in filtered("monde=institution&monde=terrain").facets}
    options = {option.value: option for option in facets["monde"].options}
    assert (options["institution"].count, options["institution"].disabled) == (0, False)
    assert (options["ingenierie"].count, options["ingenierie"].disabled) == (0, True)


def test_orders_end_with_the_primary_key(three: None) -> None:
    assert names(filtered("tri=entree"))[0] == "Gamma"  # the only one with a membership; unknown comes last
    assert filtered("tri=entree").qs.query.order_by[-1] == "pk"


class Strict(FilterSet):
    documents = Conditions(
        label="Documents",
        match_all=True,
        options={"terrain": ("terrain", Q(world=World.FIELD)), "alpha": ("alpha", Q(name="Alpha"))},
    )


def test_conditions_that_narrow_each_other_count_what_is_left(three: None) -> None:
    filterset = Strict(QueryDict("documents=terrain"), Organisation.objects.order_by("name"))
    assert names(filterset) == ["Alpha", "Beta"]
    assert shown(filterset, "documents") == {"terrain": 2, "alpha": 1}
    assert names(Strict(QueryDict("documents=terrain&documents=alpha"), Organisation.objects.all())) == ["Alpha"]


def test_a_list_that_can_hold_nothing_asks_nothing() -> None:
    filterset = OrganisationFilter(
        QueryDict("monde=terrain"), Organisation.objects.for_list(timezone.localdate()).none()
    )
    assert (filterset.found, filterset.total, names(filterset)) == (0, 0, [])


def test_long_counts_are_kept_short_ones_never(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filtered().total == 3
    OrganisationFactory()
    assert filtered().total == 4
    monkeypatch.setattr(counts, "KEEP_ABOVE", 3)
    assert filtered().total == 4
    OrganisationFactory()
    assert filtered().total == 4  # kept
    assert filtered("monde=terrain").total == 5  # another question
    cache.clear()
    assert filtered().total == 5


def test_counts_of_what_another_reader_may_see_are_not_shared(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "KEEP_ABOVE", 0)
    today = timezone.localdate()
    everything = OrganisationFilter(QueryDict(), Organisation.objects.for_list(today))
    members = OrganisationFilter(QueryDict(), Organisation.objects.for_list(today).filter(is_member=True))
    assert (everything.total, members.total) == (3, 1)
