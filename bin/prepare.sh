# shellcheck shell=sh disable=SC2034,SC2154
# Sourced by bin/run, bin/test and bin/manage: where the state lies, which system packages and which
# Python environment are needed. Starts no server. Expects $root, the checkout; sets $state and $venv.

run_packages="python3-venv postgresql redis-tools libpango-1.0-0 libpangoft2-1.0-0
    libharfbuzz-subset0 fonts-dejavu-core gettext"
test_packages="age chromium poppler-utils qpdf"
brew_packages="python@3.12 postgresql@16 redis pango gettext"

if [ -n "${PORTAL_STATE_DIR:-}" ]; then
    state=$PORTAL_STATE_DIR
elif [ "$(id -u)" = 0 ]; then
    state=/var/lib/portail
else
    state=${XDG_STATE_HOME:-$HOME/.local/state}/portail
fi
venv=$state/venv

# Two settings of apt, put aside while packages are installed so that no server starts and no cluster is made.
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/zz-portail.conf

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# The state directory; as root, PostgreSQL's own user must be able to walk through it.
make_state() {
    [ ! -d "$state" ] || return 0
    if [ "$(id -u)" = 0 ]; then mode=711; else mode=700; fi
    { mkdir -p "${state%/*}" && mkdir -m "$mode" "$state"; } || fail "The directory $state cannot be made."
}

# One preparation at a time; the lock goes with the process (file descriptor 9).
lock_preparation() {
    exec 9>>"$state/prepare.lock" || fail "The directory $state is not writable."
    command -v flock >/dev/null || return 0
    flock -n 9 || { say "Another bin/run or bin/test is preparing the machine: waiting for it."; flock 9; }
}

unlock_preparation() { exec 9>&-; }

missing_packages() {
    for name in $1; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
    done
}

# Sets $sudo to what must stand before a command of root: nothing, or sudo.
become_root() {
    sudo=
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || return 1
    if sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    elif [ -t 0 ]; then
        say "System packages are missing; sudo asks for your password to install them."
        sudo -v && sudo=sudo
    else
        return 1
    fi
}

# When process $1 started: tells it from a later one with the same number. Nothing for a zombie, which
# stays for as long as process 1 does not collect it (many a container's never does).
start_of() { sed 's/.*) //; /^Z /d' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

is_running() { [ "$(start_of "$1")" = "$2" ]; }

# Who wrote the marked file $1: "PID START", or nothing where the file is not ours.
maker_of() { [ ! -r "$1" ] || sed -n 's/^# portail: made by process \([0-9]* [0-9]*\).*/\1/p' "$1"; }

# Needs root. Takes our two settings away and puts an earlier policy back.
restore_apt() {
    if [ -n "$(maker_of "$policy")" ]; then $sudo rm -f "$policy"; fi
    if [ -e "$policy.portail-saved" ]; then $sudo mv -f "$policy.portail-saved" "$policy"; fi
    if [ -n "$(maker_of "$no_cluster")" ]; then $sudo rm -f "$no_cluster"; fi
}

# Puts right what a preparation left that was killed before it could do so itself.
sweep_apt() {
    maker=$(maker_of "$no_cluster")
    [ -n "$maker" ] || maker=$(maker_of "$policy")
    if [ -z "$maker" ] && [ ! -e "$policy.portail-saved" ]; then return 0; fi
    # shellcheck disable=SC2086  # two words
    if [ -n "$maker" ] && is_running $maker; then return 0; fi
    say "Restoring the apt settings that an interrupted run left behind."
    become_root || fail "Root is needed for that. Run once:" \
        "sudo rm -f $no_cluster $policy; sudo mv $policy.portail-saved $policy"
    restore_apt
}

quieten_apt() {
    read -r self _ </proc/self/stat # this subshell; $$ would be the script that made it
    mark="# portail: made by process $self $(start_of "$self"), removed when the packages are installed"
    if [ -e "$policy" ]; then $sudo mv "$policy" "$policy.portail-saved"; fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
    $sudo mkdir -p "${no_cluster%/*}"
    printf '%s\ncreate_main_cluster = false\n' "$mark" | $sudo tee "$no_cluster" >/dev/null
}

# A subshell of its own: it restores apt's settings even where the script that called it is killed.
install_packages() (
    # shellcheck disable=SC2086  # the list is words
    set -- $1
    become_root || fail "System packages are missing and sudo cannot be used here. Run once as root, then start again:
  apt-get install --no-install-recommends $*"
    log=$state/apt.log
    trap restore_apt EXIT
    trap 'exit 130' INT TERM HUP
    quieten_apt
    say "Installing system packages (from some seconds to a few minutes, log in $log): $*"
    {
        $sudo dpkg --configure -a
        # A third party's source that does not answer must not stop us: the install tells whether it mattered.
        $sudo apt-get update -q || echo "apt-get update failed"
        $sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get install -y -q \
            --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    } >"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; fail "The system packages could not be installed."; }
)

check_brew() {
    command -v brew >/dev/null || fail "On macOS bin/run needs Homebrew, then: brew install $brew_packages"
    for name in $brew_packages; do
        brew list --versions "$name" >/dev/null 2>&1 || fail "Missing on this Mac. Run: brew install $brew_packages"
        PATH=$(brew --prefix "$name")/bin:$PATH
    done
    export PATH
}

# $1: the packages to have.
prepare_system() {
    if [ "$(uname -s)" = Darwin ]; then
        check_brew
    elif command -v dpkg-query >/dev/null; then
        sweep_apt
        missing=$(missing_packages "$1")
        [ -z "$missing" ] || install_packages "$missing"
    else
        say "Not a Debian or Ubuntu system: nothing is installed here. These are needed: $(echo "$1" | xargs)"
    fi
}

find_python() {
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return 0; fi
    done
    fail "Python 3.11 or newer is needed (Debian 12, Ubuntu 24.04 and newer have it)."
}

version_of() { "$1" -c 'import sys; print(sys.version.split()[0])'; }

lock_stamp() { printf '%s %s %s' "$version" "$1" "$(cksum <"$root/requirements/$1")"; }

install_lock() {
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --require-hashes --no-deps \
        --only-binary :all: -r "$root/requirements/$1"
}

# $1: run.lock or dev.lock. One environment for both; dev.lock holds all that run.lock holds, in the same
# versions, so that the environment of bin/test serves bin/run as it is. The stamp names the locks that hold.
prepare_python() {
    find_python
    version=$(version_of "$python")
    stamp=$(lock_stamp run.lock)
    [ "$1" = run.lock ] || stamp="$stamp
$(lock_stamp "$1")"
    if grep -qxF "$(lock_stamp "$1")" "$venv/stamp" 2>/dev/null && "$venv/bin/python" -c '' 2>/dev/null; then
        return 0
    fi

    say "Installing Python packages into $venv (some 15 to 60 s)"
    if [ "$(version_of "$venv/bin/python" 2>/dev/null)" != "$version" ]; then
        "$python" -m venv --clear "$venv"
    fi
    rm -f "$venv/stamp"
    install_lock "$1" || {
        say "That failed; trying once more with an empty environment."
        "$python" -m venv --clear "$venv"
        install_lock "$1" || fail "The Python packages could not be installed."
    }
    printf '%s\n' "$stamp" >"$venv/stamp"
}

# $1: the lock file, $2: the system packages.
prepare() {
    make_state
    lock_preparation
    prepare_system "$2"
    prepare_python "$1"
    unlock_preparation
}
