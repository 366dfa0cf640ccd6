"""Addresses of the watch, kept stable."""

from django.urls import path

from watch.corrections import views as corrections
from watch.items.views import edit, history, item, lists, moves
from watch.needs import views as needs

app_name = "watch"

urlpatterns = [
    path("", lists.listing, name="list"),
    path("contribuer/", edit.choose, name="choose"),
    path("contribuer/<slug:kind>/", edit.create, name="create"),
    path("contributions/", lists.contributions, name="contributions"),
    path("a-relire/", lists.to_review, name="to-review"),
    path("liens/", lists.links, name="links"),
    path("corrections/", corrections.listing, name="corrections"),
    path("corrections/<uuid:public_id>/", corrections.correction, name="correction"),
    path("besoins/", needs.unanswered, name="needs"),
    path("atom.xml", lists.atom, name="atom"),
    path("<slug:slug>/", item.page, name="item"),
    path("<slug:slug>/modifier/", edit.edit, name="edit"),
    path("<slug:slug>/corriger/", corrections.propose, name="correct"),
    path("<slug:slug>/historique/", history.history, name="history"),
    path("<slug:slug>/suite/", moves.moves, name="moves"),
    path("<slug:slug>/supprimer/", edit.remove, name="remove"),
    path("<slug:slug>/document/", item.document, name="document"),
]
