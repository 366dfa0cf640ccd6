"""The aims of the design, each with what was measured; and the table that is printed."""

from __future__ import annotations

from dataclasses import dataclass

from bench.measure import Figures
from bench.reports import ReportFigures
from bench.workers import EARLY, WorkerFigures

PAGES = {
    "home, signed in": "/",
    "session list": "/sessions/",
    "session list, one filter": "/sessions/?format_session=atelier",
    "session list, text": "/sessions/?q=commun",
    "session list, last page": "/sessions/?tri=anciennes",
    "session page": "/sessions/21/",
    "minutes page": "/sessions/21/compte-rendu/",
    "decisions": "/decisions/",
    "members": "/membres/",
}
Found = dict[str, Figures]


@dataclass(frozen=True)
class Aim:
    """`measured` against `aim`; smaller is better unless `least`."""

    what: str
    measured: float
    aim: float
    least: bool = False

    @property
    def reached(self) -> bool:
        return self.measured >= self.aim if self.least else self.measured <= self.aim


def rows(figures: dict[str, Found], printed: ReportFigures | None, crowd: WorkerFigures | None) -> list[Aim]:
    """Every aim that this run can judge."""
    first, last = (figures[step] for step in (min(figures, key=int), max(figures, key=int)))
    plain, bare = last["plain view, 50 rows"], last["bare view"]
    found = [Aim(f"{name}: queries", last[name].queries, 20 if name.startswith("home") else 12) for name in PAGES]
    found += [
        Aim(f"{name}: queries more with many sessions", last[name].queries - first[name].queries, 0) for name in PAGES
    ]
    found += [
        Aim(f"{name}: CPU, times the plain view", last[name].cpu / plain.cpu, 3)
        for name in ("session list", "session page")
    ]
    found.append(
        Aim("session page: requests, share of the bare view's", bare.wall / last["session page"].wall, 0.15, least=True)
    )
    found += [
        Aim(f"{name}: p95, times that with few sessions", last[name].p95 / first[name].p95, 1.25)
        for name in ("session list", "session list, one filter", "session page")
    ]
    found.append(Aim("session list, text: p95 in ms", last["session list, text"].p95, 500))
    if printed:
        found += [
            Aim("report, request to file: times WeasyPrint alone", printed.whole / printed.bare, 1.15),
            Aim("report asked for again: milliseconds, times a bare report", printed.again / printed.bare, 0.1),
        ]
    if crowd:
        found.append(
            Aim(
                f"{crowd.reports} reports on two workers, share of bare pace",
                crowd.bare / crowd.workers,
                0.9,
                least=True,
            )
        )
    if crowd and crowd.lasting:
        found.append(Aim(f"memory after {crowd.lasting} reports, times after {EARLY}", crowd.late / crowd.early, 1.1))
    return found


def text(figures: dict[str, Found], aims: list[Aim], *, of: str = "sessions") -> str:
    """Two tables for the terminal."""
    lines = [f"{'':34}{'wall ms':>9}{'p95':>9}{'CPU':>9}{'SQL':>9}{'queries':>9}{'rows':>8}{'kB':>8}"]
    for step, found in figures.items():
        lines.append(f"{step} {of}")
        lines += [
            f"  {name:32}{value.wall:9.2f}{value.p95:9.2f}{value.cpu:9.2f}{value.sql:9.2f}"
            f"{value.queries:9}{value.rows:8}{value.size / 1000:8.1f}"
            for name, value in found.items()
        ]
    lines += ["", f"{'aim':64}{'measured':>10}{'aim':>8}"]
    for aim in aims:
        sign = "≥" if aim.least else "≤"
        verdict = "" if aim.reached else "   not reached"
        lines.append(f"{aim.what:64}{aim.measured:10.2f}{sign:>3}{aim.aim:5g}{verdict}")
    return "\n".join(lines)
