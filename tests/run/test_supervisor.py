"""bin/run and bin/test from start to stop, with real PostgreSQL, Redis, worker, beat and web server."""

import json
import os
import shutil
import signal
import socket
import stat
from pathlib import Path

import psycopg
import pytest
from supervisor.leftovers import Record
from supervisor.processes import process_state

from tests.run.conftest import Checkout, answers, eventually

pytestmark = pytest.mark.timeout(120)


def sessions(checkout: Checkout) -> dict[str, int]:
    record = Record.load(checkout.state / "runtime")
    assert record is not None
    return {session.name: session.leader for session in record.sessions}


def processes_of(leaders: list[int]) -> list[int]:
    states = ((int(name), process_state(int(name))) for name in os.listdir("/proc") if name.isdigit())
    return [pid for pid, state in states if state and state.session in leaders]


def test_starts_answers_stops_and_keeps_its_data(checkout: Checkout) -> None:
    running = checkout.run().wait_ready()
    record = json.loads((checkout.state / "runtime").read_text())
    leaders = list(sessions(checkout).values())

    assert f"http://127.0.0.1:{running.port}/" in running.output
    assert "membre@portail.example" in running.output
    assert answers(running.port)
    assert (checkout.folder / "locale/fr/LC_MESSAGES/django.mo").exists()
    for secret in (checkout.state / "secret-key", checkout.state / "runtime"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(record["directories"][0]).stat().st_mode) == 0o700
    assert {"Redis", "PostgreSQL", "worker", "beat", "web server"} <= set(sessions(checkout))
    with psycopg.connect(record["environment"]["DATABASE_URL"]) as connection:
        assert connection.execute("select current_user, current_setting('listen_addresses')").fetchone() == (
            "portal_app",
            "",
        )

    assert running.stop() == 0
    order = [line.rpartition("stopping ")[2] for line in running.output.splitlines() if "stopping " in line]
    assert order == ["web server", "beat", "worker", "PostgreSQL", "Redis"]
    assert not processes_of(leaders)
    assert not answers(running.port)
    assert not Path(record["directories"][0]).exists()
    assert not (checkout.state / "runtime").exists()

    again = checkout.run().wait_ready()
    with psycopg.connect(Record.load(checkout.state / "runtime").environment["DATABASE_URL"]) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1,)
    assert "membre@portail.example" in again.output
    commands = (checkout.state / "commands").read_text()
    assert [commands.count(name) for name in ("migrate", "load_demo", "collectstatic")] == [1, 1, 1]
    assert again.stop(signal.SIGINT) == 0


def test_changed_code_a_broken_preparation_and_another_cluster_are_prepared_again(checkout: Checkout) -> None:
    assert checkout.run().wait_ready().stop() == 0
    manage = checkout.folder / "manage.py"
    works = manage.read_text()
    manage.write_text("raise SystemExit('the migration is wrong')")
    (checkout.folder / "portal/models.py").touch()
    assert checkout.run().process.wait(60) == 1
    manage.write_text(works)
    assert checkout.run().wait_ready().stop() == 0
    shutil.rmtree(next(checkout.state.glob("pg-*")))
    assert checkout.run().wait_ready().stop() == 0
    assert (checkout.state / "commands").read_text().count("load_demo") == 3


def test_a_second_instance_is_told_where_the_first_one_answers(checkout: Checkout) -> None:
    running = checkout.run().wait_ready()
    second = checkout.supervisor("run")
    assert second.returncode == 1
    assert "already running" in second.stderr
    assert f"http://127.0.0.1:{running.port}/" in second.stderr
    assert answers(running.port)


def test_manage_finds_the_running_servers(checkout: Checkout) -> None:
    assert "not running" in checkout.supervisor("manage", "show").stderr
    checkout.run().wait_ready()
    shown = checkout.supervisor("manage", "show")
    assert shown.stdout.split()[0] == "local"
    assert "portal_app@" in shown.stdout


def test_a_secret_may_stand_in_a_file(checkout: Checkout) -> None:
    path = checkout.state / "key"
    path.write_text("a-key-of-ours\n")
    checkout.run(PORTAL_SECRET_KEY_FILE=str(path)).wait_ready()
    assert checkout.supervisor("manage", "show-key").stdout.split() == ["a-key-of-ours", "None"]


def test_an_address_in_a_file_is_not_given_twice(checkout: Checkout) -> None:
    """Both the variable and its file are refused at start, so nothing of ours may add the variable."""
    path = checkout.state / "address"
    path.write_text("https://portail.example\n")
    checkout.run(PORTAL_BASE_URL_FILE=str(path)).wait_ready()
    assert checkout.supervisor("manage", "show-address").stdout.split() == ["https://portail.example", "None"]


def test_manage_takes_a_database_whose_address_stands_in_a_file(checkout: Checkout) -> None:
    path = checkout.state / "database"
    path.write_text("postgresql://elsewhere/portal\n")
    variables = {"DATABASE_URL_FILE": str(path), "PORTAL_STATE_DIR": str(checkout.state)}
    assert checkout.supervisor("manage", "show-address", **variables).stdout.split() == ["None", "None"]


def test_a_file_that_cannot_be_read_is_told(checkout: Checkout) -> None:
    result = checkout.supervisor("run", PORTAL_SECRET_KEY_FILE="/nowhere/key")
    assert result.returncode == 1
    assert "PORTAL_SECRET_KEY_FILE='/nowhere/key' cannot be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_is_told_and_nothing_is_left(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = checkout.supervisor("run", PORT=str(port))
    assert result.returncode == 1
    assert f"Port {port} is taken" in result.stderr
    assert not (checkout.state / "runtime").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_wrong_port_is_told(checkout: Checkout, port: str) -> None:
    result = checkout.supervisor("run", PORT=port)
    assert result.returncode == 1
    assert "number from 1 to 65535" in result.stderr


@pytest.mark.parametrize("name", [pytest.param("Redis", marks=pytest.mark.long)])
def test_the_crash_of_a_server_is_told_and_stops_all(checkout: Checkout, name: str) -> None:
    running = checkout.run().wait_ready()
    leaders = sessions(checkout)
    os.kill(leaders[name], signal.SIGKILL)
    assert running.process.wait(60) == 1
    assert f"{name} ended by itself (SIGKILL" in running.output
    assert not processes_of(list(leaders.values()))


@pytest.mark.parametrize("name", ["worker", "beat", "web server"])
def test_a_part_that_falls_is_started_anew_until_it_falls_too_often(checkout: Checkout, name: str) -> None:
    running = checkout.run().wait_ready()
    seen = sessions(checkout)
    for fall in range(1, 5):
        last = sessions(checkout)[name]
        os.kill(last, signal.SIGKILL)
        if fall == 4:
            break
        assert eventually(lambda last=last: sessions(checkout)[name] != last)
        told = f"{name} ended by itself (SIGKILL): starting it anew"
        assert eventually(lambda told=told, fall=fall: running.output.count(told) == fall)
        assert not processes_of([last])
        seen |= {f"{name} {fall}": sessions(checkout)[name]}
    assert running.process.wait(60) == 1
    assert f"{name} ended by itself (SIGKILL): stopping everything" in running.output
    assert not processes_of(list(seen.values()))


def test_a_failing_step_is_told_with_its_output(checkout: Checkout) -> None:
    (checkout.folder / "manage.py").write_text("raise SystemExit('the migration is wrong')")
    running = checkout.run()
    assert running.process.wait(60) == 1
    assert "Migrating the database failed (exit code 1)" in running.output
    assert "the migration is wrong" in running.output
    assert not (checkout.state / "runtime").exists()


def test_a_killed_supervisor_leaves_nothing(checkout: Checkout) -> None:
    running = checkout.run().wait_ready()
    record = Record.load(checkout.state / "runtime")
    leaders = list(sessions(checkout).values())
    running.process.kill()
    running.process.wait()
    assert eventually(lambda: not processes_of(leaders))
    assert eventually(lambda: not (checkout.state / "runtime").exists())
    assert not Path(record.directories[0]).exists()
    assert checkout.run().wait_ready().stop() == 0


@pytest.mark.long
def test_the_next_start_sweeps_where_the_guard_was_killed_too(checkout: Checkout) -> None:
    running = checkout.run().wait_ready()
    leaders = list(sessions(checkout).values())
    guards = [
        int(name)
        for name in os.listdir("/proc")
        if name.isdigit()
        and (state := process_state(int(name)))
        and state.session == int(name)
        and Path(f"/proc/{name}/cmdline").read_bytes() == Path(f"/proc/{running.process.pid}/cmdline").read_bytes()
        and int(name) != running.process.pid
    ]
    assert len(guards) == 1
    os.kill(guards[0], signal.SIGKILL)
    running.process.kill()
    running.process.wait()
    assert (checkout.state / "runtime").exists()
    following = checkout.run().wait_ready()
    assert "clearing away what a killed run left" in following.output
    assert not processes_of(leaders)
    assert following.stop() == 0


def test_test_runs_checks_and_pytest_in_a_state_of_its_own(checkout: Checkout) -> None:
    result = checkout.supervisor("test")
    assert result.returncode == 0, result.stderr
    assert result.stdout.index("checks") < result.stdout.index("1 passed")
    assert "passed" in (result.stdout + result.stderr).strip().splitlines()[-1]
    private = (checkout.folder / "told").read_text()
    assert private.startswith("/tmp/portail-test-")
    assert not Path(private).exists()

    (checkout.folder / "tests/test_stub.py").write_text("def test_wrong():\n    assert False\n")
    chosen = checkout.supervisor("test", "tests/test_stub.py", "-q")
    assert chosen.returncode == 1
    assert "checks" not in chosen.stdout
