"""Runs the bench: grows the data step by step, measures pages and reports, prints a table, writes one JSON file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # where the folder itself stood
STEPS = (21, 2_000, 20_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=STEPS, help="how many sessions (default: %(default)s)")
    parser.add_argument("--times", type=int, default=200, help="requests for each figure (default: %(default)s)")
    parser.add_argument("--reports", type=int, default=15, help="reports to make, 0 for none (default: %(default)s)")
    parser.add_argument("--crowd", type=int, default=100, help="reports for two workers, 0 for none (default: 100)")
    parser.add_argument(
        "--lasting", type=int, default=0, help="reports for the memory of one worker; the aim is at 500"
    )
    parser.add_argument("--funding", action="store_true", help="the pages of funding over a million fundings instead")
    parser.add_argument("--search", type=int, nargs="?", const=600_000, help="the search over so many passages instead")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results", help="folder of the JSON file")
    chosen = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.db import connection

    from bench import data, funding, measure, reports, search, table, workers
    from bench.readers import member_cookies, reader

    connection.ensure_connection()
    if chosen.funding:
        found = funding.run(times=min(chosen.times, 20), say=say)
        aims = funding.aims(found)
        print(table.text(found, aims, of="fundings"))
        write(chosen.out, found, None, aims)
        return
    if chosen.search:
        found = search.run(times=min(chosen.times, 40), say=say, paragraphs=chosen.search)
        aims = search.aims(found)
        print(table.text(found, aims, of="passages"))
        write(chosen.out, found, None, aims)
        return
    figures: dict[str, dict[str, measure.Figures]] = {}
    sessions = data.load()
    for step in chosen.steps:
        began = time.monotonic()
        sessions = data.grow(step) if step > sessions else sessions
        say(f"{sessions} sessions ({time.monotonic() - began:.0f} s to make)")
        cookies = member_cookies()
        found = figures[str(sessions)] = {}
        with measure.bare_chain():
            found["bare view"] = measure.measure(measure.Page("/bare/"), times=chosen.times)
            found["plain view, 50 rows"] = measure.measure(measure.Page("/plain/"), times=chosen.times)
        for name, address in table.PAGES.items():
            found[name] = measure.measure(measure.Page(address, cookies=cookies), times=chosen.times)
            say(f"  {name}: {found[name].wall:.1f} ms, {found[name].queries} queries")
    printed = reports.measure(reader(), times=chosen.reports) if chosen.reports else None
    skip = chosen.reports + reports.WARM_UP
    crowd = workers.measure(reader(), reports=chosen.crowd, lasting=chosen.lasting, skip=skip) if chosen.crowd else None
    rows = table.rows(figures, printed, crowd)
    print(table.text(figures, rows))
    write(chosen.out, figures, printed, rows, crowd)


def write(folder: Path, figures: dict, printed: object, aims: list, crowd: object = None) -> None:
    """One JSON file with everything that was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    target.write_text(
        json.dumps(
            {
                "machine": {
                    "processors": os.cpu_count(),
                    "system": platform.platform(),
                    "python": platform.python_version(),
                },
                "pages": {
                    step: {name: asdict(value) for name, value in found.items()} for step, found in figures.items()
                },
                "reports": asdict(printed) if printed else None,
                "workers": asdict(crowd) if crowd else None,
                "aims": [asdict(row) for row in aims],
            },
            indent=2,
        )
        + "\n"
    )
    say(f"written: {target}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
