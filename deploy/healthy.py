#!/usr/bin/env python3
"""Health check of the web container: asks the portal itself, by the host name it answers to; exit code 0 when ready."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def is_ready() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": urlsplit(os.environ["PORTAL_BASE_URL"]).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not is_ready())
