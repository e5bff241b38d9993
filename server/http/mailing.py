"""Homes are sent their mail when its hour has come (services/mailing.py, ADR 7).

It has a task of its own: how long the releases of that hour take does not show in when it comes
(P4), and a mail server that answers slowly holds nothing else up.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from urllib.parse import urlsplit

from aiohttp import web

from server import keys, log
from server.domain.ages import Band
from server.domain.mailing import as_sent
from server.http.turns import rest
from server.services import mailing, post
from server.services.mailing import Letter
from server.services.releasing import Lease
from server.settings import MAIL_PORTS, Settings
from server.texts import Texts, Voice

LEAST_LEFT = timedelta(minutes=2)  # of a lease, to begin another letter under it
WAY_IN = "/home/way-in"


async def keep_mailing(app: web.Application, every: float, over: asyncio.Event) -> None:
    """Look for homes to write to until it is over."""
    while not over.is_set():
        try:
            await mail_due(app)
        except Exception as error:  # a database that is away comes back
            log.fault("mail", error)
        await rest(over, every)


async def mail_due(app: web.Application) -> int:
    """Send what is due; returns how many letters went. What cannot go now stays leased, and is
    tried again when the lease is over."""
    settings, database = app[keys.SETTINGS], app[keys.DATABASE]
    if not settings.mails:
        return 0
    now = app[keys.CLOCK].now()
    async with database.read() as db:
        if not await mailing.is_any_due(db, now=now):
            return 0
    async with database.begin() as db:
        taken = await mailing.take(
            db, now=now, zone=settings.zone, reading=settings.reading_weekdays
        )
    if taken.given_up:
        log.note("mails given up", count=taken.given_up)
    waiting = [lease for lease in taken.leases if await _letter(app, lease) is not None]
    if not waiting:
        return 0
    sent = Sent(app, waiting)
    try:
        async with post.opened(server_of(settings)) as line:
            await sent.all(line)
    except post.Away as away:
        log.note("mail server away", why=away.why, waiting=sent.waiting)
    return sent.letters


class Sent:
    """One turn at the mail server."""

    def __init__(self, app: web.Application, leases: Sequence[Lease]) -> None:
        self.letters = 0
        self.waiting = len(leases)
        self._app = app
        self._leases = leases
        self._marks: set[str] = set()  # two talks on a day, or two children, are one letter

    async def all(self, line: post.Line) -> None:
        for lease in self._leases:
            if lease.until - self._app[keys.CLOCK].now() < LEAST_LEFT:
                return  # the others wait for the next turn, in whoever's hands
            await self._one(line, lease)

    async def _one(self, line: post.Line, lease: Lease) -> None:
        letter = await _letter(self._app, lease)
        if letter is None:
            self.waiting -= 1
            return
        mark = mailing.mark(self._app[keys.LINK_KEY], letter)
        done = mailing.sent
        if mark not in self._marks:
            try:
                await line.send(as_sent(letter.address), content(self._app, letter, mark))
            except post.Later:
                log.note("mail put off", placement=letter.placement)
                return
            except post.NotTaken:
                log.note("mail refused", placement=letter.placement)
                done = mailing.refused
            else:
                self._marks.add(mark)
                self.letters += 1
        async with self._app[keys.DATABASE].begin() as db:
            await done(db, lease, now=self._app[keys.CLOCK].now())
        self.waiting -= 1


async def _letter(app: web.Application, lease: Lease) -> Letter | None:
    async with app[keys.DATABASE].begin() as db:
        return await mailing.letter(db, lease, now=app[keys.CLOCK].now())


def content(app: web.Application, letter: Letter, mark: str) -> bytes:
    """The letter itself: the same bytes to everybody but for the address and the number, whenever
    it is sent and whatever happened (P4, S36)."""
    settings = app[keys.SETTINGS]
    voice = speaks(app[keys.TEXTS], settings, letter.language)
    name, sender = parseaddr(settings.mail_from)
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(name, addr_spec=as_sent(sender))
    made["To"] = as_sent(letter.address)
    made["Subject"] = voice.say("mail.subject")
    # The hour it is for, also where it goes later: how late says something about us alone.
    made["Date"] = letter.hour.astimezone(settings.zone)
    made["Message-ID"] = f"<{mark}@{as_sent(sender).rpartition('@')[2]}>"
    # No machine answers a machine (RFC 3834; Exchange has a word of its own).
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(voice.say("mail.text", link=settings.origin + WAY_IN), cte="quoted-printable")
    return bytes(made)


def speaks(texts: Texts, settings: Settings, language: str) -> Voice:
    """The voice of a mail: an adult's words, and the numbers of the house."""
    return Voice(
        texts,
        language or settings.language,
        Band.ADULT,
        main_phone=settings.phone,
        duty_phone=settings.duty_phone,
    )


def server_of(settings: Settings) -> post.Server:
    """The mail server as the operator set it. The password is read anew each time: it may be
    changed while we run."""
    password = ""
    if settings.mail_password_file is not None:
        password = settings.mail_password_file.read_text(encoding="utf-8").strip()
    return post.Server(
        host=settings.mail_host,
        port=settings.mail_port or MAIL_PORTS[settings.mail_tls],
        tls=post.Tls(settings.mail_tls),
        sender=as_sent(parseaddr(settings.mail_from)[1]),
        ours=urlsplit(settings.origin).hostname or "localhost",
        user=settings.mail_user,
        password=password,
        authorities=settings.mail_ca_file,
    )
