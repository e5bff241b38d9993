"""What an operator can set, from the environment. Half-set is refused with a sentence.

Every name starts with ENERUM_. docs/deploy.md lists them; a test compares the two.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server.domain import completing, mailing
from server.domain.ages import Band
from server.domain.completing import Lack
from server.domain.errors import Invalid
from server.domain.note import MOST_READING_WEEKDAYS, READING_WEEKDAYS
from server.media import public

PREFIX = "ENERUM_"
SQLITE = "sqlite+aiosqlite:///"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_PORTS = 65535
MOST_WORKERS = 64
KLE = re.compile(r"\d\d\.\d\d\.\d\d [A-ZÆØÅ]\d\d")  # emne and handlingsfacet
LEAST_NOTICE, MOST_NOTICE = 1, 168  # hours: an hour to a week
UNDERSTOOD = "understood"
YES_OR_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
MAIL_PORTS = {"starttls": 587, "implicit": 465, "none": 25}  # of each way to a mail server


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    host: str = "localhost"
    port: int = 8080  # TCP; 0 takes a free one
    data_dir: Path = Path("data")
    database_url: str = ""  # of another SQLite file than data_dir's; others are not served yet
    public_url: str = ""  # as people reach it, such as https://enerum.example.dk
    tls_cert: Path | None = None
    tls_key: Path | None = None
    # Told to browsers: IPv4 or IPv6, with a port where a router translates it (1:1 NAT).
    media_addresses: tuple[str, ...] = ("127.0.0.1",)
    media_port: int = 0  # UDP, and one more for each further worker; 0 takes free ones
    media_workers: int = 0  # 0 is one for each core
    zone: ZoneInfo = ZoneInfo("Europe/Copenhagen")
    language: str = "da"
    phone: str = "12 34 56 00"  # the municipality's own number, on pages without a caseworker
    duty_phone: str = "12 34 56 00"  # døgnvagten
    plan_url: str = ""  # the municipality's own plan for violence and abuse (beredskab)
    # How many weekdays a note can be read before its words leave, by the youngest of an age band.
    reading_weekdays: Mapping[Band, int] = field(default_factory=lambda: dict(READING_WEEKDAYS))
    note_must: frozenset[Lack] = frozenset()  # what every note has to have: its template (S56)
    notice_hours: int = 24  # how long before, somebody new is told of in good time (S31)
    # Where notes go for the case system, whose, and as what: all three, or none (docs/export.md).
    export_dir: Path | None = None
    export_municipality: str = ""
    export_kle: str = ""  # subject and action facet, such as "27.36.04 G01"
    # The mail server of the municipality: host and sender, or none and no home is sent a mail.
    mail_host: str = ""
    mail_port: int = 0  # 0 is the usual one: 587, 465 with `implicit`, 25 with `none`
    mail_tls: str = "starttls"  # or implicit; none where the mail server is this machine
    mail_user: str = ""
    mail_password_file: Path | None = None
    mail_ca_file: Path | None = None  # who vouches for the mail server, where the system's do not
    mail_from: str = ""  # such as Nordby Kommune <svar-ikke@nordby.dk>
    not_for_real_meetings: str = ""  # must say "understood" wherever others can reach it
    demo: bool = False

    @property
    def database(self) -> str:
        return f"{SQLITE}{self.database_file}"

    @property
    def database_file(self) -> Path:
        if self.database_url:
            return Path(self.database_url.removeprefix(SQLITE))
        return self.data_dir / "enerum.db"

    @property
    def mails(self) -> bool:
        """Whether homes are sent a mail at all. Where not, no page speaks of one."""
        return bool(self.mail_host)

    @property
    def local(self) -> bool:
        return self.host in LOCAL

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over HTTPS, so that cookies may be `__Host-`."""
        return self.tls_cert is not None or self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        if self.public_url:
            return self.public_url.rstrip("/")
        scheme = "https" if self.tls_cert else "http"
        return f"{scheme}://{self.host}:{self.port}"


def from_environment(environ: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Read the settings; `given` (from the command line) wins. Raises `SettingsError`."""
    known = {field.name: field for field in fields(Settings)}
    values: dict[str, object] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in known:
            raise SettingsError(f"{name} is not a setting. See docs/deploy.md.")
        values[key] = _read(name, key, text)
    settings = Settings(**(values | given))  # type: ignore[arg-type]  # each was read by its name
    _complete(settings)
    return settings


def _read(name: str, key: str, text: str) -> object:
    try:
        match key:
            case "port" | "media_port" | "mail_port":
                number = int(text)
                if not 0 <= number <= MOST_PORTS:
                    raise ValueError(f"outside 0-{MOST_PORTS}")
                return number
            case "media_workers":
                number = int(text)
                if not 0 <= number <= MOST_WORKERS:
                    raise ValueError(f"outside 0-{MOST_WORKERS}")
                return number
            case "notice_hours":
                number = int(text)
                if not LEAST_NOTICE <= number <= MOST_NOTICE:
                    raise ValueError(f"outside {LEAST_NOTICE}-{MOST_NOTICE}")
                return number
            case (
                "data_dir" | "tls_cert" | "tls_key" | "export_dir"
                | "mail_password_file" | "mail_ca_file"
            ):  # fmt: skip
                return Path(text)
            case "database_url":
                if not re.fullmatch(rf"{re.escape(SQLITE)}[^?:]+", text):
                    raise ValueError(
                        f"not {SQLITE} and the path of a file (PostgreSQL is not served yet)"
                    )
                return text
            case "public_url":
                return _reached_at(text)
            case "plan_url":
                if not text.startswith("https://"):
                    raise ValueError("not an address that begins with https://")
                return text
            case "export_kle":
                if not KLE.fullmatch(text.strip()):
                    raise ValueError('not a KLE subject and facet, such as "27.36.04 G01"')
                return text.strip()
            case "media_addresses":
                told = tuple(part.strip() for part in text.split(",") if part.strip())
                for address in told:
                    public.read(address, 0)
                return told
            case "reading_weekdays":
                return _reading(text)
            case "note_must":
                return completing.template(text)
            case "zone":
                return ZoneInfo(text)
            case "demo":
                if text.lower() not in YES_OR_NO:
                    raise ValueError("say yes or no")
                return YES_OR_NO[text.lower()]
            case _:
                return text
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise SettingsError(f"{name}={text!r} cannot be used: {error}") from error


def _reached_at(text: str) -> str:
    """An address links can be made from: every one of our pages is below its root."""
    parts = urlsplit(text)
    whole = parts.scheme in ("http", "https") and parts.hostname is not None
    if not whole or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValueError("not an address such as https://enerum.example.dk, and nothing behind it")
    return text


def _reading(text: str) -> dict[Band, int]:
    """Weekdays by age, such as `6:5,10:3`; an age that is not named keeps its own."""
    told = dict(READING_WEEKDAYS)
    for part in text.split(","):
        age, _, days = part.strip().partition(":")
        number = int(days)
        if Band(age) not in told or not 1 <= number <= MOST_READING_WEEKDAYS:
            raise ValueError(f"{part.strip()} is not an age and 1-{MOST_READING_WEEKDAYS} weekdays")
        told[Band(age)] = number
    return told


def _complete(settings: Settings) -> None:
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise SettingsError("ENERUM_TLS_CERT and ENERUM_TLS_KEY belong together: set both.")
    if not 0 <= settings.port <= MOST_PORTS:
        raise SettingsError(f"--port is a number of 0-{MOST_PORTS}.")
    if settings.language not in {"da", "en"}:
        raise SettingsError("ENERUM_LANGUAGE is da or en.")
    if not settings.media_addresses:
        raise SettingsError("ENERUM_MEDIA_ADDRESSES needs at least one address.")
    _complete_export(settings)
    _complete_mail(settings)
    if settings.local and not settings.public_url:
        return  # with a public address a proxy in front lets others in
    if not settings.secure:
        raise SettingsError(
            f"{settings.origin} is reachable by others, and browsers give no camera "
            "without HTTPS: set ENERUM_TLS_CERT and ENERUM_TLS_KEY, or ENERUM_PUBLIC_URL where a "
            "proxy in front has the certificate, or use --lan."
        )
    if settings.not_for_real_meetings != UNDERSTOOD:
        raise SettingsError(
            "Enerum is not for real meetings yet (README). Where others can reach it, say so: "
            f"ENERUM_NOT_FOR_REAL_MEETINGS={UNDERSTOOD}."
        )


def _complete_export(settings: Settings) -> None:
    """A note that goes nowhere, or as nobody's, is lost: then nothing starts."""
    place = settings.export_dir
    told = (place is not None, settings.export_municipality.strip(), settings.export_kle)
    if any(told) and not all(told):
        raise SettingsError(
            "ENERUM_EXPORT_DIR, ENERUM_EXPORT_MUNICIPALITY and ENERUM_EXPORT_KLE belong together: "
            "set all three, or none and notes are not sent to a case system."
        )
    if place is not None and not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        raise SettingsError(
            "ENERUM_EXPORT_DIR is not a folder that can be written to. Make it first, so that a "
            "share that is not mounted is noticed."
        )


def _complete_mail(settings: Settings) -> None:
    """A mail that cannot be sent, or goes as nobody's, helps no home: then nothing starts."""
    told = (settings.mail_user, settings.mail_password_file, settings.mail_ca_file)
    if bool(settings.mail_host) != bool(settings.mail_from) or (any(told) and not settings.mails):
        raise SettingsError(
            "ENERUM_MAIL_HOST and ENERUM_MAIL_FROM belong together, and the other ENERUM_MAIL_ "
            "names to them: set both, or none and no home is sent a mail."
        )
    if not settings.mails:
        return
    if settings.mail_tls not in MAIL_PORTS:
        raise SettingsError("ENERUM_MAIL_TLS is starttls, implicit or none.")
    if settings.mail_tls == "none" and settings.mail_host not in LOCAL:
        raise SettingsError(
            "ENERUM_MAIL_TLS=none is for a mail server on this machine: the way to another one is "
            "encrypted, and it proves its name."
        )
    if bool(settings.mail_user) != (settings.mail_password_file is not None):
        raise SettingsError("ENERUM_MAIL_USER and ENERUM_MAIL_PASSWORD_FILE belong together.")
    _, sender = parseaddr(settings.mail_from)
    try:
        mailing.address(sender)
    except Invalid:
        raise SettingsError(
            'ENERUM_MAIL_FROM is not an address, such as "Nordby Kommune <svar-ikke@nordby.dk>".'
        ) from None
    for name, path in (
        ("PASSWORD", settings.mail_password_file),
        ("CA", settings.mail_ca_file),
    ):
        if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
            raise SettingsError(f"ENERUM_MAIL_{name}_FILE is not a file that can be read.")
    if not settings.public_url and settings.local:
        raise SettingsError(
            "ENERUM_MAIL_HOST needs ENERUM_PUBLIC_URL: a home cannot open a mail's link to "
            "this computer's own name."
        )
