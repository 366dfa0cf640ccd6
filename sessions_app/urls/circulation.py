"""Addresses of minutes under review, and of who may read published minutes; all within their session."""

from django.urls import path

from sessions_app.views import circulation, exposure

one_session = [
    path("compte-rendu/relecture/", circulation.review, name="circulation"),
    path("compte-rendu/relecture/ouvrir/", circulation.open_review, name="circulation-open"),
    path("compte-rendu/relecture/conclure/", circulation.conclude, name="circulation-conclude"),
    path("compte-rendu/relecture/points/<uuid:public_id>/", circulation.ask, name="amendment-request"),
    path("compte-rendu/relecture/demandes/<uuid:public_id>/", circulation.answer, name="amendment-answer"),
    path("compte-rendu/diffusion/", exposure.exposure, name="minutes-exposure"),
    path("compte-rendu/public/", exposure.public_minutes, name="minutes-public"),
    path("compte-rendu/public.pdf", exposure.public_file, name="minutes-public-file"),
]
urlpatterns = [
    path("comptes-rendus-publics/", exposure.public_list, name="minutes-public-list"),
]
