"""What the files of a deployment say is what the portal reads."""

from __future__ import annotations

import re
from pathlib import Path

# of bin/run or of the first administrator, made by the image, by roles.sh or by the web server itself
ELSEWHERE = {
    "PORTAL_ADMIN_EMAIL",
    "PORTAL_ADMIN_FIRST_NAME",
    "PORTAL_ADMIN_LAST_NAME",
    "PORTAL_APP_ROLE",
    "PORTAL_DEBUG",
    "PORTAL_STATE_DIR",
    "PORTAL_STATEMENT_SECONDS",
}


def test_docker_passes_every_documented_variable() -> None:
    documented = set(re.findall(r"^\| .*", Path("README.md").read_text(), re.MULTILINE))
    names = {name for row in documented for name in re.findall(r"`(PORTAL_[A-Z_]+)`", row.split("|")[1])}
    composed = Path("docker-compose.yml").read_text()
    shared = re.search(r"environment: &portal-environment\n(.+?)\n  \w", composed, re.DOTALL)[1]
    passed = set(re.findall(r"^    (PORTAL_[A-Z_]+):", shared, re.MULTILINE))
    assert {"PORTAL_SECRET_KEY", "PORTAL_SECRET_KEY_FALLBACKS"} <= names
    assert names - passed == ELSEWHERE
