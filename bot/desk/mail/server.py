"""Hands an e-mail to the clinic's mail server, and says in one line why it wasn't taken."""

import asyncio
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

import aiosmtplib

SECONDS = 20.0  # for each answer of the server
MOST_SECONDS = 60.0  # for all of it
LOGIN = "check user and password in CANDOR_SMTP_URL"


class NotSent(Exception):
    """The server didn't take the e-mail, or didn't say so; the text is one line to act on."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed in, and whether what is said there is encrypted."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trusted: ssl.SSLContext | None = None  # the machine's own certificates when it is left out
    seconds: float = SECONDS

    @property
    def place(self) -> str:
        """Return host and port."""
        return f"{self.host}:{self.port}"


async def send(server: MailServer, message: EmailMessage) -> None:
    """Return when the server has taken the e-mail over; NotSent.

    After NotSent it may yet have been taken; whoever sends it again sends the same Message-ID.
    """
    try:
        async with asyncio.timeout(min(3 * server.seconds, MOST_SECONDS)):
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                tls_context=server.trusted or ssl.create_default_context(),
                timeout=server.seconds,
            )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(_why(server, error)) from None


def _why(server: MailServer, error: Exception) -> str:
    """Return what is wrong, without a word of the server's: it may quote addresses."""
    if _is_about_certificates(error):
        return f"{server.place} has no certificate that is valid for its name"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"{server.place} refuses the login ({error.code}); {LOGIN}"
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = ", ".join(str(one.code) for one in error.recipients)
        return f"{server.place} refuses the address in desk_email ({codes})"
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return f"{server.place} refuses the sender ({error.code}); set CANDOR_SMTP_FROM"
    if isinstance(error, aiosmtplib.SMTPConnectResponseError):
        return f"{server.place} takes no e-mail now ({error.code})"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{server.place} refuses the e-mail ({error.code})"
    if isinstance(error, aiosmtplib.SMTPServerDisconnected):
        return f"{server.place} hung up"
    if isinstance(error, TimeoutError):
        return f"{server.place} doesn't answer in time"
    if isinstance(error, aiosmtplib.SMTPException) and not isinstance(error, OSError):
        return f"{server.place} offers no encryption or no login as CANDOR_SMTP_URL wants it"
    if isinstance(error, ValueError):
        return f"{server.place} can't be spoken to as CANDOR_SMTP_URL says"
    return f"{server.place} can't be reached"


def _is_about_certificates(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
