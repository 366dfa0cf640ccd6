"""Reads of this app. What a reader may see is asked of `funding.visibility`, never decided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower, Upper
from django.db.models.lookups import Contains

from funding.enums import CONTRACT_STATES, GRANTED_STATES, OPEN_STATES, OPEN_UPDATES, AmountAudience, FrozenAudience

if TYPE_CHECKING:
    from funding.visibility import Visibility


# What a funding itself is called by, one below the other, as its trigram index holds it (`CONCAT` cannot be indexed).
CALLED = Upper(
    Func(
        F("reference"),
        F("contract_number"),
        F("decision_reference"),
        arg_joiner=" || E'\\n' || ",  # in the order of the alphabet, or each migration would find it changed
        template="(%(expressions)s)",
    )
)


class FunderQuerySet(models.QuerySet):
    def by_name(self) -> FunderQuerySet:
        return self.select_related("organisation").order_by("organisation__name", "pk")

    def amounts_for(self, organisation_id: int) -> AmountAudience:
        """Who sees the amounts of a new funding of this organisation, where nobody says otherwise."""
        found = self.filter(organisation=organisation_id).values_list("amounts_for", flat=True).first()
        return AmountAudience(found or AmountAudience.MEMBERS)


class ProgrammeQuerySet(models.QuerySet):
    def for_page(self) -> ProgrammeQuerySet:
        from funding.models import Commitment

        return self.select_related("lead", "follows").prefetch_related(
            "followed_by", Prefetch("commitments", Commitment.objects.prefetch_related("partners"))
        )


class InitiativeQuerySet(models.QuerySet):
    def seen_by(self, visibility: Visibility) -> InitiativeQuerySet:
        return self.filter(visibility.initiatives())

    def acting_in(self, region_code: str) -> InitiativeQuerySet:
        """Initiatives that name the region, also among others; those of the whole country are not counted."""
        return self.filter(regions__contains=[region_code])

    def borne_outside(self, key: str) -> InitiativeQuerySet:
        """Initiatives of one bearer that is not in the directory (`Initiative.bearer_key`)."""
        return self.filter(bearer=None, bearer_key=key)

    def funded_by(self, organisation: object) -> InitiativeQuerySet:
        """Initiatives to which `organisation` has agreed a funding."""
        from funding.models import FundingLineFact

        lines = FundingLineFact.objects.filter(funder=organisation, initiative=OuterRef("pk"))
        return self.filter(Exists(lines))

    def matching(self, text: str) -> InitiativeQuerySet:
        """Initiatives whose words (title, sentence, place, bearer, reference) hold every word of `text`."""
        query = self
        for word in text.split():
            query = query.filter(found_by__words__contains=Lower(Func(Value(word), function="UNACCENT")))
        return query

    def with_totals(self, visibility: Visibility) -> InitiativeQuerySet:
        """Adds `agreed` (euros the reader may see), `funder_count` and `undisclosed` (granted lines of undisclosed amount)."""
        from funding.models import FundingLine

        here = FundingLine.objects.order_by().granted().filter(initiative=OuterRef("pk")).values("initiative")
        total = here.filter(visibility.amounts()).annotate(total=Sum(F("amount_agreed") + F("amount_amended")))
        zero = Value(0, models.DecimalField(max_digits=14, decimal_places=2))
        return self.annotate(
            agreed=Coalesce(Subquery(total.values("total")), zero),
            funder_count=Coalesce(Subquery(here.annotate(n=Count("funder", distinct=True)).values("n")), 0),
            undisclosed=Coalesce(Subquery(here.exclude(visibility.amounts()).annotate(n=Count("pk")).values("n")), 0),
        )

    def for_list(self, visibility: Visibility) -> InitiativeQuerySet:
        return self.select_related("bearer", "programme").with_totals(visibility)

    def for_page(self, visibility: Visibility) -> InitiativeQuerySet:
        """One initiative with all that its page shows, in a fixed number of queries."""
        from funding.models import FundingLine, InitiativeDocument, StageChange

        lines = FundingLine.objects.seen_by(visibility).select_related("funder").order_by("-decided_on", "pk")
        documents = InitiativeDocument.objects.select_related("file")
        return (
            self.seen_by(visibility)
            .select_related("bearer", "programme", "prepared_by")
            .with_totals(visibility)
            .prefetch_related(
                Prefetch("lines", lines, to_attr="seen_lines"),
                Prefetch("stage_changes", StageChange.objects.order_by("pk")),
                Prefetch("documents", documents),
                "schemes__organisation",
                "sessions",
            )
        )


class FundingLineQuerySet(models.QuerySet):
    def seen_by(self, visibility: Visibility) -> FundingLineQuerySet:
        return self.filter(visibility.initiatives("initiative__") & visibility.lines())

    def amounts_seen_by(self, visibility: Visibility) -> FundingLineQuerySet:
        """The lines whose amounts may be shown or added up for this reader."""
        return self.filter(visibility.initiatives("initiative__") & visibility.amounts())

    def of(self, initiatives: InitiativeQuerySet) -> FundingLineQuerySet:
        """Lines of a (filtered) list of initiatives: each line once, whatever the list joins."""
        return self.filter(initiative__in=initiatives.order_by().values("pk"))

    def granted(self) -> FundingLineQuerySet:
        return self.filter(state__in=GRANTED_STATES)

    def contracted(self) -> FundingLineQuerySet:
        return self.filter(state__in=CONTRACT_STATES, signed_on__isnull=False)

    def given_by(self, *organisations: object) -> FundingLineQuerySet:
        return self.filter(funder__in=organisations)

    def for_list(self) -> FundingLineQuerySet:
        return self.select_related("initiative", "funder").order_by("-decided_on", "pk")

    def matching(self, text: str) -> FundingLineQuerySet:
        """Fundings of which every word of `text` stands in what it is called by or in its initiative's words."""
        query = self
        for word in text.split():
            query = query.filter(_called(word))
        return query

    def for_page(self) -> FundingLineQuerySet:
        from funding.models import Payment

        payments = Payment.objects.select_related("instalment").order_by("paid_on", "pk")
        return self.select_related("initiative__programme", "funder").prefetch_related(
            "amendments", "instalments", Prefetch("payments", payments), "reports", "changes__by"
        )


def _called(word: str) -> Q:
    """Of a funding, or of the row kept of it, which has its key: whether it or its initiative is called by `word`."""
    from funding.models import FundingLine, Initiative

    lines = FundingLine.objects.order_by().filter(Contains(CALLED, Upper(Value(word))))
    return Q(initiative__in=Initiative.objects.order_by().matching(word).values("pk")) | Q(pk__in=lines.values("pk"))


class FundingLineFactQuerySet(models.QuerySet):
    """As over fundings, for all of them are granted."""

    def matching(self, text: str) -> FundingLineFactQuerySet:
        query = self
        for word in text.split():
            query = query.filter(_called(word))
        return query

    def seen_by(self, visibility: Visibility) -> FundingLineFactQuerySet:
        return self.filter(visibility.initiatives())

    def amounts_seen_by(self, visibility: Visibility) -> FundingLineFactQuerySet:
        return self.filter(visibility.initiatives() & visibility.amounts())

    def of(self, initiatives: InitiativeQuerySet) -> FundingLineFactQuerySet:
        return self.filter(initiative__in=initiatives.order_by().values("pk"))

    def given_by(self, *organisations: object) -> FundingLineFactQuerySet:
        return self.filter(funder__in=organisations)

    def granted(self) -> FundingLineFactQuerySet:
        return self


class InstalmentQuerySet(models.QuerySet):
    def to_pay(self, *, until: dt.date) -> InstalmentQuerySet:
        """Instalments of open lines due on or before `until` that are not paid in full; adds `left`."""
        return (
            self.filter(due_on__lte=until, amount_paid__lt=F("amount"), line__state__in=OPEN_STATES)
            .annotate(left=F("amount") - F("amount_paid"))
            .select_related("line__initiative__bearer", "line__funder")
            .order_by("due_on", "pk")
        )


class FinancialReportQuerySet(models.QuerySet):
    def late(self, *, today: dt.date) -> FinancialReportQuerySet:
        """Reports expected before `today` that have not come."""
        return (
            self.filter(due_on__lt=today, received_on=None)
            .select_related("line__initiative__bearer", "line__funder")
            .order_by("due_on", "pk")
        )


class UpdateQuerySet(models.QuerySet):
    def seen_by(self, visibility: Visibility) -> UpdateQuerySet:
        return self.filter(visibility.updates())

    def awaited(self) -> UpdateQuerySet:
        """Asked for and not received, the one that is longest due first."""
        return (
            self.filter(state__in=OPEN_UPDATES)
            .select_related("initiative__bearer", "initiative__prepared_by")
            .order_by("due_on", "pk")
        )

    def kept_by(self, organisations: object) -> UpdateQuerySet:
        """Updates of the initiatives that these organisations keep: they ask for them."""
        return self.filter(initiative__prepared_by__in=organisations)


class BearerContactQuerySet(models.QuerySet):
    def running(self) -> BearerContactQuerySet:
        return self.filter(ended_at=None, user__is_active=True)


class FrozenFiguresQuerySet(models.QuerySet):
    def seen_by(self, organisations: Iterable[int]) -> FrozenFiguresQuerySet:
        """Those for all members, and those of the reader's own organisations, also where a double of it froze them."""
        own = Q(organisation__in=organisations) | Q(organisation__merged_into__in=organisations)
        return self.filter(Q(audience=FrozenAudience.MEMBERS) | own)

    def for_list(self) -> FrozenFiguresQuerySet:
        return self.defer("content").select_related("organisation", "by").order_by("-as_of", "-frozen_at", "-pk")
