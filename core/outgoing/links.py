"""What answers at a link that somebody wrote: asked politely, with limits, and of public servers only.

A HEAD, then a GET where that says little; of its body nothing is read. Each step of a redirect is resolved, checked and
connected to anew, by the number that was checked: a name that changes its address in between is of no use.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import SplitResult, urljoin, urlsplit

import certifi
from django.db import models
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from core.outgoing.addresses import AddressRefused, Network, Resolver, resolve

MOST_REDIRECTS = 5
SECONDS = 10.0  # to connect, and between two signs of life
DEADLINE = 20.0  # of one request as a whole, however slowly it drips
LONGEST = 2_000  # characters of an address that a redirect may name
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
REDIRECTS = {*PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
# servers that turn programs away: that somebody answers is all that can be known
UNFRIENDLY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Problem(models.TextChoices):
    """Why a link is not as it should be."""

    GONE = "gone", pgettext_lazy("of a link", "the page is no longer there")
    ERROR = "error", pgettext_lazy("of a link", "the server answers with an error")
    NO_ADDRESS = "no_address", pgettext_lazy("of a link", "no server has this name")
    SILENT = "silent", pgettext_lazy("of a link", "no server answers")
    CERTIFICATE = "certificate", pgettext_lazy("of a link", "the certificate of the server is not valid")
    CIRCLE = "circle", pgettext_lazy("of a link", "it redirects in a circle, or too often")
    NOT_ASKED = "not_asked", _("it leads to a place that the portal does not visit")


@dataclass(frozen=True)
class LinkAnswer:
    """`problem` is "" where the link leads somewhere; `moved_to` where it leads to another address for good."""

    problem: str = ""
    status: int | None = None
    moved_to: str = ""
    answered: bool = False  # whether any server has spoken: it needs a network


@dataclass(frozen=True)
class Asking:
    """How the portal asks. `allowed`: networks that are asked though they are not public; none but in tests."""

    agent: str
    resolver: Resolver = socket.getaddrinfo
    allowed: Iterable[Network] = ()
    certificates: str = ""  # a file of authorities in place of the usual ones
    seconds: float = SECONDS
    deadline: float = DEADLINE


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def ask(link: str, asking: Asking) -> LinkAnswer:
    """Follows `link` to its end; raises nothing for whatever the servers do."""
    here, for_good, answered = link, True, False
    for _step in range(MOST_REDIRECTS + 1):
        try:
            status, target = _look(here, asking)
        except _Refused as refused:
            return LinkAnswer(refused.problem, answered=answered)
        answered = True
        if status not in REDIRECTS or not target:
            return _judged(status, here if here != link and for_good else "")
        for_good = for_good and status in PERMANENT
        try:
            here = urljoin(here, target.encode("latin-1", "ignore").decode("utf-8", "replace"))
        except ValueError:  # what stands there is no address
            return LinkAnswer(Problem.ERROR, status, answered=True)
        if len(here) > LONGEST:
            break
    return LinkAnswer(Problem.CIRCLE, answered=True)


def _judged(status: int, moved_to: str) -> LinkAnswer:
    if status < HTTPStatus.BAD_REQUEST or status in UNFRIENDLY:
        return LinkAnswer("", status, moved_to, answered=True)
    return LinkAnswer(Problem.GONE if status in GONE else Problem.ERROR, status, answered=True)


def _look(address: str, asking: Asking) -> tuple[int, str]:
    """Status and target of one address; what HEAD says badly, GET may say well."""
    status, target = _request("HEAD", address, asking)
    if status >= HTTPStatus.BAD_REQUEST and status != HTTPStatus.TOO_MANY_REQUESTS:
        return _request("GET", address, asking)
    return status, target


def _request(method: str, address: str, asking: Asking) -> tuple[int, str]:
    parts, port = _parts(address)
    host = (parts.hostname or "").encode("idna").decode()
    try:
        number = str(resolve(host, port, resolver=asking.resolver, allowed=asking.allowed))
    except AddressRefused:
        raise _Refused(Problem.NOT_ASKED) from None
    except (OSError, ValueError):
        raise _Refused(Problem.NO_ADDRESS) from None
    connection = _connection(parts.scheme, host, number, port, asking)
    timer = threading.Timer(asking.deadline, _cut, [connection])
    timer.daemon = True
    timer.start()
    path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    name = parts.netloc.encode("idna").decode()
    headers = {"Host": name, "User-Agent": asking.agent, "Accept": "*/*", "Connection": "close"}
    try:
        connection.request(method, path, headers=headers, preload_content=False)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    except ssl.SSLCertVerificationError:
        raise _Refused(Problem.CERTIFICATE) from None
    except (OSError, HTTPException, HTTPError, ValueError):
        raise _Refused(Problem.SILENT) from None
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    """Ends what is under way: whoever waits for the next byte waits no longer. Below TLS, which would say goodbye first."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _connection(scheme: str, host: str, number: str, port: int, asking: Asking) -> HTTPConnection:
    """To the number that was checked, under the name that was written."""
    if scheme == "http":
        return HTTPConnection(number, port, timeout=asking.seconds)
    return HTTPSConnection(
        number,
        port,
        timeout=asking.seconds,
        cert_reqs="CERT_REQUIRED",
        ca_certs=asking.certificates or certifi.where(),
        server_hostname=host,
    )


def _parts(address: str) -> tuple[SplitResult, int]:
    """Only what a browser would open without a word, and no name or password for anybody."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        parts.netloc.encode("idna")
    except ValueError:  # of which a name that IDNA refuses is one
        raise _Refused(Problem.NO_ADDRESS) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise _Refused(Problem.NOT_ASKED)
    return parts, port
