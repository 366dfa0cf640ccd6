"""Addresses of minutes under review, and of who may read published minutes; all within their session."""

from django.urls import path

from sessions_app.minutes.review import views
from sessions_app.minutes.views import publication

one_session = [
    path("compte-rendu/relecture/", views.review, name="circulation"),
    path("compte-rendu/relecture/<uuid:public_id>/", views.one_review, name="circulation-one"),
    path("compte-rendu/relecture/ouvrir/", views.open_review, name="circulation-open"),
    path("compte-rendu/relecture/conclure/", views.conclude, name="circulation-conclude"),
    path("compte-rendu/relecture/points/<uuid:public_id>/", views.ask, name="amendment-request"),
    path("compte-rendu/relecture/demandes/<uuid:public_id>/", views.answer, name="amendment-answer"),
    path("compte-rendu/diffusion/", publication.publication, name="minutes-exposure"),
    path("compte-rendu/public/", publication.public_minutes, name="minutes-public"),
    path("compte-rendu/public.pdf", publication.public_file, name="minutes-public-file"),
]
urlpatterns = [
    path("comptes-rendus-publics/", publication.public_list, name="minutes-public-list"),
]
