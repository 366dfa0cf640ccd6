"""A real space from an empty database: its first administrator, the link that signs in once, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from core.accounts import sign_in_links
from core.accounts.models import User
from portal.demo import loader
from portal.setup import administrator
from tests import factories
from tests.support.races import together

pytestmark = pytest.mark.django_db

NEW = {"email": "Anne.Durand@Exemple.example", "first_name": "Anne", "last_name": "Durand"}
LINK = re.compile(r"http://\S+(/compte/lien/[-\w]+/)")


def command(*options: str) -> str:
    out = io.StringIO()
    call_command("start_space", *options, stdout=out)
    return out.getvalue()


def started() -> str:
    """The path of the link of a space just started."""
    return LINK.search(command("--noinput", *[f"--{name.replace('_', '-')}={value}" for name, value in NEW.items()]))[1]


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_link_signs_in_once_and_asks_for_a_password(client: Client) -> None:
    path = started()
    user = User.objects.get()
    assert (user.email, user.is_staff, user.has_usable_password()) == ("anne.durand@exemple.example", True, False)

    shown = client.get(path)
    assert shown.status_code == 200
    assert "Anne Durand (anne.durand@exemple.example)" in page(shown)
    assert "no-store" in shown["Cache-Control"]
    assert "_auth_user_id" not in client.session  # a scanner that follows the link uses nothing up

    response = client.post(path, follow=True)
    assert response.redirect_chain == [("/compte/premier-acces/", 302)]
    assert "Choisir un mot de passe" in page(response)
    assert EmailAddress.objects.get(user=user).verified
    sent = {"password1": "une phrase assez longue", "password2": "une phrase assez longue"}
    response = client.post("/compte/password/set/?next=/compte/premier-acces/", sent)
    assert (response.status_code, response["Location"]) == (302, "/compte/premier-acces/")
    assert client.get("/admin/").status_code == 200

    other = Client()
    assert other.post("/compte/login/", {"login": NEW["email"], "password": sent["password1"]}).status_code == 302
    assert other.get("/admin/").status_code == 200


def test_a_used_link_says_so(client: Client) -> None:
    path = started()
    assert client.post(path).status_code == 302
    for answer in (Client().get(path), Client().post(path)):
        assert answer.status_code == 410
        assert "il a déjà servi" in page(answer)


def test_an_expired_a_replaced_and_an_unknown_link_say_so(client: Client) -> None:
    path = started()
    user = User.objects.get()
    late = timezone.now() + sign_in_links.VALID_FOR
    token = path.split("/")[-2]
    assert sign_in_links.state_of(token, now=late - dt.timedelta(seconds=30))[0].value == "valid"
    assert sign_in_links.state_of(token, now=late + dt.timedelta(seconds=1))[0].value == "expired"
    user.personal_links.update(
        created_at=timezone.now() - dt.timedelta(hours=2), expires_at=timezone.now() - dt.timedelta(hours=1)
    )
    for method in (client.get, client.post):
        assert method(path).status_code == 410
        assert "Il valait une heure" in page(method(path))
    newer = LINK.search(command("--new-link"))[1]
    older_again = LINK.search(command("--new-link"))[1]
    assert "seul ce dernier vaut" in page(client.post(newer))
    assert client.post("/compte/lien/inconnu/").status_code == 404
    assert "Il est inconnu" in page(client.get("/compte/lien/inconnu/"))
    assert "_auth_user_id" not in client.session
    assert client.post(older_again).status_code == 302


def test_a_closed_account_is_not_opened_by_its_link(client: Client) -> None:
    path = started()
    User.objects.update(is_active=False)
    assert client.post(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_opened_while_signed_in_as_another(people: Any, signed_in: Any) -> None:
    token = sign_in_links.issue(user=people.administrator, now=timezone.now())
    client = signed_in(people.member)
    shown = client.get(f"/compte/lien/{token}/")
    assert f"connecté pour {people.member.get_full_name()}" in page(shown)
    client.post(f"/compte/lien/{token}/")
    assert client.session["_auth_user_id"] == str(people.administrator.pk)


def test_the_link_stands_for_a_lost_second_factor(client: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    path = started()
    TOTP.activate(User.objects.get(), generate_totp_secret())
    client.post(path)
    assert client.get("/admin/").status_code == 200


def test_a_second_run_says_who_administers() -> None:
    started()
    with pytest.raises(CommandError, match=r"Anne Durand <anne\.durand@exemple\.example>.*--new-link"):
        command("--noinput", "--email=autre@exemple.example", "--first-name=B", "--last-name=C")
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_administrator() -> None:
    def start(number: int) -> Any:
        names = {"first_name": "Anne", "last_name": f"Durand {number}"}
        return administrator.start(email=f"anne{number}@exemple.example", **names, now=timezone.now())

    refused = (administrator.StartRefused,)
    results = together(lambda: start(1), lambda: start(2), refusals=refused)
    assert sorted(type(result).__name__ for result in results) == ["Entrance", "StartRefused"]
    assert administrator.administrators().count() == 1


def test_several_administrators_are_told_apart(people: Any) -> None:
    factories.UserFactory(email="seconde@exemple.example", administrator=True)
    with pytest.raises(CommandError, match="--email"):
        command("--new-link")
    with pytest.raises(CommandError, match=r"member@exemple\.example n’administre pas"):
        command("--new-link", "--email=member@exemple.example")
    assert "seconde@exemple.example" in command("--new-link", "--email=SECONDE@exemple.example")


def test_without_an_administrator_there_is_no_new_link() -> None:
    with pytest.raises(CommandError, match="Personne n’administre"):
        command("--new-link")


def test_somebody_known_becomes_the_administrator() -> None:
    factories.UserFactory(email="anne.durand@exemple.example", first_name="Anne-Marie")
    started()
    assert list(User.objects.values_list("first_name", "is_staff")) == [("Anne-Marie", True)]
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="est fermé"):
        started()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": "pas une adresse"}, "PORTAL_ADMIN_EMAIL"),
        ({"email": ""}, "PORTAL_ADMIN_EMAIL"),
        ({"first_name": " \t"}, "PORTAL_ADMIN_FIRST_NAME"),
        ({"last_name": "x" * 81}, "PORTAL_ADMIN_LAST_NAME"),
    ],
)
def test_wrong_variables_are_named(wrong: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**NEW, **wrong}.items():
        monkeypatch.setenv(f"PORTAL_ADMIN_{name.upper()}", value)
    with pytest.raises(CommandError, match=told):
        command("--noinput")
    assert not User.objects.exists()


def test_variables_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEW.items():
        monkeypatch.setenv(f"PORTAL_ADMIN_{name.upper()}", value)
    assert LINK.search(command("--noinput"))
    assert User.objects.get().last_name == "Durand"


def test_what_is_typed_wrong_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["anne", "anne.durand@exemple.example", "", "Anne", "Durand"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    assert LINK.search(command())
    assert str(User.objects.get()) == "Anne Durand"


def test_the_state_in_one_word() -> None:
    assert command("--state").strip() == "nothing"
    path = started()
    assert command("--state").strip() == "waiting"
    Client().post(path)
    assert command("--state").strip() == "started"
    User.objects.update(is_demo=True)
    assert command("--state").strip() == "demonstration"


def test_demonstration_data_and_a_real_space_do_not_mix() -> None:
    factories.UserFactory(email="demo@exemple.example", is_demo=True)
    with pytest.raises(CommandError, match="données de démonstration"):
        started()
    User.objects.all().delete()
    started()
    with pytest.raises(loader.DemoRefused, match="data of its own"):
        loader.load_all(today=dt.date(2026, 11, 24))


@pytest.mark.parametrize("options", [[], ["--noinput", "--email", "a@b.example"]])
def test_createsuperuser_says_what_to_use(options: list[str]) -> None:
    with pytest.raises(CommandError, match=r"manage\.py start_space"):
        call_command("createsuperuser", *options)
