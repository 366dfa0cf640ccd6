"""Who searches: everybody. What is found is asked of each source, for its reader."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register("search.search", _("search the portal"), visitor=always)
