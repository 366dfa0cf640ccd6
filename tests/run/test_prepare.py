"""bin/prepare.sh with programs that only pretend: what it does to apt's settings, and what it says."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.run.conftest import eventually

_ROOT = Path(__file__).resolve().parents[2]
_APT_GET = """
case "$*" in *install*) ;; *) exit 0 ;; esac
cp "$SANDBOX/policy-rc.d" "$SANDBOX/seen-policy"
cp "$SANDBOX/createcluster.d/zz-portail.conf" "$SANDBOX/seen-cluster"
echo "$*" > "$SANDBOX/installed"
[ ! -e "$SANDBOX/hang" ] || sleep 60
exit "${APT_CODE:-0}"
"""
# Real environments, but without pip: that takes seconds, and nothing is installed into them.
_PYTHON = f"""
[ "$1 $2" != "-m venv" ] || set -- "$@" --without-pip
exec {sys.executable} "$@"
"""


@dataclass
class Sandbox:
    """A folder that stands for the system: fake programs first on the path, apt's settings inside."""

    folder: Path

    @property
    def policy(self) -> Path:
        return self.folder / "policy-rc.d"

    @property
    def cluster(self) -> Path:
        return self.folder / "createcluster.d/zz-portail.conf"

    def program(self, name: str, text: str) -> None:
        path = self.folder / "programs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def start(self, call: str, **variables: str) -> subprocess.Popen[str]:
        script = f"""
            set -eu
            root={_ROOT}
            . "$root/bin/prepare.sh"
            policy={self.policy}
            no_cluster={self.cluster}
            make_state
            {call}
        """
        return subprocess.Popen(
            ["sh", "-c", script],
            env=os.environ
            | {
                "PATH": f"{self.folder / 'programs'}:{os.environ['PATH']}",
                "PORTAL_STATE_DIR": str(self.folder / "state"),
                "SANDBOX": str(self.folder),
            }
            | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def call(self, call: str, **variables: str) -> tuple[int, str]:
        """Exit code and output of one call of prepare.sh's functions."""
        process = self.start(call, **variables)
        output, _ = process.communicate(timeout=30)
        return process.returncode, output


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    result = Sandbox(tmp_path)
    result.program("id", "echo 0")
    result.program("dpkg-query", 'case "$*" in *" there") echo installed ;; *) exit 1 ;; esac')
    result.program("dpkg", "exit 0")
    result.program("apt-get", _APT_GET)
    result.program("python3", _PYTHON)
    return result


def test_only_missing_packages_are_installed_with_apt_kept_quiet(sandbox: Sandbox) -> None:
    code, output = sandbox.call('prepare_system "there missing"')
    assert code == 0, output
    assert "Installing system packages" in output
    installed = (sandbox.folder / "installed").read_text()
    assert "--no-install-recommends" in installed
    assert installed.split()[-1] == "missing"
    assert "there" not in installed
    assert "exit 101" in (sandbox.folder / "seen-policy").read_text()
    assert "create_main_cluster = false" in (sandbox.folder / "seen-cluster").read_text()
    assert not sandbox.policy.exists()
    assert not sandbox.cluster.exists()


def test_nothing_is_asked_where_all_is_there(sandbox: Sandbox) -> None:
    sandbox.program("id", "echo 1000")
    sandbox.program("sudo", "exit 1")
    assert sandbox.call('prepare_system "there"') == (0, "")


@pytest.mark.parametrize("apt_code", ["0", "100"])
def test_an_earlier_policy_is_put_back(sandbox: Sandbox, apt_code: str) -> None:
    sandbox.policy.write_text("#!/bin/sh\nexit 104\n")
    code, output = sandbox.call('prepare_system "missing"', APT_CODE=apt_code)
    assert (code == 0) == (apt_code == "0"), output
    assert sandbox.policy.read_text() == "#!/bin/sh\nexit 104\n"
    assert not sandbox.cluster.exists()


def test_settings_left_by_a_killed_preparation_are_restored_by_the_next(sandbox: Sandbox) -> None:
    sandbox.policy.write_text("#!/bin/sh\nexit 104\n")
    (sandbox.folder / "hang").touch()
    process = sandbox.start('prepare_system "missing"')
    assert eventually((sandbox.folder / "installed").exists)
    assert sandbox.call('prepare_system "there"') == (0, "")  # its maker lives: hands off
    assert "exit 101" in sandbox.policy.read_text()

    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    code, output = sandbox.call('prepare_system "there"')
    assert code == 0, output
    assert "Restoring the apt settings" in output
    assert sandbox.policy.read_text() == "#!/bin/sh\nexit 104\n"
    assert not sandbox.cluster.exists()


def test_a_maker_that_died_but_was_never_collected_counts_as_dead(sandbox: Sandbox) -> None:
    with subprocess.Popen(["true"]) as maker:
        stat = Path(f"/proc/{maker.pid}/stat")
        assert eventually(lambda: " Z " in stat.read_text())
        start = stat.read_text().rpartition(") ")[2].split()[19]
        sandbox.policy.write_text(
            f"#!/bin/sh\n# portail: made by process {maker.pid} {start}, removed later\nexit 101\n"
        )
        code, output = sandbox.call('prepare_system "there"')
    assert code == 0, output
    assert "Restoring the apt settings" in output
    assert not sandbox.policy.exists()


def test_without_sudo_the_exact_command_is_printed(sandbox: Sandbox) -> None:
    sandbox.program("id", "echo 1000")
    sandbox.program("sudo", "exit 1")
    code, output = sandbox.call('prepare_system "there missing other"')
    assert code == 1
    assert "  apt-get install --no-install-recommends missing other\n" in output
    assert not (sandbox.folder / "installed").exists()


def test_macos_without_its_packages_is_told_what_to_install(sandbox: Sandbox) -> None:
    sandbox.program("uname", "echo Darwin")
    sandbox.program("brew", "exit 1")
    code, output = sandbox.call('prepare_system "there"')
    assert code == 1
    assert "brew install python@" in output


def test_an_environment_made_by_bin_test_serves_bin_run(sandbox: Sandbox) -> None:
    (sandbox.folder / "requirements").mkdir()
    for name in ("run.lock", "dev.lock"):
        (sandbox.folder / "requirements" / name).write_text("")
    python = """
        root=$SANDBOX
        install_lock() { echo "installs $1"; }
        prepare_python dev.lock
        prepare_python run.lock
        prepare_python dev.lock
        echo changed > "$root/requirements/run.lock"
        prepare_python run.lock
        prepare_python dev.lock
    """
    code, output = sandbox.call(python)
    assert code == 0, output
    assert [line for line in output.splitlines() if line.startswith("installs")] == [
        "installs dev.lock",
        "installs run.lock",
        "installs dev.lock",
    ]


def test_a_failed_installation_is_tried_once_more_from_empty(sandbox: Sandbox) -> None:
    (sandbox.folder / "requirements").mkdir()
    (sandbox.folder / "requirements/run.lock").write_text("")
    python = """
        root=$SANDBOX
        install_lock() { [ -e "$SANDBOX/tried" ] || { touch "$SANDBOX/tried"; return 1; }; }
        prepare_python run.lock
        cat "$venv/stamp"
    """
    code, output = sandbox.call(python)
    assert code == 0, output
    assert "once more with an empty environment" in output
    assert "run.lock" in output.splitlines()[-1]
