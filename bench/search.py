"""Paragraphs by the hundred thousand, and the search over them: pages and what is offered while somebody types.

The paragraphs are made by SQL, some hundreds for each version of minutes of the demonstration, out of a vocabulary in
which few words are common and many are rare, as in a language. The same at every run (`setseed`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bench import measure
from bench.readers import member_cookies
from bench.table import Aim
from core.search import indexing
from core.search.models import Passage

MANY = 600_000
LATENCY, TYPING = 150, 60  # ms, p95
# Words are numbers in letters, the smaller the commoner, so that they begin unlike: 1 is "bbbbcage", 18711 "cljccage".
PAGES = {
    "search, a rare word": "/recherche/?q=cljccage",
    "search, a common word": "/recherche/?q=bbbbcage",
    "search, three words": "/recherche/?q=bbbbcage+bbbbjage+bbbgbage",
    "search, a phrase": "/recherche/?q=%22bbbbcage+bbbbbage%22",
    "search, a facet": "/recherche/?q=bbbbcage&type=compte-rendu",
    "search, an organisation": "/recherche/?q=Fondation+des+Territoires",
    "search, a slip": "/recherche/?q=fondaton",
}
SUGGESTIONS = {
    "suggestions, two signs": "/recherche/suggestions/?q=fo",
    "suggestions, six signs": "/recherche/suggestions/?q=fondat",
    "suggestions, a common beginning": "/recherche/suggestions/?q=bbbb",
}
PARAGRAPHS = """
INSERT INTO search_passage
  (kind, object_id, position, address, public_address, anchor, language, title, names, text, date, groups, reserved)
SELECT 'compte-rendu', versions[1 + n %% cardinality(versions)], 1000 + n, '/sessions/21/compte-rendu/', '',
  'point-1-p' || n, 'fr', 'Paragraphe de mesure', '',
  (SELECT string_agg(
     translate(lpad(floor(20000 * power(random(), 4))::text, 5, '0'), '0123456789', 'bcdfghjklm') || 'age', ' ') FROM generate_series(1, 40) WHERE n > 0),
  daterange(date '2020-03-20' + n %% 2000, date '2020-03-21' + n %% 2000), ARRAY['cycle:' || 2020 + n %% 5]::varchar(40)[], false
FROM generate_series(1, %(missing)s) AS n,
  (SELECT array_agg(object_id ORDER BY object_id) AS versions
   FROM (SELECT DISTINCT object_id FROM search_passage WHERE kind = 'compte-rendu' AND position < 1000) AS found) AS v
"""


def grow(wanted: int) -> None:
    """Adds paragraphs until there are `wanted` passages."""
    missing = wanted - Passage.objects.count()
    if missing > 0:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT setseed(0.21)")
            cursor.execute(PARAGRAPHS, {"missing": missing})
    indexing.refresh_words()
    with connection.cursor() as cursor:
        for table in ("search_passage", "search_word", "search_pendingchange"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def run(*, times: int, say: Callable[[str], None], paragraphs: int = MANY) -> dict[str, dict[str, measure.Figures]]:
    settings.SEARCH_REQUESTS = 1_000_000  # one reader asks for all of it
    call_command("load_demo", verbosity=0)
    indexing.rebuild()
    grow(paragraphs)
    cookies = member_cookies()
    found: dict[str, measure.Figures] = {}
    for name, address in (PAGES | SUGGESTIONS).items():
        found[name] = measure.measure(measure.Page(address, cookies=cookies), times=times)
        say(f"  {paragraphs} passages, {name}: {found[name].wall:.0f} ms, {found[name].queries} queries")
    return {str(paragraphs): found}


def aims(figures: dict[str, dict[str, measure.Figures]]) -> list[Aim]:
    (found,) = figures.values()
    return [Aim(f"{name}: p95 in ms", found[name].p95, LATENCY) for name in PAGES] + [
        Aim(f"{name}: p95 in ms", found[name].p95, TYPING) for name in SUGGESTIONS
    ]
