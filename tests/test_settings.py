"""Settings: half-set is refused with a sentence that says what to do."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from server.settings import PREFIX, Settings, SettingsError, from_environment

ROOT = Path(__file__).parents[1]
EXPORT = {
    "ENERUM_EXPORT_DIR": str(ROOT),
    "ENERUM_EXPORT_MUNICIPALITY": "Nordby Kommune",
    "ENERUM_EXPORT_KLE": "27.36.04 G01",
}

MAIL = {
    "ENERUM_MAIL_HOST": "mail.nordby.dk",
    "ENERUM_MAIL_FROM": "Nordby Kommune <svar-ikke@nordby.dk>",
    "ENERUM_PUBLIC_URL": "https://enerum.nordby.dk",
    "ENERUM_NOT_FOR_REAL_MEETINGS": "understood",
}


def test_without_any_setting_it_serves_this_computer() -> None:
    settings = from_environment({})
    assert settings.origin == "http://localhost:8080"
    assert settings.database == "sqlite+aiosqlite:///data/enerum.db"
    assert settings.local
    assert not settings.secure


@pytest.mark.parametrize(
    ("environ", "what_to_do"),
    [
        pytest.param({"ENERUM_TLS_CERT": "c.pem"}, "belong together", id="a certificate alone"),
        pytest.param({"ENERUM_HOST": "192.0.2.1"}, "HTTPS", id="open to others without HTTPS"),
        pytest.param(
            {"ENERUM_PUBLIC_URL": "http://example.dk"}, "HTTPS", id="a proxy without HTTPS"
        ),
        pytest.param(
            {"ENERUM_PUBLIC_URL": "https://example.dk"},
            "not for real meetings",
            id="open to others and nobody accepted what it is not",
        ),
        pytest.param(
            {"ENERUM_PUBLIC_URL": "enerum.example.dk"}, "PUBLIC_URL", id="a name without https"
        ),
        pytest.param(
            {"ENERUM_PUBLIC_URL": "https://example.dk/enerum"},
            "nothing behind",
            id="a path of ours",
        ),
        pytest.param(
            {"ENERUM_DATABASE_URL": "postgresql+asyncpg://db/enerum"},
            "not served yet",
            id="a database it cannot speak to",
        ),
        pytest.param({"ENERUM_DEMO": "maybe"}, "yes or no", id="neither yes nor no"),
        pytest.param({"ENERUM_PORT": "http"}, "ENERUM_PORT", id="a port that is no number"),
        pytest.param({"ENERUM_MEDIA_PORT": "70000"}, "0-65535", id="a port that does not exist"),
        pytest.param({"ENERUM_NOTICE_HOURS": "0"}, "1-168", id="no notice at all (S31)"),
        pytest.param({"ENERUM_NOTICE_HOURS": "1000"}, "1-168", id="more notice than a week"),
        pytest.param({"ENERUM_NOTICE_HOURS": "a day"}, "NOTICE_HOURS", id="hours in words"),
        pytest.param({"ENERUM_ZONE": "Mars/Base"}, "ENERUM_ZONE", id="a place without a clock"),
        pytest.param({"ENERUM_LANGUAGE": "se"}, "da or en", id="a language it has no texts in"),
        pytest.param({"ENERUM_MEDIA_ADDRESSES": " , "}, "at least one", id="nowhere to call"),
        pytest.param(
            {"ENERUM_MEDIA_ADDRESSES": "enerum.example.dk"},
            "ENERUM_MEDIA_ADDRESSES",
            id="a name where an address must be",
        ),
        pytest.param(
            {"ENERUM_READING_WEEKDAYS": "7:3"}, "READING", id="an age without its own words"
        ),
        pytest.param({"ENERUM_PLAN_URL": "beredskab.pdf"}, "https://", id="a plan nobody can open"),
        pytest.param({"ENERUM_READING_WEEKDAYS": "6:0"}, "READING", id="no time for reading"),
        pytest.param(
            {"ENERUM_EXPORT_DIR": str(ROOT)}, "belong together", id="notes go as nobody's"
        ),
        pytest.param(
            {"ENERUM_EXPORT_MUNICIPALITY": "Nordby Kommune", "ENERUM_EXPORT_KLE": "27.36.04 G01"},
            "belong together",
            id="notes go nowhere",
        ),
        pytest.param({"ENERUM_EXPORT_KLE": "27.36"}, "27.36.04 G01", id="no facet"),
        pytest.param(
            EXPORT | {"ENERUM_EXPORT_DIR": "/nowhere/at/all"}, "Make it first", id="no such folder"
        ),
        pytest.param(
            {"ENERUM_MAIL_HOST": "mail.nordby.dk"}, "belong together", id="mail as nobody"
        ),
        pytest.param(
            {"ENERUM_MAIL_FROM": "svar-ikke@nordby.dk"}, "belong together", id="mail by nobody"
        ),
        pytest.param({"ENERUM_MAIL_USER": "enerum"}, "belong together", id="a user of no server"),
        pytest.param(MAIL | {"ENERUM_MAIL_TLS": "ssl"}, "starttls, implicit or none", id="odd TLS"),
        pytest.param(MAIL | {"ENERUM_MAIL_TLS": "none"}, "encrypted", id="mail in the clear"),
        pytest.param(MAIL | {"ENERUM_MAIL_USER": "enerum"}, "PASSWORD_FILE", id="no password"),
        pytest.param(MAIL | {"ENERUM_MAIL_FROM": "Nordby"}, "not an address", id="no sender"),
        pytest.param(MAIL | {"ENERUM_MAIL_PORT": "smtp"}, "MAIL_PORT", id="no port number"),
        pytest.param(
            MAIL | {"ENERUM_MAIL_USER": "enerum", "ENERUM_MAIL_PASSWORD_FILE": "/nowhere"},
            "can be read",
            id="a password that is not there",
        ),
        pytest.param(MAIL | {"ENERUM_MAIL_CA_FILE": "/nowhere"}, "can be read", id="no such CA"),
        pytest.param(
            {k: v for k, v in MAIL.items() if k != "ENERUM_PUBLIC_URL"},
            "ENERUM_PUBLIC_URL",
            id="a link nobody else can open",
        ),
        pytest.param({"ENERUM_DATADIR": "x"}, "docs/deploy.md", id="a name it does not know"),
    ],
)
def test_half_set_is_refused_with_what_to_do(environ: dict[str, str], what_to_do: str) -> None:
    with pytest.raises(SettingsError, match=what_to_do):
        from_environment(environ)


def test_another_database_file_is_the_one_that_is_kept_private() -> None:
    """D1: app.private_files is told the file, wherever it lies."""
    told = {"ENERUM_DATABASE_URL": "sqlite+aiosqlite:////srv/db/enerum.sqlite"}
    assert from_environment(told).database_file == Path("/srv/db/enerum.sqlite")
    assert from_environment(told).database == told["ENERUM_DATABASE_URL"]


def test_behind_a_translating_router_the_address_told_has_a_port_of_its_own() -> None:
    told = {"ENERUM_MEDIA_ADDRESSES": "203.0.113.10:50000, [2001:db8::1]:50000"}
    assert from_environment(told).media_addresses == ("203.0.113.10:50000", "[2001:db8::1]:50000")


def test_notes_go_to_a_case_system_once_all_of_it_is_set() -> None:
    """D16: off by default."""
    assert from_environment({}).export_dir is None
    assert from_environment(EXPORT).export_dir == ROOT


def test_homes_are_sent_a_mail_once_there_is_a_mail_server() -> None:
    """P4: none by default; encrypted unless the server is this machine."""
    assert not from_environment({}).mails
    found = from_environment(MAIL)
    assert (found.mails, found.mail_tls, found.mail_port) == (True, "starttls", 0)
    assert from_environment(MAIL | {"ENERUM_MAIL_HOST": "localhost", "ENERUM_MAIL_TLS": "none"})


def test_behind_a_proxy_with_a_certificate_it_knows_its_own_address() -> None:
    settings = from_environment(
        {
            "ENERUM_PUBLIC_URL": "https://enerum.example.dk/",
            "ENERUM_NOT_FOR_REAL_MEETINGS": "understood",
        }
    )
    assert settings.origin == "https://enerum.example.dk"
    assert settings.secure


def test_every_setting_is_explained_to_operators_and_nothing_else_is() -> None:
    told = re.findall(r"^\| `(ENERUM_\w+)` \|", (ROOT / "docs/deploy.md").read_text(), re.MULTILINE)
    assert sorted(told) == sorted(PREFIX + field.name.upper() for field in fields(Settings))
