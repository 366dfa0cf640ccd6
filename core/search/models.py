"""The index: passages, what waits to be written into it, and the words that mistyped ones may have meant."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDateField
from core.search.enums import Language


class Passage(models.Model):
    """What one hit of a search leads to: an object, or one paragraph of it. A copy that can be made anew at any time.

    `kind` is that of its source, `object_id` the key of the source's row. `names` are what it is called by and weigh
    most; `title` is shown only. `groups` are what results are narrowed to, "cycle:2024"; `mentions` what the text names
    by a link of its own, "organisation:12" (`core.richtext.mentions`). A `reserved` passage fewer may
    read than the object itself: who, its source says.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    position = models.PositiveIntegerField(default=0)  # within its object
    address = models.CharField(max_length=300)
    public_address = models.CharField(max_length=300, blank=True)
    anchor = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FRENCH)
    title = models.CharField(max_length=300)
    names = models.TextField(blank=True)
    text = models.TextField(blank=True)
    date = PartialDateField(null=True)
    groups = ArrayField(models.CharField(max_length=40), default=list)
    mentions = ArrayField(models.CharField(max_length=90), default=list)
    reserved = models.BooleanField(default=False)
    vector = models.GeneratedField(
        expression=Func(F("names"), F("text"), F("language"), function="search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        indexes = [
            GinIndex(fields=["vector"], name="passage_vector", fastupdate=False),
            models.Index(fields=["kind", "object_id"], name="passage_of_object"),
            GinIndex(fields=["mentions"], name="passage_mentions", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.title}"


class PendingChange(models.Model):
    """That an object has changed and is to be read anew. Triggers write it; until it is gone the object is not found."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        indexes = [models.Index(fields=["kind", "object_id"], name="pending_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Word(models.Model):
    """A word of the index as it is written, by its letters without accents. May be of a passage that is gone."""

    key = models.CharField(max_length=40, primary_key=True)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")
        indexes = [GistIndex(OpClass(F("key"), "gist_trgm_ops"), name="word_by_likeness")]

    def __str__(self) -> str:
        return self.word
