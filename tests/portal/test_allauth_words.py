"""What allauth says of its own speaks the portal's French: `locale/allauth` overrides its catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override, pgettext
from lxml import html

from core.accounts.models import User
from core.management import catalogues
from core.space import current_space
from tests.matrix.scene import build
from tests.support.pages import readable_pages

OURS = Path(settings.BASE_DIR) / "templates"
THEIRS = Path(allauth.__file__).parent
APPS = ("account/", "mfa/", "usersessions/", "socialaccount/")
# Words for which the portal has another, an apostrophe that is not ours, English of the catalogue's own ids.
FOREIGN = re.compile(
    r"\be-?mails?\b|'|récupération|clés? de sécurité|\bdispositif\b|\b(?:your|you|the|email|password|address|sign)\b",
    re.IGNORECASE,
)
SAME = {"Code"}  # in both languages
MARKUP = re.compile(r"<[^>]+>|%\(\w+\)s|\{\w*\}")


def said_by_allauth() -> Iterator[polib.POEntry]:
    """Its messages that a page or a mail of the portal can bear: of its code, and of templates that are not ours."""
    for entry in polib.pofile(str(THEIRS / "locale/fr/LC_MESSAGES/django.po")):
        for place, _line in entry.occurrences:
            template = place.removeprefix("templates/")
            if template == place and place.startswith(APPS) and "/providers/" not in place:
                yield entry
                break
            if template != place and template.startswith(APPS) and not (OURS / template).exists():
                yield entry
                break


def test_each_message_of_allauth_is_in_our_french():
    wrong = []
    with override("fr"):
        for entry in said_by_allauth():
            shown = pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)
            if FOREIGN.search(MARKUP.sub(" ", shown)) or (shown == entry.msgid and shown not in SAME):
                wrong.append(f"{entry.msgid!r} → {shown!r}")
    assert wrong == []


def test_the_overrides_are_well_written():
    path = Path(settings.LOCALE_PATHS[1]) / "fr/LC_MESSAGES/django.po"
    own, known = polib.pofile(str(path)), {(entry.msgctxt, entry.msgid) for entry in catalogues.load()}
    assert list(catalogues.problems(own)) == []
    theirs = {(e.msgctxt, e.msgid) for e in polib.pofile(str(THEIRS / "locale/fr/LC_MESSAGES/django.po"))}
    assert [entry.msgid for entry in own if (entry.msgctxt, entry.msgid) not in theirs] == [], "allauth says it no more"
    assert [entry.msgid for entry in own if (entry.msgctxt, entry.msgid) in known] == [], "said twice"


def test_every_page_of_accounts_speaks_the_portals_french(people, signed_in):
    wrong = []
    for role, address in readable_pages(build(people), "portal"):
        if not address.startswith("/compte/"):
            continue
        tree = html.fromstring(signed_in(people.role(role)).get(address).content)
        wrong += [
            (address, found[0], " ".join(text.split()))
            for text in tree.xpath("//main//text()[not(ancestor::script or ancestor::code)]")
            if (found := FOREIGN.search(text))
        ]
    assert wrong == []


MAILS = sorted(
    template.relative_to(root / "templates").as_posix() if root is THEIRS else template.relative_to(root).as_posix()
    for root in (OURS, THEIRS)
    for app in ("account", "mfa", "socialaccount", "usersessions")
    for template in ((root / "templates") if root is THEIRS else root).glob(f"{app}/email/*.txt")
)


@pytest.mark.parametrize("template", sorted(set(MAILS)))
def test_every_mail_of_accounts_speaks_the_portals_french(db, template):
    user = User(email="membre@exemple.example", first_name="Lise", last_name="Morel")
    context = {
        "user": user, "code": "ABC-DEF", "email": user.email, "deleted_email": "a@exemple.example",
        "added_email": "a@exemple.example", "from_email": "a@exemple.example", "to_email": "b@exemple.example",
        "activate_url": "/x/", "password_reset_url": "/x/", "signup_url": "/x/", "key": "x",
        "space": current_space(), "ip": "192.0.2.1", "user_agent": "Firefox", "timestamp": timezone.now(),
        "current_site": None, "request": None, "username": "", "provider": "Mon organisation",
    }  # fmt: skip
    with override("fr"):
        words = render_to_string(template, context)
    assert FOREIGN.findall(words.replace("exemple.example", "")) == []
