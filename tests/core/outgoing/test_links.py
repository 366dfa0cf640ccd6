"""What the portal asks of links that people wrote: real servers on loopback addresses, of which one is allowed."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from core.outgoing.addresses import is_public
from core.outgoing.links import Asking, LinkAnswer, Problem, ask
from tests.core.outgoing.servers import by_method, serving, status

AGENT = "portail-articulation link check (+https://portail.example; contact@portail.example)"
ASKING = Asking(agent=AGENT, allowed=[ipaddress.ip_network("127.0.0.2/32")], seconds=2, deadline=2)
REFUSED = LinkAnswer(Problem.NOT_ASKED)


def test_a_page_that_is_there_is_asked_once_with_a_head_that_says_who_asks():
    with serving({"/page": status(200)}) as server:
        assert ask(f"{server.url}/page", ASKING) == LinkAnswer("", 200, answered=True)
        assert server.asked == [("HEAD", "/page", AGENT)]


@pytest.mark.parametrize("code", [405, 501, 404, 500])
def test_what_head_says_badly_get_may_say_well(code: int):
    with serving({"/page": by_method(HEAD=code, GET=200)}) as server:
        assert ask(f"{server.url}/page", ASKING) == LinkAnswer("", 200, answered=True)
        assert [method for method, _path, _agent in server.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (404, Problem.GONE),
        (410, Problem.GONE),
        (500, Problem.ERROR),
        (400, Problem.ERROR),
        (401, ""),
        (403, ""),
        (429, ""),
    ],
)
def test_what_an_answer_means(code: int, problem: str):
    with serving({"/page": status(code)}) as server:
        assert ask(f"{server.url}/page", ASKING) == LinkAnswer(problem, code, answered=True)


def test_where_it_leads_for_good_is_told_and_a_detour_is_not():
    pages = {
        "/old": status(301, Location="/newer"),
        "/newer": status(308, Location="new"),
        "/detour": status(302, Location="/old"),
        "/new": status(200),
    }
    with serving(pages) as server:
        assert ask(f"{server.url}/old", ASKING) == LinkAnswer("", 200, f"{server.url}/new", answered=True)
        assert ask(f"{server.url}/detour", ASKING) == LinkAnswer("", 200, answered=True)


def test_a_circle_ends():
    with serving({"/a": status(302, Location="/b"), "/b": status(302, Location="/a")}) as server:
        assert ask(f"{server.url}/a", ASKING) == LinkAnswer(Problem.CIRCLE, answered=True)
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location", ["http://[", "http://127.0.0.2:99999/", "//", "gopher://127.0.0.2/", "x" * 3_000, "http://\xe9\xff/"]
)
def test_a_redirect_to_rubbish_is_a_problem_and_no_crash(location: str):
    with serving({"/a": status(301, Location=location)}) as server:
        assert ask(f"{server.url}/a", ASKING).problem in {*Problem.values}


PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://0.0.0.0/",
    "http://0/",
    "http://2130706433/",  # 127.0.0.1 as one number
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://127.0.0.2:25/",  # allowed, but no web server
    "http://user:word@127.0.0.2/",
    "ftp://127.0.0.2/",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_stands_inside_is_not_asked(address: str):
    assert ask(address, ASKING) == REFUSED


@pytest.mark.parametrize("address", PRIVATE)
def test_nor_by_way_of_a_redirect(address: str):
    with serving({"/a": status(302, Location=address)}) as server, serving({}, "127.0.0.1") as inside:
        assert ask(f"{server.url}/a", ASKING) == replace(REFUSED, answered=True)
        assert ask(f"{server.url}/a".replace(server.address, inside.address), ASKING) == REFUSED
        assert inside.asked == []


def test_a_redirect_to_a_server_inside_reaches_nobody():
    with (
        serving({"/page": status(200)}, "127.0.0.1") as inside,
        serving({"/a": status(301, Location=f"{inside.url}/page")}) as server,
    ):
        assert ask(f"{server.url}/a", ASKING) == replace(REFUSED, answered=True)
        assert inside.asked == []


class Names:
    """A resolver of the test's own: each name has its addresses, of which the next is given each time."""

    def __init__(self, **names: list[list[str]]) -> None:
        self.names, self.asked = names, []

    def __call__(self, host: str, port: int, **_options: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        rounds = self.names[host.partition(".")[0]]
        given = rounds.pop(0) if len(rounds) > 1 else rounds[0]
        if not given:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in given]


def test_a_name_is_resolved_once_a_request_and_that_number_is_connected_to():
    names = Names(page=[["127.0.0.2"], ["127.0.0.1"]])
    with (
        serving({"/": by_method(HEAD=405, GET=200)}) as server,
        serving({"/": status(200)}, "127.0.0.1") as inside,
    ):
        found = ask(f"http://page.example:{server.port}/", replace(ASKING, resolver=names))
        assert found == LinkAnswer(Problem.NOT_ASKED)  # the second request meets the second number
        assert [method for method, _path, _agent in server.asked] == ["HEAD"]
        assert inside.asked == []
    assert names.asked == ["page.example", "page.example"]


def test_a_name_with_one_number_inside_among_others_is_refused():
    names = Names(page=[["127.0.0.2", "169.254.169.254"]])
    assert ask("http://page.example/", replace(ASKING, resolver=names)) == REFUSED


def test_a_name_that_nobody_has_and_a_port_where_nobody_listens():
    assert ask("http://nul.example/", replace(ASKING, resolver=Names(nul=[[]]))) == LinkAnswer(Problem.NO_ADDRESS)
    with serving({}) as server:
        pass
    assert ask(f"{server.url}/", ASKING) == LinkAnswer(Problem.SILENT)


def _drips(start: bytes, drop: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _drop in range(200):
            time.sleep(0.1)
            try:
                handler.wfile.write(drop)
            except OSError:
                return

    return answer


def _endless(handler: BaseHTTPRequestHandler) -> None:
    status(200)(handler)
    sent = 0
    try:
        while sent < 50_000_000:
            sent += handler.wfile.write(b"x" * 65_536)
    except OSError:
        pass
    handler.server.sent = sent  # type: ignore[attr-defined]


def _rubbish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff" * 40 + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("start", "drop", "problem"),
    [(b"", b"H", Problem.SILENT), (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", "")],
    ids=["the first line", "the headers"],
)
def test_a_server_that_drips_is_left(start: bytes, drop: bytes, problem: str):
    with serving({"/": _drips(start, drop)}) as server:
        begun = time.monotonic()
        assert ask(f"{server.url}/", replace(ASKING, deadline=1)).problem == problem
        assert time.monotonic() - begun < 5


def test_a_body_without_end_is_not_read():
    sent: list[int] = []

    def page(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "HEAD":
            status(405)(handler)
            return
        _endless(handler)
        sent.append(handler.server.sent)  # type: ignore[attr-defined]

    with serving({"/": page}) as server:
        assert ask(f"{server.url}/", ASKING) == LinkAnswer("", 200, answered=True)
        until = time.monotonic() + 5
        while not sent and time.monotonic() < until:
            time.sleep(0.05)
    assert sent[0] < 20_000_000, "what the kernel held, not the page"


def test_rubbish_is_no_answer():
    with serving({"/": _rubbish}) as server:
        assert ask(f"{server.url}/", ASKING).problem == Problem.SILENT


def test_a_certificate_that_nobody_vouches_for_is_told():
    with serving({"/": status(200)}) as server:  # speaks no TLS at all
        assert ask(f"https://127.0.0.2:{server.port}/", ASKING).problem == Problem.SILENT


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("2001:0:4136:e378::", False),
        ("fec0::1", False),
        ("192.0.0.192", False),
    ],
)
def test_which_numbers_are_public(address: str, expected: bool):
    assert is_public(ipaddress.ip_address(address)) is expected


def test_an_address_in_other_letters_is_asked_for_in_those_of_the_web():
    with serving({"/%C3%A9tude?q=%C3%A9t%C3%A9": status(200)}) as server:
        assert ask(f"{server.url}/étude?q=été", ASKING) == LinkAnswer("", 200, answered=True)
