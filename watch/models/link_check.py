"""What the portal found when it last followed the link of an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.outgoing.links import Problem
from watch.enums import LinkState
from watch.models.item import WatchItem
from watch.querysets import LinkCheckQuerySet


class LinkCheck(models.Model):
    """One row an entry, about `link` as it was; once the entry has another link the row says nothing of it.

    A link that fails is `state` as before until it has failed on several days (`watch.links.services.DAYS_TO_FAIL`).
    """

    item = models.OneToOneField(
        WatchItem, models.CASCADE, verbose_name=_("entry of the watch"), related_name="link_check"
    )
    link = models.URLField(_("link"), max_length=500)
    state = models.CharField(
        pgettext_lazy("of a link", "state"), max_length=12, choices=LinkState.choices, default=LinkState.UNKNOWN
    )
    problem = models.CharField(
        pgettext_lazy("of a link", "problem"), max_length=12, choices=Problem.choices, blank=True
    )
    status = models.PositiveSmallIntegerField(_("answer of the server"), null=True, blank=True)
    moved_to = models.CharField(_("leads to"), max_length=2_000, blank=True)
    checked_at = models.DateTimeField(_("looked at"))
    next_at = models.DateTimeField(_("looked at again"))
    failing_since = models.DateTimeField(_("does not answer since"), null=True, blank=True)
    failed_on = models.DateField(_("failed last on"), null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days on which it failed"), default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a link")
        verbose_name_plural = _("looks at links")
        indexes = [models.Index(fields=["next_at"], name="watch_link_next")]
        constraints = [
            models.CheckConstraint(
                condition=Q(problem="", failing_since=None, failed_on=None, failed_days=0)
                | (Q(failing_since__isnull=False, failed_on__isnull=False, failed_days__gt=0) & ~Q(problem="")),
                name="watch_link_fails_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LinkState.GONE, LinkState.UNREACHABLE]) | ~Q(problem=""),
                name="watch_link_dead_with_problem",
            ),
            models.CheckConstraint(
                condition=Q(state=LinkState.MOVED) ^ Q(moved_to=""),
                name="watch_link_moved_with_target",
            ),
        ]

    def __str__(self) -> str:
        return self.link

    @property
    def is_dead(self) -> bool:
        return self.state in (LinkState.GONE, LinkState.UNREACHABLE)
