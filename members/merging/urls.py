"""The address at which a double is merged."""

from django.urls import path

from members.merging import views

urlpatterns = [path("membres/<slug:slug>/fusionner/", views.merge, name="organisation-merge")]
