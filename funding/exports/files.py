"""Filtered lists as files: small ones at once, long ones and PDF by the worker, all from the same query.

    return files.answer(request, wanted, ListPage.DETAIL, filterset, lambda: exports.lines(…))
    kinds: ListTable (CSV, XLSX, open formats) and ListPrint (PDF), whose subject is a `ListFile`

The worker reads with the eyes of who asked, as they are when it reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.filters import FilterSet
from core.jobs import FailureError
from core.reports import errors
from core.reports.registry import FileKind, FileType, Fingerprint, ModelReportKind, ReportContent
from core.tables import Download, respond
from funding import exports
from funding.dashboard.filters import dashboard_filter
from funding.enums import ListPage
from funding.exports import printed
from funding.filters import InitiativeFilter, LineFilter
from funding.models import FundingLine, Initiative, ListFile
from funding.visibility import visibility_of

LIST_TABLE, LIST_PRINT = "list-table", "list-print"
MOST_AT_ONCE = 3_000  # rows that a request still writes by itself
MOST_PRINTED = 3_000  # rows of a PDF: some seventy pages
TOO_LONG_TO_PRINT = errors.register(
    "too_long_to_print",
    _("This list is too long for a PDF."),
    _("Narrow the filter, or choose Excel or CSV."),
)
TELL_EVERY = 250  # rows between two looks at the lease
_TYPES = {
    "csv": FileType("csv", "text/csv; charset=utf-8"),
    "xlsx": FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    exports.SCDL: FileType("csv", "text/csv; charset=utf-8"),
    exports.LEFT_OUT: FileType("csv", "text/csv; charset=utf-8"),
    exports.GIVING: FileType("json", "application/json; charset=utf-8"),
    exports.GEOJSON: FileType("geojson", "application/geo+json; charset=utf-8"),
}


def answer(
    request: HttpRequest, wanted: str, page: ListPage, filterset: FilterSet, small: Callable[[], Download]
) -> HttpResponseBase:
    """The file at once where it is short, else the page where it is asked of the worker."""
    if wanted != exports.PDF and filterset.found <= MOST_AT_ONCE:
        return respond(small())
    return redirect(asking(page, wanted, filterset))


def asking(page: ListPage, wanted: str, filterset: FilterSet) -> str:
    query = filterset.address(page_filtree=page, fichier=wanted).removeprefix("?")
    return f"{reverse('funding:file-ask')}?{query}"


def filterset_of(page: str, query: str, user: User) -> FilterSet:
    """The filter of a list over what `user` may see now."""
    visibility, given = visibility_of(user), QueryDict(query)
    if page == ListPage.INITIATIVES:
        rows = Initiative.objects.seen_by(visibility)
        rows = rows.with_totals(visibility) if given.get("tri") == "montant" else rows
        return InitiativeFilter(given, rows, visibility=visibility)
    if page == ListPage.OWN:
        return LineFilter(given, FundingLine.objects.given_by(*visibility.funders))
    return dashboard_filter(given, visibility)


def kind_of(file: ListFile) -> str:
    return LIST_PRINT if file.format == exports.PDF else LIST_TABLE


class _OfListFile(ModelReportKind):
    subject_kind = "list-file"
    model = ListFile

    def rows(self) -> QuerySet:
        return ListFile.objects.select_related("by")

    def right_to_request(self, subject: ListFile) -> tuple[str, ListFile]:
        return "funding.fetch_file", subject

    def fingerprint(self, subject: ListFile, language: str) -> Fingerprint:
        """Each request is a file of its own: the records may have changed since the last."""
        return Fingerprint(title_of(subject), None, {"request": str(subject.public_id)})


def title_of(file: ListFile) -> str:
    return f"{str(file.get_page_display()).capitalize()} ({file.format.upper()})"


class ListTable(FileKind, _OfListFile):
    name = LIST_TABLE
    label = _("filtered list")
    queue = "long"

    def file_type(self, subject: ListFile) -> FileType:
        return _TYPES[subject.format]

    def write(self, subject: ListFile, language: str, file: IO[bytes], tell: Callable[[int, int | None], None]) -> str:
        filterset = filterset_of(subject.page, subject.query, subject.by)
        made = download(subject, filterset, watch=_counting(tell, filterset.found))
        with contextlib.closing(made.pieces) as pieces:
            file.writelines(pieces)
        return made.name


def download(file: ListFile, filterset: FilterSet, *, watch: exports.Watch = iter) -> Download:
    """The rows of `filterset` in the format of `file`."""
    options = {"found": filterset.qs, "filterset": filterset, "now": file.asked_at, "watch": watch}
    if file.page == ListPage.INITIATIVES:
        return exports.initiatives(file.format, visibility=visibility_of(file.by), **options)
    return exports.lines(file.format, **options)


def _counting(tell: Callable[[int, int | None], None], total: int) -> exports.Watch:
    def watch(rows: Iterable[Any]) -> Iterator[Any]:
        for number, row in enumerate(rows, start=1):
            if number % TELL_EVERY == 0:
                tell(number, total)
            yield row

    return watch


class ListPrint(_OfListFile):
    name = LIST_PRINT
    label = _("filtered list, as PDF")
    template = "reports/print/list.html"
    stylesheet = "print/funding.css"

    def content(self, subject: ListFile, language: str) -> ReportContent:
        filterset = filterset_of(subject.page, subject.query, subject.by)
        if filterset.found > MOST_PRINTED:  # it has grown since it was asked for
            raise FailureError(TOO_LONG_TO_PRINT)
        made = printed.contents(subject, filterset, visibility_of(subject.by))
        title = made.title
        return ReportContent(
            title=title,
            filename=f"{title}.pdf",
            context=made.context,
            created=subject.asked_at,
            images=made.images,
        )
