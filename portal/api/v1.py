"""The addresses of version 1. Filters bear the words of the pages and refuse what they cannot read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from funding.filters import STAGE_WORDS, InitiativeFilter
from funding.visibility import PUBLIC
from members.merging.addresses import led_on
from portal.api import reads
from portal.api.gate import LICENCE_NAME, LICENCE_URL, SECONDS, problem
from portal.api.schemas import (
    ErrorOut,
    InitiativeOut,
    InitiativePage,
    MinutesOut,
    MinutesPage,
    ProgrammeOut,
    ProgrammePage,
    SessionOut,
    SessionPage,
    WatchItemOut,
    WatchPage,
)
from watch.filters import KINDS

DEFAULT_SIZE, LARGEST_SIZE = 50, 200
LIST_PROBLEMS, ONE_PROBLEMS = frozenset({400, 429, 503}), frozenset({400, 404, 429, 503})

api = NinjaAPI(
    title="Espace d’articulation des ingénieries : données ouvertes",
    version="1.0.0",
    description=(
        "Initiatives, programmes, sessions tenues, comptes rendus publics et fiches ouvertes de la veille, en lecture seule et sans clé. "
        "Aucune donnée sur les personnes. Un montant n’est donné que si son financeur le publie. "
        f"Au plus {settings.OPEN_DATA_REQUESTS} demandes par adresse en {SECONDS} secondes. "
        f"Chaque réponse porte un ETag. Licence : {LICENCE_NAME}."
    ),
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": settings.BASE_URL}],
    openapi_extra={"info": {"license": {"name": LICENCE_NAME, "url": LICENCE_URL}}},
)


StageWord = Literal[*STAGE_WORDS]  # the words of the pages
WatchWord = Literal[*KINDS]


class Size(Schema):
    limit: int = Field(DEFAULT_SIZE, ge=1, le=LARGEST_SIZE, description="Lignes par page")


class InitiativeQuery(Size):
    after: UUID | None = Field(None, description="Identifiant de la dernière ligne de la page précédente")
    q: str | None = Field(None, max_length=200, description="Mots du titre, du résumé, du lieu, de la structure")
    programme: list[str] = Field([], description="Programme (slug)")
    stade: list[StageWord] = Field(
        [], description="reperee, instruite, financee, en-cours, achevee, capitalisee, abandonnee"
    )
    region: list[str] = Field([], description="Code INSEE de la région d’action, « 01 », « 84 »")
    odd: list[Annotated[int, Field(ge=1, le=17)]] = Field([], description="Objectif de développement durable, 1 à 17")
    financeur: list[str] = Field([], description="Financeur (slug)")
    annee: list[int] = Field([], description="Année de décision d’un financement")


class NumberQuery(Size):
    after: int | None = Field(None, ge=0, description="Numéro de la dernière session de la page précédente")


class SlugQuery(Size):
    after: str | None = Field(None, max_length=80, description="Slug du dernier programme de la page précédente")


@api.get(
    "/initiatives/",
    response={200: InitiativePage, LIST_PROBLEMS: ErrorOut},
    url_name="initiatives",
    tags=["initiatives"],
    summary="Initiatives publiques",
)
def initiatives(request: HttpRequest, query: Query[InitiativeQuery]) -> dict[str, Any]:
    _only_known(request, InitiativeQuery)
    given = QueryDict(mutable=True)
    for name in ("q", "programme", "stade", "region", "odd", "financeur", "annee"):
        given.setlist(name, [word for word in request.GET.getlist(name) if word])
    filterset = InitiativeFilter(given, reads.initiatives(), visibility=PUBLIC)
    if not filterset.is_valid():  # an address of before a merge may name the double
        told, filterset = filterset.messages, InitiativeFilter(led_on(given), reads.initiatives(), visibility=PUBLIC)
        if not filterset.is_valid():
            raise HttpError(400, " ".join(told))
    found = filterset.qs.order_by("pk")
    here = found
    if query.after:
        last = reads.initiatives().filter(public_id=query.after).values_list("pk", flat=True).first()
        if last is None:
            raise HttpError(400, _unknown("after"))
        here = found.filter(pk__gt=last)
    rows = list(reads.initiatives_in_full(here)[: query.limit + 1])
    return _page(request, rows, query.limit, found.count(), lambda row: str(row.public_id), reads.initiative)


@api.get(
    "/initiatives/{uuid:public_id}/",
    response={200: InitiativeOut, ONE_PROBLEMS: ErrorOut},
    url_name="initiative",
    tags=["initiatives"],
    summary="Une initiative",
)
def one_initiative(request: HttpRequest, public_id: Path[UUID]) -> dict[str, Any]:
    return reads.initiative(get_object_or_404(reads.initiatives_in_full(reads.initiatives()), public_id=public_id))


@api.get(
    "/programmes/",
    response={200: ProgrammePage, LIST_PROBLEMS: ErrorOut},
    url_name="programmes",
    tags=["programmes"],
    summary="Programmes",
)
def programmes(request: HttpRequest, query: Query[SlugQuery]) -> dict[str, Any]:
    _only_known(request, SlugQuery)
    found = reads.programmes().order_by("slug")
    here = found.filter(slug__gt=query.after) if query.after else found
    rows = list(here[: query.limit + 1])
    return _page(request, rows, query.limit, found.count(), lambda row: row.slug, reads.programme)


@api.get(
    "/programmes/{slug:slug}/",
    response={200: ProgrammeOut, ONE_PROBLEMS: ErrorOut},
    url_name="programme",
    tags=["programmes"],
    summary="Un programme",
)
def one_programme(request: HttpRequest, slug: Path[str]) -> dict[str, Any]:
    return reads.programme(get_object_or_404(reads.programmes(), slug=slug))


class WatchQuery(Size):
    after: UUID | None = Field(None, description="Identifiant de la dernière fiche de la page précédente")
    nature: list[WatchWord] = Field([], description=", ".join(KINDS))


@api.get(
    "/veille/",
    response={200: WatchPage, LIST_PROBLEMS: ErrorOut},
    url_name="watch",
    tags=["veille"],
    summary="Fiches ouvertes de la veille partagée",
)
def watch(request: HttpRequest, query: Query[WatchQuery]) -> dict[str, Any]:
    _only_known(request, WatchQuery)
    found = reads.watch().order_by("pk")
    if query.nature:
        found = found.filter(kind__in=[KINDS[word] for word in query.nature])
    here = found
    if query.after:
        last = reads.watch().filter(public_id=query.after).values_list("pk", flat=True).first()
        if last is None:
            raise HttpError(400, _unknown("after"))
        here = found.filter(pk__gt=last)
    rows = list(here[: query.limit + 1])
    return _page(request, rows, query.limit, found.count(), lambda row: str(row.public_id), reads.watch_item)


@api.get(
    "/veille/{uuid:public_id}/",
    response={200: WatchItemOut, ONE_PROBLEMS: ErrorOut},
    url_name="watch-item",
    tags=["veille"],
    summary="Une fiche de la veille",
)
def one_watch_item(request: HttpRequest, public_id: Path[UUID]) -> dict[str, Any]:
    return reads.watch_item(get_object_or_404(reads.watch(), public_id=public_id))


@api.get(
    "/sessions/",
    response={200: SessionPage, LIST_PROBLEMS: ErrorOut},
    url_name="sessions",
    tags=["sessions"],
    summary="Sessions tenues",
)
def sessions(request: HttpRequest, query: Query[NumberQuery]) -> dict[str, Any]:
    _only_known(request, NumberQuery)
    found = reads.sessions().order_by("number")
    here = found if query.after is None else found.filter(number__gt=query.after)
    rows = list(here[: query.limit + 1])
    return _page(request, rows, query.limit, found.count(), lambda row: str(row.number), reads.session)


@api.get(
    "/sessions/{int:number}/",
    response={200: SessionOut, ONE_PROBLEMS: ErrorOut},
    url_name="session",
    tags=["sessions"],
    summary="Une session tenue",
)
def one_session(request: HttpRequest, number: Path[int]) -> dict[str, Any]:
    return reads.session(get_object_or_404(reads.sessions(), number=number))


@api.get(
    "/comptes-rendus/",
    response={200: MinutesPage, LIST_PROBLEMS: ErrorOut},
    url_name="minutes-list",
    tags=["comptes rendus"],
    summary="Comptes rendus publics",
)
def minutes(request: HttpRequest, query: Query[NumberQuery]) -> dict[str, Any]:
    _only_known(request, NumberQuery)
    found = reads.minutes().order_by("session__number")
    here = found if query.after is None else found.filter(session__number__gt=query.after)
    rows = list(here[: query.limit + 1])
    files = reads.files_of(rows)

    def shape(row: Any) -> dict[str, Any]:
        return reads.public_minutes(row, files.get(row.public_id))

    return _page(request, rows, query.limit, found.count(), lambda row: str(row.session.number), shape)


@api.get(
    "/comptes-rendus/{int:number}/",
    response={200: MinutesOut, ONE_PROBLEMS: ErrorOut},
    url_name="minutes",
    tags=["comptes rendus"],
    summary="Un compte rendu public",
)
def one_minutes(request: HttpRequest, number: Path[int]) -> dict[str, Any]:
    row = get_object_or_404(reads.minutes(), session__number=number)
    return reads.public_minutes(row, reads.files_of([row]).get(row.public_id))


def _page(
    request: HttpRequest,
    rows: list[Any],
    limit: int,
    count: int,
    key: Callable[[Any], str],
    shape: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """`rows` holds one more than a page where another page follows."""
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        query = request.GET.copy()
        query["after"] = key(rows[-1])
        following = f"{settings.BASE_URL}{request.path}?{query.urlencode()}"
    return {
        "licence": LICENCE_NAME,
        "licence_url": LICENCE_URL,
        "count": count,
        "next": following,
        "results": [shape(row) for row in rows],
    }


def _only_known(request: HttpRequest, query: type[Schema]) -> None:
    """A filter that is misspelt must not give the whole list."""
    for name in request.GET:
        if name not in query.model_fields:
            raise HttpError(400, _unknown(name))


def _unknown(name: str) -> str:
    return _("“%(name)s”: unknown parameter or value.") % {"name": name}


@api.exception_handler(Http404)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(404, _("There is nothing at this address."))


@api.exception_handler(HttpError)
def refused(request: HttpRequest, exception: HttpError) -> HttpResponse:
    return problem(exception.status_code, exception.message)


def _parameter(place: tuple[str | int, ...]) -> str:
    """The name of the parameter: a value of a list stands behind its place there."""
    return next(str(part) for part in reversed(place) if isinstance(part, str))


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    details = [{"parameter": _parameter(error["loc"]), "problem": error["type"]} for error in exception.errors]
    return problem(400, _("A parameter cannot be read."), details=details)


@api.exception_handler(OperationalError)
def away(request: HttpRequest, exception: Exception) -> HttpResponse:
    response = problem(503, _("The portal is away for a moment: try again shortly."))
    response["Retry-After"] = "30"
    return response
