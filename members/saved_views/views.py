"""Saved views: saving the filter of a page, the list of one's views, renaming, sharing, removing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.forms.base import AddsOnce, PortalForm
from members.enums import Alert
from members.models import Organisation, SavedView
from members.saved_views import page as saved_views_page, pages, services

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


class ViewForm(AddsOnce, PortalForm):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=80)
    shared_with = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Share with my colleagues of"),
        required=False,
        empty_label=gettext_lazy("nobody: for me alone"),
    )
    alert = forms.ChoiceField(
        label=gettext_lazy("Tell me what is new"),
        choices=[("", pgettext_lazy("what is new in a saved view", "no")), *Alert.choices],
        required=False,
        help_text=gettext_lazy("Once a week means by mail on Monday; the portal shows it as it comes."),
    )

    def __init__(self, *args: Any, user: Any, page: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = pages.known(page)
        if known is None or known.news is None:
            del self.fields["alert"]
        own = [organisation.pk for organisation in saved_views_page.organisations_of(user)]
        self.fields["shared_with"].queryset = Organisation.objects.filter(pk__in=own).order_by("name", "pk")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, services.KEEP)
    rows = saved_views_page.saved_view_rows(saved_views_page.offered(request.user), request.user)
    context = {
        "own": [row for row in rows if row.is_own],
        "of_colleagues": [row for row in rows if not row.is_own],
    }
    return render(request, "members/views/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Saves the filter that the address carries: `page` names the list, the rest is its filter."""
    rights.check(request.user, services.KEEP)
    page = request.GET.get("page_filtree", "")
    if page not in pages.registered():
        return redirect("members:views")
    form = ViewForm(request.POST or None, user=request.user, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            view = services.save_view(
                page=page, query=request.GET.urlencode(), by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("name" if "name" in getattr(error, "error_dict", {}) else None, error.messages)
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(saved_views_page.address(view))
    back = saved_views_page.address(
        SavedView(page=page, query=saved_views_page.Words(request.user).kept(page, request.GET.urlencode()))
    )
    context = {"form": form, "page_label": saved_views_page.label(page), "back": back}
    return render(
        request, "members/views/edit.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK
    )


def _find(request: HttpRequest, public_id: str) -> SavedView:
    """One's own view; those of colleagues are opened, not changed."""
    rights.check(request.user, services.KEEP)
    return get_object_or_404(SavedView.objects.filter(owner=request.user), public_id=public_id)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    view = _find(request, public_id)
    first = {"name": view.name, "shared_with": view.shared_with_id, "alert": view.alert}
    form = ViewForm(request.POST or None, user=request.user, page=view.page, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_view(view=view, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("members:views")
    context = {
        "form": form,
        "view": view,
        "page_label": saved_views_page.label(view.page),
        "back": saved_views_page.address(view),
    }
    return render(
        request, "members/views/edit.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK
    )


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    view = _find(request, public_id)
    services.remove_view(view=view, by=request.user)
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
    return redirect("members:views")
