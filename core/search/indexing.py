"""Keeps the index in step: what triggers marked as changed is read anew when its transaction has committed.

What Django did not write (raw SQL, bulk writes) is taken up by a beat task some seconds later. Until then a changed
object is not found: what was withdrawn or taken out of a text is gone from the results with its own commit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone, translation

from core.notifications.each_row import FAULTS_OF_A_ROW, each_row
from core.search.enums import Language
from core.search.models import Passage, PendingChange
from core.search.sources import Entry, Source, sources

LONGEST = 20_000  # signs of one passage
AT_ONCE = 200  # changes indexed in one transaction
HERE = 200  # changes that a request waits for; the rest is the beat task's
_LOCK = 7_303

_BLANKS = re.compile(r"[ \t\r\f\v]+")
_MARKS = re.compile("[\ue000-\ue002]")  # by which excerpts mark the words found
_ENGLISH = re.compile(r"\b(the|of|and|to|is|are|was|were|for|with|that|this|by|from|have|has|will)\b", re.IGNORECASE)
_FRENCH = re.compile(
    r"\b(le|la|les|de|des|du|et|un|une|est|sont|pour|dans|par|sur|avec|que|qui|au|aux|en)\b", re.IGNORECASE
)


# --- following what is written ----------------------------------------------------------------------------------------


def follow(model: type[models.Model]) -> None:
    """Whatever Django writes into `model` is indexed right after its commit."""
    uid = f"core.search.{model._meta.label}"
    if model._meta.auto_created:
        m2m_changed.connect(_written, sender=model, dispatch_uid=uid)
    else:
        post_save.connect(_written, sender=model, dispatch_uid=uid)
        post_delete.connect(_written, sender=model, dispatch_uid=uid)


def _written(*, raw: bool = False, using: str = "default", **kwargs: object) -> None:
    if not raw and not any(entry[1] is index_here for entry in connection.run_on_commit):
        transaction.on_commit(index_here, robust=True)


def index_here() -> None:
    """What this transaction changed, and what else waits, up to `HERE`; nothing where another is at it."""
    index_pending(most=HERE)


def index_pending(*, most: int | None = None) -> int:
    """Reads anew what was marked as changed, and returns how many marks are gone."""
    done = 0
    while most is None or done < most:
        taken = _index_some()
        done += taken
        if taken < AT_ONCE:
            break
    return done


@transaction.atomic
def _index_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    marks = list(PendingChange.objects.order_by("pk").values_list("pk", "kind", "object_id")[:AT_ONCE])
    objects: dict[str, set[int]] = defaultdict(set)
    for _mark, kind, object_id in marks:
        objects[kind].add(object_id)
    # A change that commits after its object was read here left a mark that is not in `marks`.
    for kind, ids in objects.items():
        if source := sources().get(kind):
            _index_readable(source, sorted(ids))
    PendingChange.objects.filter(pk__in=[mark for mark, _kind, _id in marks]).delete()
    return len(marks)


def _index_readable(source: Source, ids: Sequence[int]) -> None:
    """All of them at once. Where one cannot be read they are read one by one; that one is told, and found by nobody."""
    try:
        with transaction.atomic():
            index(source, ids)
    except FAULTS_OF_A_ROW:
        Passage.objects.filter(kind=source.kind, object_id__in=ids).delete()
        each_row(source.model, ids, lambda key: index(source, [key]), now=timezone.now())


# --- writing passages -------------------------------------------------------------------------------------------------


def index(source: Source, ids: Sequence[int]) -> int:
    """Writes the passages of these objects anew, in the caller's transaction; returns their number."""
    Passage.objects.filter(kind=source.kind, object_id__in=ids).delete()
    with translation.override(settings.LANGUAGE_CODE):  # titles are kept in the language of the texts
        made = list(_passages(source, source.entries(ids)))
    Passage.objects.bulk_create(made, batch_size=500)
    _learn_words(source.kind, ids)
    return len(made)


def _passages(source: Source, entries: Iterable[Entry]) -> Iterator[Passage]:
    positions: dict[int, int] = defaultdict(int)
    for entry in entries:
        text, names = plain(entry.text), plain(entry.names)
        positions[entry.object_id] += 1
        yield Passage(
            kind=source.kind,
            object_id=entry.object_id,
            position=positions[entry.object_id],
            address=entry.address,
            public_address=entry.public_address,
            anchor=entry.anchor,
            language=language_of(f"{names} {text}"),
            title=entry.title[:300],
            names=names[:LONGEST],
            text=text[:LONGEST],
            date=entry.date,
            groups=list(entry.groups),
            mentions=list(entry.mentions),
            reserved=entry.reserved,
        )


def plain(text: str) -> str:
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip()


def language_of(text: str) -> str:
    """English where its small words are more than the French ones; else French, as the space is."""
    return Language.ENGLISH if len(_ENGLISH.findall(text)) > len(_FRENCH.findall(text)) else Language.FRENCH


_WORDS = """
    INSERT INTO search_word (key, word)
    SELECT DISTINCT ON (public.unaccent(word)) public.unaccent(word), word
    FROM search_passage p,
         unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', p.names || ' ' || p.text))) AS word
    WHERE {} AND length(word) BETWEEN 4 AND 30 AND word !~ '[0-9@/._]'
    ORDER BY public.unaccent(word), word DESC
    ON CONFLICT (key) DO NOTHING
"""


def _learn_words(kind: str, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WORDS.format("p.kind = %s AND p.object_id = ANY(%s)"), [kind, list(ids)])


@transaction.atomic
def refresh_words() -> None:
    """The words of what is in the index today; those of what is gone are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_word")
        cursor.execute(_WORDS.format("true"))


# --- anew -------------------------------------------------------------------------------------------------------------


def rebuild(told: Callable[[Source, int, int], None] = lambda source, done, total: None) -> int:
    """Writes the whole index anew, `AT_ONCE` objects a transaction, while it is being searched. Returns its passages.

    `told` hears of each source how many of its objects are done.
    """
    number = 0
    for source in sources().values():
        keys = list(source.model._default_manager.order_by("pk").values_list("pk", flat=True))
        told(source, 0, len(keys))
        done = 0
        for start in range(0, len(keys), AT_ONCE):
            ids = keys[start : start + AT_ONCE]
            with transaction.atomic():
                _hold()
                number += index(source, ids)
            done += len(ids)
            told(source, done, len(keys))
        gone = Passage.objects.filter(kind=source.kind).exclude(
            object_id__in=source.model._default_manager.values("pk")
        )
        gone.delete()
    Passage.objects.exclude(kind__in=sources()).delete()
    refresh_words()
    index_pending()
    return number


def _hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
