#!/usr/bin/env python3
"""Health check of the web container: asks the portal itself, by the host name it answers to; exit code 0 when ready."""

import http.client
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.variables import given


def is_ready() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": urlsplit(given("PORTAL_BASE_URL")).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not is_ready())
