"""The reader's choices: language and appearance, kept in a cookie; the language also in the profile."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.views.decorators.http import require_POST

from core.accounts.services import choose_profile_language
from core.forms.base import PortalForm
from core.forms.sent import SentWord, sent_values
from core.web.addresses import own_path
from portal.context import THEME_COOKIE, THEMES

_YEAR = 365 * 24 * 3600


class ChoiceForm(PortalForm):
    """The choice of a button, and the page it was made on."""

    language = SentWord()
    theme = SentWord()
    next = SentWord()


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Back to the page in the language asked for; 400 for one the portal does not speak."""
    language = sent_values(request, ChoiceForm)["language"]
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        choose_profile_language(user=request.user, language=language)
    response = _back(request)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@login_not_required
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark, or anything else for what the system says. The page's own script may write the cookie too."""
    theme = sent_values(request, ChoiceForm)["theme"]
    response = _back(request)
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE, httponly=False
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the choice was made on, never to another site."""
    return HttpResponseRedirect(own_path(sent_values(request, ChoiceForm)["next"], request) or "/")
