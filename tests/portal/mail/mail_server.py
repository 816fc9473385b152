"""A mail server for tests: real SMTP over a real socket, in a thread, that keeps what it took and refuses when told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails, or answers with `refusals`: recipient → answer to RCPT."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.answer_to_data = "250 taken"
        self.breaks_after_data = False

    @property
    def port(self) -> int:
        return self.server_address[1]

    def to(self, recipient: str) -> list[EmailMessage]:
        return [mail for mail in self.taken if mail["To"] == recipient]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 test")
        for line in iter(self.rfile.readline, b""):
            words = line.decode().split()
            command = words[0].upper() if words else ""
            if command == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                self.say(self.server.refusals.get(recipient, "250 ok"))
            elif command == "DATA":
                self.say("354 go on")
                if not self.take():
                    return
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self) -> bool:
        """Read one mail and answer; return whether the connection goes on."""
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.answer_to_data.startswith("250"):
            self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.breaks_after_data:
            return False
        self.say(self.server.answer_to_data)
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run one."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
