"""The mail server we hand letters to: opened once, and then one letter after the other.

Whoever is at the other end proves who they are before anything is said (unless they are this very
machine). What they answer may hold an address, so no words of theirs go any further than here.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

PATIENCE = 20.0  # seconds for each answer
WHOLE = 60.0  # seconds for one letter
# Answers that blame the address itself (RFC 3463, 3.2 and 3.3); the others may be about us.
_ENHANCED = re.compile(r"5\.(?:1\.\d{1,3}|2\.1)\b")
_ANY_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_BLAMES = frozenset({550, 551, 553})


class Tls(StrEnum):
    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"  # a mail server on this machine


class Why(StrEnum):
    """What is wrong at the mail server, for the operator."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # it does not prove its name
    UNENCRYPTED = "unencrypted"  # not in the way we were told
    LOGIN = "login"
    ANSWERS = "answers"  # it says no to what we say


class Away(Exception):
    """The mail server cannot be used now."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class NotTaken(Exception):
    """There is no such address."""


class Later(Exception):
    """This letter was not taken now, or not for a reason that is the address's."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed in. `ours` is the name we give ourselves."""

    host: str
    port: int
    tls: Tls
    sender: str
    ours: str
    user: str = ""
    password: str = ""
    authorities: Path | None = None  # who vouches for it, where the system's do not


class Line:
    """A mail server that has let us in."""

    def __init__(self, client: SMTP, sender: str) -> None:
        self._client = client
        self._sender = sender

    async def send(self, address: str, letter: bytes) -> None:
        """Hand one letter in. Raises `NotTaken`, `Later` or `Away`."""
        try:
            async with asyncio.timeout(WHOLE):
                await self._client.sendmail(self._sender, [address], letter)
        except SMTPRecipientsRefused as refused:
            if _is_the_address(refused):
                raise NotTaken from None
            raise self._no() from None
        except SMTPResponseException:
            raise self._no() from None
        except (SMTPException, OSError):  # a connection that is gone, or slow
            raise Away(Why.UNREACHABLE) from None

    def _no(self) -> Exception:
        """A no that ends the line as well (421), or one to this letter alone."""
        return Later() if self._client.is_connected else Away(Why.ANSWERS)


@asynccontextmanager
async def opened(server: Server) -> AsyncIterator[Line]:
    """Reach the mail server, see that it is the one, and sign in. Raises `Away`."""
    client = SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        local_hostname=server.ours,
        timeout=PATIENCE,
        use_tls=server.tls == Tls.IMPLICIT,
        start_tls=server.tls == Tls.STARTTLS,
        tls_context=_trust(server) if server.tls != Tls.NONE else None,
    )
    try:
        try:
            await client.connect()
        except (SMTPException, OSError) as error:
            raise Away(_why(error)) from None
        yield Line(client, server.sender)
        with suppress(SMTPException, OSError):
            await client.quit()
    finally:
        client.close()  # without a word where something went wrong, or we are told to stop


def _trust(server: Server) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # which checks the name and the certificate
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.authorities is None:
        context.load_default_certs()
    else:
        context.load_verify_locations(server.authorities)
    return context


def _why(error: BaseException) -> Why:
    tls = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(tls, ssl.SSLCertVerificationError):
        return Why.UNTRUSTED
    if isinstance(tls, ssl.SSLError):  # it does not speak TLS here
        return Why.UNENCRYPTED
    if isinstance(error, SMTPAuthenticationError):
        return Why.LOGIN
    if isinstance(error, SMTPResponseException):
        return Why.ANSWERS
    if isinstance(error, OSError):  # also a connection that breaks, and one that is slow
        return Why.UNREACHABLE
    # What is left is no answer: aiosmtplib asks for nothing that a server does not offer.
    return Why.UNENCRYPTED if "STARTTLS" in str(error).upper() else Why.LOGIN


def _is_the_address(refused: SMTPRecipientsRefused) -> bool:
    """Whether the server says there is no such mailbox, rather than no to us."""
    said = refused.recipients[0]
    if said.code not in range(500, 600):
        return False
    if _ANY_ENHANCED.match(said.message):
        return _ENHANCED.match(said.message) is not None
    return said.code in _BLAMES
