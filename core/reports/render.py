"""HTML to PDF: the only caller of WeasyPrint. No database, no Django models, nothing of what the report says.

Fonts and style sheets are read once in a process and kept: a fresh `FontConfiguration` for each report would
creep in memory. They belong to the process that made them, because the configuration of a parent, dropped in
a forked child, would delete the fonts that the parent still uses.
"""

from __future__ import annotations

import logging
import mimetypes
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.reports import fitting, tagging
from core.reports.enums import Step

RENDERER = f"weasyprint {weasyprint.__version__}, fitting {fitting.REVISION}"
BASE = "https://report.invalid/"  # stands for "our own files"; resolves nowhere
STATIC, IMAGES = f"{BASE}static/", f"{BASE}image/"
logger = logging.getLogger(__name__)
Progress = Callable[[Step, int, int | None], None]  # step, done, total (None while nobody can know)


class RenderError(Exception):
    """The renderer reported a problem; the report must not be handed out.

    `signs` are characters that no font on this machine can draw.
    """

    def __init__(self, problems: list[str], signs: Iterable[str] = ()) -> None:
        super().__init__("; ".join(problems[:5]))
        self.problems = problems
        self.signs = sorted(set(signs))


@dataclass(frozen=True)
class Rendered:
    pdf: bytes
    pages: int
    pages_beyond: tuple[int, ...] = ()  # on which something stands beyond the margins; in tests that is no report


def render(
    html: str,
    *,
    stylesheet: str,
    identifier: str,
    images: Mapping[str, bytes] | None = None,
    on_progress: Progress | None = None,
) -> Rendered:
    """The PDF/UA-1 of `html`, styled by `stylesheet` (a static file under print/).

    The same `html`, style sheet and `identifier` give the same bytes in any process. Raises `RenderError` for
    whatever WeasyPrint warns of: an unknown CSS rule, a missing font, picture, sign, anchor or alternative text,
    or an address that is not ours; where `settings.REPORTS_MUST_FIT`, for what stands beyond the margins too.
    Raises OSError where the fonts cannot be unpacked (disk full).
    """
    tagging.install()
    tell = on_progress or _silent
    tools = _tools()
    fetcher = _OwnFiles(images or {})
    with ExitStack() as stack:
        problems = stack.enter_context(_problems())
        stack.enter_context(_laid_out(lambda pages: tell(Step.LAYOUT, pages, None)))
        css = tools.stylesheet(stylesheet)
        try:
            parsed = HTML(string=html, base_url=BASE, url_fetcher=fetcher)
            fitting.fit(parsed.etree_element)
            document = parsed.render(pdf_variant="pdf/ua-1", font_config=tools.fonts, stylesheets=[css])
            beyond = fitting.overflows(document.pages)
            pages = len(document.pages)
            drawn = iter(range(1, pages + 1))
            tell(Step.DRAWING, 0, pages)
            stack.enter_context(tagging.after_each_page(lambda: tell(Step.DRAWING, next(drawn), pages)))
            pdf = document.write_pdf(
                pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), finisher=tagging.finish
            )
        except FatalURLFetchingError as error:  # a BaseException: Celery must not take it for a shutdown
            raise RenderError([str(error)]) from error
    problems.texts += [f"refused address: {url}" for url in fetcher.refused]  # swallowed inside pictures
    if settings.REPORTS_MUST_FIT:
        problems.texts += map(str, beyond)
    elif beyond:  # people need the report more than its margin: it is handed out; its card tells who may mend the text
        logger.error("%s: %d beyond the margins: %s", identifier, len(beyond), "; ".join(map(str, beyond[:5])))
    problems.stop()
    return Rendered(pdf, pages, tuple(sorted({each.page for each in beyond})))


def print_file(name: str) -> Path:
    """The path of a static file that may be printed; raises LookupError outside static/print/."""
    found = finders.find(name) if name.startswith("print/") and ".." not in name else None
    if found is None:
        raise LookupError(f"{name} is no file of static/print/.")
    return Path(found)


class _OwnFiles(URLFetcher):
    """Serves static/print/ and the pictures handed over; anything else does not exist."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._images = images
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = url.partition("?")[0]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        try:
            if name.startswith(IMAGES):
                body = self._images[name.removeprefix(IMAGES)]
            else:
                body = print_file(name.removeprefix(STATIC)).read_bytes()
        except LookupError:
            self.refused.append(url)
            raise FatalURLFetchingError(f"not one of our files: {url}") from None
        return URLFetcherResponse(url, body, {"Content-Type": kind})


@dataclass
class _Tools:
    """What a process keeps between reports."""

    pid: int = field(default_factory=os.getpid)
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    sheets: dict[str, CSS] = field(default_factory=dict)

    def stylesheet(self, name: str) -> CSS:
        """The parsed sheet with its fonts; one that has a fault is never kept, or only its first report would fail."""
        if name not in self.sheets:
            source = print_file(name).read_text(encoding="utf-8")
            try:
                with _problems() as problems:
                    sheet = CSS(
                        string=source, base_url=STATIC + name, url_fetcher=_OwnFiles({}), font_config=self.fonts
                    )
                problems.stop()
            except (OSError, RenderError):
                let_go()  # a font may be half-written, on a full disk, and would be taken for whole
                raise
            self.sheets[name] = sheet
        return self.sheets[name]


_kept: _Tools | None = None
_inherited: list[_Tools] = []  # a parent's: kept so that this child never deletes the parent's fonts


def _tools() -> _Tools:
    global _kept
    if _kept is not None and _kept.pid != os.getpid():
        _inherited.append(_kept)
        _kept = None
    if _kept is None:
        _kept = _Tools()
    return _kept


def let_go() -> None:
    """Removes this process's temporary fonts; called when a worker's child ends, which skips finalisers."""
    global _kept
    if _kept is not None and _kept.pid == os.getpid():
        _kept = None


def _silent(step: Step, done: int, total: int | None) -> None:
    pass


class _Listener(logging.Handler):
    """Hears what this thread logs."""

    def __init__(self, level: int, heard: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(level)
        self._thread = threading.get_ident()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._heard(record)


@dataclass
class _Problems:
    texts: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)

    def hear(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
        if record.msg.startswith(".notdef") and record.args:
            self.signs.append(str(record.args[0]))

    def stop(self) -> None:
        if self.texts:
            raise RenderError(self.texts, self.signs)


@contextmanager
def _problems() -> Iterator[_Problems]:
    """Everything WeasyPrint warns of while the block runs."""
    found = _Problems()
    listener = _Listener(logging.WARNING, found.hear)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield found
    finally:
        logger.removeHandler(listener)


@contextmanager
def _laid_out(tell: Callable[[int], None]) -> Iterator[None]:
    """Tells how many pages have been laid out; how many there will be is not known before the end."""

    def heard(record: logging.LogRecord) -> None:
        if "Creating layout" in record.msg and record.args:
            tell(int(record.args[0]))

    logger = logging.getLogger("weasyprint.progress")
    listener, level = _Listener(logging.INFO, heard), logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagates
