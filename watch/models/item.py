"""One entry of the watch, of whatever kind: what it says, where it comes from, where it stands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.db.audit import track
from core.db.collation import FRENCH
from core.enums import SDG
from core.partial_dates import PartialDateField
from core.partial_dates.fields import not_before
from watch.enums import OUT, Beneficiary, ItemState, Kind, Licence, Purpose
from watch.querysets import WatchItemQuerySet

_OF_ONE = (
    Q(session__isnull=False, cycle__isnull=True, initiative__isnull=True)
    | Q(session__isnull=True, cycle__isnull=False, initiative__isnull=True)
    | Q(session__isnull=True, cycle__isnull=True, initiative__isnull=False)
)
_OF_NONE = Q(session__isnull=True, cycle__isnull=True, initiative__isnull=True)


@track
class WatchItem(models.Model):
    """One model for every kind: they are found, checked, published and exported together, and share most of what is
    said of them. `watch.items.forms` knows which fields a kind has; those it has not stay empty.

    `answer` is what the animators last told its contributor: why it came back, was refused or withdrawn.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(pgettext_lazy("of an entry of the watch", "kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200, db_collation=FRENCH)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.TextField(_("description"), max_length=20_000, blank=True)
    author = models.CharField(_("author or publisher"), max_length=200, blank=True)
    dated_on = PartialDateField(pgettext_lazy("of a publication", "date"), null=True, blank=True)
    themes = ArrayField(models.CharField(max_length=60), verbose_name=_("themes"), default=list, blank=True)
    sdgs = ArrayField(
        models.PositiveSmallIntegerField(choices=SDG.choices),
        verbose_name=_("Sustainable Development Goals"),
        default=list,
        blank=True,
    )
    regions = models.ManyToManyField("core.Region", verbose_name=_("regions"), blank=True, related_name="+")
    is_national = models.BooleanField(_("the whole country"), default=False)
    place = models.CharField(_("place"), max_length=160, blank=True)

    # support schemes
    purpose = models.CharField(_("answers to"), max_length=10, choices=Purpose.choices, blank=True)
    opens_on = PartialDateField(_("opens on"), null=True, blank=True)
    closes_on = PartialDateField(_("closes on"), null=True, blank=True)
    beneficiaries = ArrayField(
        models.CharField(max_length=12, choices=Beneficiary.choices),
        verbose_name=pgettext_lazy("of a support scheme", "for whom"),
        default=list,
        blank=True,
    )
    financers = models.CharField(_("financed by"), max_length=300, blank=True)
    rates = models.CharField(_("rates and amounts"), max_length=300, blank=True)
    contact = models.CharField(pgettext_lazy("of a support scheme", "contact"), max_length=300, blank=True)

    # needs studies
    competences = models.ManyToManyField(
        "members.Competence", verbose_name=_("competences looked for"), blank=True, related_name="watch_items"
    )

    # lessons
    session = models.ForeignKey(
        "sessions_app.Session",
        models.PROTECT,
        verbose_name=_("session"),
        null=True,
        blank=True,
        related_name="lessons",
    )
    cycle = models.ForeignKey(
        "sessions_app.Cycle", models.PROTECT, verbose_name=_("cycle"), null=True, blank=True, related_name="lessons"
    )
    initiative = models.ForeignKey(
        "funding.Initiative",
        models.PROTECT,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        related_name="lessons",
    )

    # where it comes from
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, verbose_name=_("document"), null=True, blank=True, related_name="+"
    )
    source = models.CharField(pgettext_lazy("of a fact", "source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=10, choices=Licence.choices, blank=True)

    # where it stands
    state = models.CharField(
        pgettext_lazy("of an entry of the watch", "state"),
        max_length=10,
        choices=ItemState.choices,
        default=ItemState.DRAFT,
    )
    is_public = models.BooleanField(_("open to everybody as open data"), default=False)
    is_fictional = models.BooleanField(_("fictional"), default=False)
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("contributed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("contributed for"),
        null=True,
        blank=True,
        related_name="watch_items",
    )
    created_at = models.DateTimeField(_("entered at"))
    changed_at = models.DateTimeField(_("changed at"))
    submitted_at = models.DateTimeField(_("sent to be checked at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    expired_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    answer = models.TextField(_("answer of the animators"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("version of the row"), default=1, editable=False)

    objects = WatchItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the watch")
        verbose_name_plural = _("entries of the watch")
        indexes = [
            models.Index(fields=["state", "-published_at"], name="watch_published"),
            models.Index(fields=["contributor", "-changed_at"], name="watch_contributed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.SCHEME) ^ Q(purpose=""),
                name="watch_scheme_has_purpose",
                violation_error_message=_("Say what this support scheme answers to."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=Kind.LESSON) & _OF_ONE) | (~Q(kind=Kind.LESSON) & _OF_NONE),
                name="watch_lesson_of_one",
                violation_error_message=_(
                    "A lesson is that of a session, of a cycle or of an initiative: one of the three."
                ),
            ),
            not_before("opens_on", "closes_on", name="watch_dates_in_order", message=_("It closes after it opens.")),
            models.CheckConstraint(
                condition=Q(state__in=OUT, published_at__isnull=False)
                | (~Q(state__in=OUT) & Q(published_at__isnull=True)),
                name="watch_published_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.EXPIRED, expired_at__isnull=False)
                | (~Q(state=ItemState.EXPIRED) & Q(expired_at__isnull=True)),
                name="watch_ended_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.DRAFT, submitted_at__isnull=True)
                | (~Q(state=ItemState.DRAFT) & Q(submitted_at__isnull=False)),
                name="watch_submitted_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.REFUSED) | ~Q(answer=""),
                name="watch_refused_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("watch:item", args=[self.slug])

    @property
    def is_out(self) -> bool:
        """Whether members read it."""
        return self.state in OUT

    @property
    def is_scheme(self) -> bool:
        return self.kind == Kind.SCHEME

    @property
    def beneficiary_labels(self) -> list[str]:
        return [str(choice.label) for choice in Beneficiary if choice.value in self.beneficiaries]

    @property
    def extension(self) -> str:
        """ "PDF", "ODT" …; nothing without a document."""
        return self.file.original_name.rpartition(".")[2].upper() if self.file else ""
