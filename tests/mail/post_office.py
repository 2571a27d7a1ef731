"""A real SMTP server in this process, which takes, refuses, hangs or hangs up as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

CERTIFICATE = Path(__file__).parent / "localhost.pem"  # of this test alone, for "localhost"
USER, PASSWORD = "desk@clinic.example", "p@ss/word of the test"


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


def _own() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@dataclass
class PostOffice:
    """Answers each e-mail with the next of `answers`, then with 250; keeps what it took.

    The answer "drop" hangs up after the e-mail was taken, "hang" never answers.
    """

    answers: list[str] = field(default_factory=list)
    refused: str = ""  # the answer to every recipient, if any
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.taken]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.refused:
            envelope.rcpt_tos.append(address)
        return self.refused or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == "hang":
            await asyncio.sleep(60)
        if answer in ("drop", "250 taken"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
            self.encrypted.append(session.ssl is not None)
        if answer == "drop":
            server.transport.abort()
        return answer

    def login(self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any) -> Any:  # noqa: ANN401
        self.logins.append(data.login)
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=good or None)


@asynccontextmanager
async def post_office(
    *, starttls: bool = False, tls: bool = False, login: bool = False
) -> AsyncIterator[PostOffice]:
    office, loop = PostOffice(), asyncio.get_running_loop()
    servers: list[SMTP] = []

    def made() -> SMTP:
        smtp = SMTP(
            office,
            hostname="localhost",
            loop=loop,
            tls_context=_own() if starttls else None,
            require_starttls=starttls,
            auth_required=login,
            auth_require_tls=True,
            authenticator=office.login,
        )
        servers.append(smtp)
        return smtp

    context = _own() if tls else None
    server = await loop.create_server(made, "127.0.0.1", 0, ssl=context)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for smtp in servers:
            if smtp.transport:
                smtp.transport.abort()
        await asyncio.sleep(0)


@asynccontextmanager
async def odd_server(*lines: bytes) -> AsyncIterator[int]:
    """Say these lines to whoever comes, then nothing more, on a port of its own."""
    gone = asyncio.Event()

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for line in lines:
            writer.write(line)
        await gone.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        gone.set()
        server.close()
        await asyncio.sleep(0)
