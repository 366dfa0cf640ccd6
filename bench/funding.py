"""Initiatives and fundings by the hundred thousand, and the pages of funding over them.

Made by SQL as the owner with the triggers asleep; the sums that triggers keep are written as they would be, and
what they keep beside is made by their own functions. The figures are random but the same at every run (`setseed`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction

from bench import measure
from bench.readers import member_cookies
from bench.table import Aim
from funding.models import FundingLine, Initiative
from funding.tasks import keep_figures

FEW, MANY = 1_000, 1_000_000  # fundings
LINES_EACH = 10  # fundings of one initiative
FIRST = 10_000_000  # keys of what is made here
TABLES = ("funding_initiative", "funding_fundingline", "funding_payment")
KEPT = ("funding_initiativesearchindex", "funding_fundinglinefact")  # what triggers keep beside them
DASHBOARD = {
    "dashboard": "/financements/",
    "dashboard, one year": "/financements/?annee=2024",
    "dashboard, one region": "/financements/?region=84",
    "dashboard, one funder": "/financements/?financeur=fonds-odd-17",
    "dashboard, one programme": "/financements/?programme=reussir-ensemble",
    "dashboard, one stage": "/financements/?stade=en-cours",
    "dashboard, one goal": "/financements/?odd=11",
    "dashboard, five filters": "/financements/?annee=2024&region=84&financeur=fonds-odd-17&stade=en-cours&odd=11",
}
LISTS = {
    "initiatives": "/initiatives/",
    "initiatives, one region": "/initiatives/?region=84",
    "initiatives, one stage": "/initiatives/?stade=en-cours",
    "initiatives, one goal": "/initiatives/?odd=11",
    "initiatives, one programme": "/initiatives/?programme=reussir-ensemble",
}
ANY = {
    "initiatives, one funder": "/initiatives/?financeur=fonds-odd-17",
    "initiatives, one year": "/initiatives/?annee=2024",
    "initiatives, words": "/initiatives/?q=tiers+lieu",
    "initiatives, six filters": "/initiatives/?region=84&stade=en-cours&odd=11&financeur=fdva&annee=2024&q=lieu",
    "initiatives, by amount": "/initiatives/?tri=montant&region=84",
    "fundings one by one": "/financements/detail/?region=84&annee=2024",
    "region": "/regions/84/",
    "regions": "/regions/",
    "funder": "/financeurs/fonds-odd-17/",
    "funders": "/financeurs/",
    "programme": "/programmes/reussir-ensemble/",
}
PAGES = DASHBOARD | LISTS | ANY
FILTERED = [name for name in LISTS | ANY if name.startswith("initiatives, ")]

INITIATIVES = """
INSERT INTO funding_initiative
  (id, public_id, reference, title, slug, summary, description, bearer_id, bearer_name, bearer_siren, bearer_siret,
   bearer_rna, place, regions, is_national, sdgs, programme_id, stage, prepared_by_id, is_fictional, created_at,
   changed_at, version)
SELECT %(first)s + n, gen_random_uuid(), 'B-' || n,
  (ARRAY['Tiers-lieu', 'Épicerie solidaire', 'Recyclerie', 'Maison de santé', 'Jardin partagé', 'Café associatif'])
    [1 + n %% 6] || ' ' || (ARRAY['du bourg', 'des rives', 'du plateau', 'de la gare', 'du canton'])[1 + n %% 5]
    || ' ' || n,
  'b-' || n, 'Une initiative de mesure', '', NULL, 'Association ' || n / 3, '', '', '', '',
  CASE WHEN random() < .05 THEN '{}' WHEN random() < .9 THEN ARRAY[codes[1 + floor(random() * 18)::int]]
    ELSE ARRAY['84', '93'] END::varchar(3)[],
  FALSE,
  CASE WHEN goal = 11 THEN ARRAY[11] ELSE ARRAY[goal, 11] END,
  CASE WHEN random() < .6 THEN programmes[1 + floor(random() * cardinality(programmes))::int] END,
  (ARRAY['spotted', 'reviewed', 'funded', 'running', 'running', 'running', 'completed', 'capitalised'])
    [1 + floor(random() * 8)::int],
  funders[1], TRUE, now() - random() * interval '5 years', now() - random() * interval '2 years', 1
FROM (SELECT n, 1 + floor(random() * 17)::int AS goal FROM generate_series(%(from)s, %(to)s) AS n) AS drawn,
  (SELECT array_agg(code ORDER BY code) AS codes FROM core_region) AS r,
  (SELECT array_agg(id ORDER BY id) AS programmes FROM funding_programme) AS p,
  (SELECT array_agg(DISTINCT funder_id) AS funders FROM funding_fundingline) AS f
"""
LINES = """
INSERT INTO funding_fundingline
  (id, public_id, initiative_id, funder_id, reference, kind, state, audience, amount_requested, requested_on,
   amount_agreed, decided_on, decided_by, decision_reference, contract_number, signed_on, closed_on, reason, purpose,
   amount_amended, amount_paid, amount_returned, changed_at, version)
SELECT %(first)s + n, gen_random_uuid(), %(first)s + n / %(each)s, funders[1 + (n * 7 + n / %(each)s) %% cardinality(funders)],
  'B-' || n, 'grant', state, CASE WHEN luck < .2 THEN 'funder' WHEN luck < .7 THEN 'members' ELSE 'public' END,
  amount, day - 40, amount, day, '', '', '', CASE WHEN state <> 'agreed' THEN day + 20 END,
  CASE WHEN state = 'settled' THEN day + 400 END, '', '', 0,
  CASE WHEN state = 'agreed' THEN 0 WHEN state = 'settled' THEN amount ELSE amount / 2 END, 0, now(), 1
FROM (
  SELECT n, random() AS luck, (1000 + floor(random() * 90) * 500)::numeric(12, 2) AS amount,
    date '2020-03-20' + floor(random() * 2200)::int AS day,
    (ARRAY['agreed', 'contracted', 'contracted', 'settled'])[1 + floor(random() * 4)::int] AS state
  FROM generate_series(%(from)s, %(to)s) AS n
) AS drawn, (SELECT array_agg(DISTINCT funder_id) AS funders FROM funding_fundingline WHERE id < %(first)s) AS f
"""
PAYMENTS = """
INSERT INTO funding_payment (public_id, line_id, kind, paid_on, amount, reference)
SELECT gen_random_uuid(), id, 'payment', signed_on + 30, amount_paid, ''
FROM funding_fundingline WHERE id BETWEEN %(first)s + %(from)s AND %(first)s + %(to)s AND amount_paid > 0
"""


def load() -> None:
    call_command("load_demo", verbosity=0)


def grow(wanted: int) -> None:
    """Adds initiatives with ten fundings each until there are `wanted` fundings."""
    there = FundingLine.objects.filter(pk__gt=FIRST).count()
    missing = wanted - FundingLine.objects.count()
    if missing <= 0:
        return
    begun = Initiative.objects.filter(pk__gt=FIRST).count()
    until = (there + missing) // LINES_EACH
    with transaction.atomic(), _triggers_asleep(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.21)")
        cursor.execute(INITIATIVES, {"first": FIRST, "from": begun + 1, "to": until})
        span = {"first": FIRST, "from": (begun + 1) * LINES_EACH, "to": until * LINES_EACH + LINES_EACH - 1}
        cursor.execute(LINES, span | {"each": LINES_EACH})
        cursor.execute(PAYMENTS, span)
        made = "FROM {} WHERE id BETWEEN %(first)s + %(from)s AND %(first)s + %(to)s"
        among = {"first": FIRST, "from": begun + 1, "to": until}
        cursor.execute("SELECT count(funding_found_by_make(id)) " + made.format("funding_initiative"), among)
        cursor.execute("SELECT count(funding_count_line(id)) " + made.format("funding_fundingline"), span)
    with connection.cursor() as cursor:
        for table in (*TABLES, *KEPT):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("UPDATE funding_fundingrevision SET beats = beats + 1")  # its triggers slept


@contextmanager
def _triggers_asleep() -> Iterator[None]:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def run(*, times: int, say: Callable[[str], None], sizes: tuple[int, ...] = (FEW, MANY)) -> dict[str, dict]:
    """Every page over few and over many fundings."""
    load()
    figures: dict[str, dict[str, measure.Figures]] = {}
    for size in sizes:
        grow(size)
        found = figures[str(size)] = {}
        cookies = member_cookies()
        for name, address in PAGES.items():
            page = measure.Page(address, cookies=cookies)
            changed = after_a_change(page)
            first = after_a_change(page, keep=name in DASHBOARD)
            found[name] = measure.measure(page, times=times, warm_up=1)
            found[f"{name}, after a change"] = replace(found[name], wall=changed, p95=changed, cpu=changed)
            found[f"{name}, first"] = replace(found[name], wall=first, p95=first, cpu=first)
            say(
                f"  {size} fundings, {name}: {changed:.0f} ms after a change, {first:.0f} ms the first time,"
                f" then {found[name].wall:.0f} ms, {found[name].queries} queries"
            )
    return figures


def after_a_change(page: measure.Page, *, keep: bool = False) -> float:
    """Milliseconds of the first view after a funding was changed; with `keep` once the task has made the default view.

    Without it nothing that was kept holds any more.
    """
    page.get()  # the code itself is warm
    with connection.cursor() as cursor:
        cursor.execute("UPDATE funding_fundingrevision SET beats = beats + 1")
    cache.clear()
    if keep:
        keep_figures()
    start = time.perf_counter()
    page.get()
    return 1000 * (time.perf_counter() - start)


def aims(figures: dict[str, dict[str, measure.Figures]]) -> list[Aim]:
    few, many = figures[min(figures, key=int)], figures[max(figures, key=int)]
    found = [Aim("dashboard: times that with few fundings", many["dashboard"].wall / few["dashboard"].wall, 3)]
    found += [Aim(f"{name}: p95 in ms", many[name].p95, 1000) for name in DASHBOARD if name != "dashboard"]
    found += [Aim(f"{name}, first time: ms", many[f"{name}, first"].wall, 1000) for name in DASHBOARD]
    found += [Aim(f"{name}: p95, times that with few fundings", many[name].p95 / few[name].p95, 1.25) for name in LISTS]
    found += [Aim(f"{name}: p95 in ms", many[name].p95, 500) for name in ANY]
    found += [Aim(f"{name}, first time: ms", many[f"{name}, first"].wall, 500) for name in FILTERED]
    return found
