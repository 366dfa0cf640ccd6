"""A mail server of some lines that accepts, refuses, hangs up or stays silent where a test wants it."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG_UP = "hang up"
SILENCE = "silence"


@dataclass
class Conduct:
    """What the server answers to each command; HANG_UP closes the line, SILENCE waits for the other to close it."""

    answers: dict[str, str] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        conduct: Conduct = self.server.conduct
        if not self._say(conduct.answers.get("CONNECT", "220 test")):
            return
        while line := self.rfile.readline():
            command = line[:4].decode("ascii", "replace").upper().strip()
            answer = conduct.answers.get(command, "354 go on" if command == "DATA" else "250 fine")
            if not self._say(answer):
                return
            if command == "QUIT":
                return
            if command == "DATA" and answer.startswith("354"):
                conduct.received.append(self._message())
                if not self._say(conduct.answers.get("END", "250 taken")):
                    return

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _say(self, answer: str) -> bool:
        if answer == HANG_UP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        if answer == SILENCE:
            self.rfile.read()
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    conduct: Conduct


@contextmanager
def mail_server(**answers: str) -> Iterator[tuple[int, Conduct]]:
    """(port, conduct) of a running server, e.g. `mail_server(END="451 later")`."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.conduct = Conduct(answers)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.conduct
        finally:
            server.shutdown()
            thread.join()
