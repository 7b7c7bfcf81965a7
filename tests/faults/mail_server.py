"""A mail server that can fall silent in the middle of a letter."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class FakeMailServer(socketserver.ThreadingTCPServer):
    """Takes letters; while `silent`, it takes one and never says so."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.silent = False
        self.emails: list[Message] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Line(socketserver.StreamRequestHandler):
    server: FakeMailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self._say("354 go on")
                self._take_email()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _take_email(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.emails.append(message_from_bytes(b"".join(lines)))
        if self.server.silent:
            self.rfile.read()  # until the other side is gone
        else:
            self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def fake_mail_server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
