"""A mail server on this machine, as far as RFC 5321 needs one, which can be told to misbehave."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class PostOffice(socketserver.ThreadingTCPServer):
    """`taken` are the messages that it said it took. `says` answers a command otherwise; `drops`
    ends the connection instead of answering one."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[EmailMessage] = []
        self.says: dict[str, str] = {}
        self.drops: set[str] = set()
        self.sessions = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.server.sessions += 1
        self.say("220 kantor pos")
        for line in self.rfile:
            verb = line.decode("ascii").split()[0].split(":")[0].upper()
            if verb in self.server.drops or not self.answered(verb):
                break

    def answered(self, verb: str) -> bool:
        """Whether the session goes on."""
        if verb == "DATA" and verb not in self.server.says:
            self.say("354 silakan")
            return self.take(self.body())
        self.say(self.server.says.get(verb, "250 baik"))
        return verb != "QUIT"

    def take(self, content: bytes) -> bool:
        if "BODY" in self.server.drops:
            return False
        answer = self.server.says.get("BODY", "250 diterima")
        if answer.startswith("2"):
            self.server.taken.append(message_from_bytes(content, policy=policy.default))
        self.say(answer)
        return "AFTER" not in self.server.drops

    def body(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
