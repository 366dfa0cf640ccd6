"""The name of an organisation within a sentence: « du RAMEAU », « à la Fondation des Territoires », "of France Active".

French needs the article, which most names leave out: the first word tells it. Where it does not, the name stands bare,
as people say it too (« de France Active », « d’Avise »). Other languages only put their preposition before it.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, pgettext

_VOWEL = re.compile(r"[aàâeéèêëiîïoôuûyœh]", re.IGNORECASE)
_MASCULINE = frozenset(
    "atelier cabinet centre cercle club collectif comité conseil département fonds groupe groupement institut laboratoire"
    " médiateur ministère mouvement observatoire office pays pôle relais réseau secrétariat service syndicat".split()
)
_FEMININE = frozenset(
    "agence alliance association banque caisse chambre commune communauté confédération coopérative coordination"
    " délégation école fédération fondation ligue maison manufacture métropole mission plateforme préfecture régie région"
    " société union université ville".split()
)
_PLURAL = frozenset("acteurs ateliers jardins juristes territoires".split())


def subject(name: str, *, first: bool = False) -> str:
    """« la Fondation des Territoires », "France Active"; with a capital where it opens the sentence."""
    shown = _with(name, masculine="le ", feminine="la ", elided="l’", plural="les ", bare="", bare_elided="")
    return shown[:1].upper() + shown[1:] if first else shown


def of(name: str) -> str:
    """« du RAMEAU », « de la Fondation des Territoires », « d’Avise »; in English "of …"."""
    if not _is_french():
        return pgettext("before a name", "of %(name)s") % {"name": name}
    return _with(name, masculine="du ", feminine="de la ", elided="de l’", plural="des ", bare="de ", bare_elided="d’")


def from_(name: str) -> str:
    """As `of` in French; in English "from …"."""
    return of(name) if _is_french() else pgettext("before a name", "from %(name)s") % {"name": name}


def to(name: str) -> str:
    """« au RAMEAU », « à la Fondation des Territoires », « à Avise »; in English "to …"."""
    if not _is_french():
        return pgettext("before a name", "to %(name)s") % {"name": name}
    return _with(name, masculine="au ", feminine="à la ", elided="à l’", plural="aux ", bare="à ", bare_elided="à ")


def in_sentence(**names: str) -> dict[str, str]:
    """Every form of each name, for a message with placeholders. Of `holder`: `%(holder)s` within a sentence,
    `%(Holder)s` at its head, `%(of_holder)s`, `%(from_holder)s`, `%(to_holder)s`.
    """
    forms = {}
    for key, name in names.items():
        forms[key] = subject(name)
        forms[key.capitalize()] = subject(name, first=True)
        forms |= {f"of_{key}": of(name), f"from_{key}": from_(name), f"to_{key}": to(name)}
    return forms


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _with(name: str, *, masculine: str, feminine: str, elided: str, plural: str, bare: str, bare_elided: str) -> str:
    if not _is_french():
        return name
    head, _space, rest = name.partition(" ")
    word = head.casefold()
    if rest and word in ("le", "les"):  # the article of the name itself melts into the preposition
        return (masculine if word == "le" else plural) + rest if bare else name
    if _VOWEL.match(name) and (word in _MASCULINE or word in _FEMININE or (head.isupper() and len(head) > 1)):
        return elided + name
    if word in _MASCULINE:
        return masculine + name
    if word in _FEMININE:
        return feminine + name
    if word in _PLURAL:
        return plural + name
    return (bare_elided if _VOWEL.match(name) else bare) + name
