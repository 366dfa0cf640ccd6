"""`bin/run --empty`: a space of its own, its first administrator, and the link at each start until he or she has come."""

import os
import pty

import pytest

from tests.run.conftest import Checkout, eventually

pytestmark = pytest.mark.timeout(120)

ADMINISTRATOR = {
    "PORTAL_ADMIN_EMAIL": "anne@exemple.example",
    "PORTAL_ADMIN_FIRST_NAME": "Anne",
    "PORTAL_ADMIN_LAST_NAME": "Durand",
}


def commands(checkout: Checkout) -> list[str]:
    return [line for line in (checkout.state / "commands").read_text().splitlines() if "collectstatic" not in line]


def test_a_space_of_its_own_keeps_without_demonstration_data(checkout: Checkout) -> None:
    running = checkout.run("--empty", **ADMINISTRATOR).wait_ready()
    assert "http://first-link/ for anne@exemple.example Durand" in running.output
    assert running.stop() == 0

    again = checkout.run().wait_ready()  # nobody has signed in: a fresh link, and still no demonstration data
    assert "http://new-link/" in again.output
    assert again.stop() == 0

    (checkout.state / "administrator").write_text("started")
    later = checkout.run("--empty").wait_ready()
    assert "link/" not in later.output
    assert "sign in with your account" in later.output
    assert later.stop() == 0
    assert not [line for line in commands(checkout) if "load_demo" in line]
    assert len([line for line in commands(checkout) if "--noinput -v0" in line]) == 1  # migrated once


def test_the_administrator_is_asked_for_at_the_terminal(checkout: Checkout) -> None:
    ours, theirs = pty.openpty()
    running = checkout.run("--empty", stdin=theirs)
    os.close(theirs)
    for question, typed in [
        ("E-mail address", "anne"),
        ("First name", "Anne"),
        ("Last name", "Durand"),
        ("not an address\nE-mail address", "anne@exemple.example"),
    ]:
        running.wait_for(question)
        os.write(ours, f"{typed}\n".encode())
    assert eventually(lambda: running.output.count("First name") == 2)
    os.write(ours, b"Anne\n")
    assert eventually(lambda: running.output.count("Last name") == 2)
    os.write(ours, b"Martin\n")
    running.wait_ready()
    assert "http://first-link/ for anne@exemple.example Martin" in running.output
    os.close(ours)


def test_without_a_terminal_the_missing_variables_are_named(checkout: Checkout) -> None:
    result = checkout.supervisor("run", "--empty", PORTAL_ADMIN_EMAIL="anne@exemple.example")
    assert result.returncode == 1
    assert "PORTAL_ADMIN_FIRST_NAME, PORTAL_ADMIN_LAST_NAME" in result.stderr
    assert checkout.run("--empty", **ADMINISTRATOR).wait_ready().stop() == 0


def test_the_demonstration_is_not_turned_into_a_space_of_its_own(checkout: Checkout) -> None:
    assert checkout.run().wait_ready().stop() == 0
    (checkout.state / "administrator").write_text("demonstration")
    for prepared in (True, False):
        if not prepared:
            (checkout.state / "prepared.json").unlink()
        result = checkout.supervisor("run", "--empty", **ADMINISTRATOR)
        assert result.returncode == 1
        assert "holds the demonstration data already" in result.stderr
    assert checkout.run().wait_ready().stop() == 0


def test_other_words_are_refused(checkout: Checkout) -> None:
    result = checkout.supervisor("run", "--leer")
    assert result.returncode == 1
    assert "takes --empty or nothing" in result.stderr
