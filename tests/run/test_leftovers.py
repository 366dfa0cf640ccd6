"""Sweeping must reach what a supervisor left, and nothing else."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from supervisor.leftovers import Record, Session, sweep
from supervisor.processes import process_state


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_a_recorded_session_is_ended(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    record = Record(tmp_path / "runtime")
    record.add_session("worker", sleeper.pid)
    sweep(record.path)
    assert sleeper.wait(5) == -9
    assert not record.path.exists()


def test_a_later_process_with_the_same_number_is_spared(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    record = Record(tmp_path / "runtime")
    started = process_state(sleeper.pid).started
    record.sessions.append(Session("worker", sleeper.pid, started - 1))
    record.save()
    sweep(record.path)
    assert sleeper.poll() is None


def test_numbers_of_another_boot_or_container_mean_nothing(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    record = Record(tmp_path / "runtime", machine="another boot")
    record.add_session("worker", sleeper.pid)
    sweep(record.path)
    assert sleeper.poll() is None
    assert not record.path.exists()


def test_only_directories_of_ours_are_removed(tmp_path: Path) -> None:
    ours = Path(tempfile.mkdtemp(prefix="portail-", dir="/tmp"))
    record = Record(tmp_path / "runtime", directories=[str(ours), str(tmp_path / "kept"), f"{ours}/../.."])
    (tmp_path / "kept").mkdir()
    record.save()
    sweep(record.path)
    assert not ours.exists()
    assert (tmp_path / "kept").is_dir()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sessions": 1}', '{"sessions": [{}]}'])
def test_a_damaged_record_is_put_away(tmp_path: Path, text: str) -> None:
    path = tmp_path / "runtime"
    path.write_text(text)
    assert Record.load(path) is None
    sweep(path)
    assert not path.exists()
