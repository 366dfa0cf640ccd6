"""Real HTTP servers on loopback addresses, for tests of what the portal asks of others."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Pages = dict[str, Callable[[BaseHTTPRequestHandler], None]]


@dataclass
class Server:
    address: str
    port: int
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # method, path, user agent
    at_once: int = 0  # the most requests that were open together
    open: int = 0

    @property
    def url(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


class _Six(ThreadingHTTPServer):
    address_family = socket.AF_INET6


@contextmanager
def serving(pages: Pages, address: str = "127.0.0.2") -> Iterator[Server]:
    """Answers each path of `pages` by its function; 404 for others."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            server.asked.append((self.command, self.path, self.headers["User-Agent"]))
            server.open += 1
            server.at_once = max(server.at_once, server.open)
            try:
                pages.get(self.path, status(404))(self)
            finally:
                server.open -= 1

        do_GET = do_HEAD  # noqa: N815

        def log_message(self, *_arguments: object) -> None:
            """Nothing beside the test's own words."""

    made = (_Six if ":" in address else ThreadingHTTPServer)((address, 0), Handler)
    server = Server(address, made.server_address[1])
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    return answer


def by_method(**codes: int) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: status(codes[handler.command])(handler)
