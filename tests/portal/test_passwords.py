"""What many people choose is refused, in French too; a sentence of one's own is taken."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from core.accounts.passwords import french_words
from tests import factories


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse12",
        "Motdepasse2026!",
        "Mot de passe 12",
        "m0tdep@sse1234",
        "azertyuiop123",
        "AZERTYUIOPqsdfghjklm",
        "azertyazerty",
        "2026bienvenue!!",
        "jetaimejetaime",
        "Liberté Égalité Fraternité",
        "OlympiqueDeMarseille13",
        "password1234",
        "iloveyou!!!!",
    ],
)
def test_common_ones_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_too_common" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password", [factories.PASSWORD, "huit-chameaux-sur-la-dune", "Grenoble-vélo-pluie-1911", "kX9!vq2Rt#Lm"]
)
def test_ones_own_are_taken(password: str) -> None:
    validate_password(password)


def test_the_list_is_written_as_it_is_looked_up() -> None:
    assert len(french_words()) > 200
    assert all(word.isascii() and word.isalpha() and word.islower() for word in french_words())
