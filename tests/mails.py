"""A mail server on this machine, a house that writes to homes through it, and what it writes."""

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiohttp import web
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.app import link_key, shipped
from server.certificate import self_made
from server.clock import Clock
from server.domain import mailing
from server.settings import Settings
from server.store.database import Database
from server.store.mail_tables import HomeMail
from tests.notes import ZONE

LENE = "lene.karl@example.dk"
SENDER = "svar-ikke@nordby.example"
# The whole of it. The number is a keyed hash of the address and the hour; the key is the test's.
LETTER = (
    f"From: Nordby Kommune <{SENDER}>\r\n"
    f"To: {LENE}\r\n"
    "Subject: Se jeres side\r\n"
    "Date: Thu, 03 Dec 2026 12:00:00 +0100\r\n"
    "Message-ID: <NUMBER@nordby.example>\r\n"
    "Auto-Submitted: auto-generated\r\n"
    "X-Auto-Response-Suppress: All\r\n"
    'Content-Type: text/plain; charset="utf-8"\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "MIME-Version: 1.0\r\n"
    "\r\n"
)
USER, PASSWORD = "enerum", "et langt kodeord"


@dataclass
class PostOffice:
    """Takes letters as a municipality's own mail server does, and keeps them."""

    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # to whom it says something else
    signed_in: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    after_each: Callable[[], object] = lambda: None

    async def handle_RCPT(  # the name aiosmtpd asks for
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # as above
        self.letters.append(envelope.content)
        self.to.extend(envelope.rcpt_tos)
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        self.after_each()
        return "250 2.0.0 OK"

    def signs_in(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, told: LoginPassword
    ) -> AuthResult:
        self.signed_in.append(told.login)
        fits = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=fits, handled=False)

    def read(self) -> list[EmailMessage]:
        found = [message_from_bytes(letter, policy=default) for letter in self.letters]
        assert all(isinstance(letter, EmailMessage) for letter in found)
        return found  # type: ignore[return-value]  # which the line above saw


@asynccontextmanager
async def post_office(
    office: PostOffice | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    users: bool = False,
    host: str = "127.0.0.1",
) -> AsyncIterator[PostOffice]:
    """One that is open; where it was open before, at the same port."""
    office = office or PostOffice()
    loop = asyncio.get_running_loop()

    def answer() -> SMTP:
        return SMTP(
            office,
            hostname="mail.test",
            loop=loop,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=office.signs_in if users else None,
            auth_required=users and not implicit,  # which it knows of STARTTLS alone
            auth_require_tls=not implicit,
        )

    door = await loop.create_server(answer, host, office.port, ssl=tls if implicit else None)
    office.port = door.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        door.close()
        await door.wait_closed()


def free_port() -> int:
    """One nobody answers at, until a post office opens there."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def house(settings: Settings, clock: Clock) -> web.Application:
    """As much of a server as writes to homes, on a database that is there."""
    app = web.Application()
    app[keys.SETTINGS], app[keys.CLOCK] = settings, clock
    app[keys.DATABASE] = Database(settings.database)
    app[keys.TEXTS] = shipped()[1]
    app[keys.LINK_KEY] = link_key(settings)
    return app


def writing(settings: Settings, port: int) -> Settings:
    """The same house, set up to write to homes through a mail server on this machine."""
    return replace(
        settings,
        mail_host="127.0.0.1",
        mail_port=port,
        mail_tls="none",
        mail_from=f"Nordby Kommune <{SENDER}>",
    )


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of this machine's own making for 127.0.0.1, and a server's context with it."""
    made, key = self_made(folder, "127.0.0.1", now=Clock().now())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context


async def kept(db: AsyncSession, placement: int, address: str = LENE, language: str = "") -> None:
    """A home's address, as its caseworker put it there."""
    db.add(HomeMail(placement_id=placement, address=address, language=language))


def hour_of_the_mail(after: datetime) -> datetime:
    """Of the cast's meeting, which ended half an hour before the clock of these tests."""
    return mailing.hour(after - timedelta(hours=1), 30, ZONE, 3)


def the_letter(office: PostOffice, number: int = 0) -> bytes:
    """Without its own number, which is looked at by itself."""
    found, times = re.subn(rb"<[0-9a-f]{32}@", b"<NUMBER@", office.letters[number])
    assert times == 1
    return found
