"""What stands in a start's way is told in a sentence, and nothing is changed by it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy.exc import OperationalError

from server import starting
from server.__main__ import tls
from server.app import build_app, link_key
from server.settings import Settings
from server.starting import CannotStart
from server.store.database import Database
from tests.conftest import NOON
from tests.factories import store_account


async def refused(settings: Settings) -> str:
    """What the operator reads, when a whole start ends with it."""
    runner = web.AppRunner(build_app(settings, media=False))
    with pytest.raises(CannotStart) as stopped:
        await runner.setup()
    await runner.cleanup()
    return str(stopped.value)


@pytest.fixture
async def in_use(settings: Settings) -> Settings:
    """A house that somebody works with, and whose keys are not there."""
    database = Database(settings.database)
    async with database.begin() as db:
        await store_account(db, NOON, "mette", "Mette Lund")
    await database.close()
    return settings


def test_a_database_without_its_key_is_not_given_another_one(in_use: Settings) -> None:
    """P11: restored without its keys, it would open no link that was ever sent, and say nothing."""
    with pytest.raises(CannotStart, match="Put it back"):
        link_key(in_use)
    assert not (in_use.data_dir / "keys").exists()


def test_where_the_key_is_lost_for_good_the_operator_says_so(in_use: Settings) -> None:
    path = in_use.data_dir / "keys" / "link.key"
    path.parent.mkdir()
    path.touch()
    made = link_key(in_use)
    assert len(made) == 32
    assert link_key(in_use) == made
    assert [file.name for file in path.parent.iterdir()] == ["link.key"]


def test_a_key_that_was_cut_short_is_told(settings: Settings) -> None:
    path = settings.data_dir / "keys" / "link.key"
    path.parent.mkdir()
    path.write_bytes(bytes(7))
    with pytest.raises(CannotStart, match="no key of ours"):
        link_key(settings)


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="ENERUM_DATA_DIR"):
        build_app(Settings(data_dir=tmp_path / "file" / "data"), media=False)


async def test_what_is_no_database_is_told_and_left_as_it_is(settings: Settings) -> None:
    settings.database_file.write_bytes(b"half of a download" * 100)
    assert "not a database" in await refused(settings)
    assert settings.database_file.read_bytes() == b"half of a download" * 100


async def test_tables_of_a_later_version_are_told_and_left_as_they_are(settings: Settings) -> None:
    """P10: whoever goes back to an older version puts the backup back with it."""
    with closing(sqlite3.connect(settings.database_file)) as file:
        file.execute("UPDATE alembic_version SET version_num = 'from_next_year'")
        file.commit()
    assert "later version" in await refused(settings)
    with closing(sqlite3.connect(settings.database_file)) as file:
        assert file.execute("SELECT * FROM alembic_version").fetchall() == [("from_next_year",)]


def test_a_certificate_that_is_none_is_told(settings: Settings, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("nonsense")
    for path in (nonsense, tmp_path / "nowhere.pem"):
        with pytest.raises(CannotStart, match="ENERUM_TLS_CERT"):
            tls(replace(settings, tls_cert=path, tls_key=path))


def test_of_a_statement_that_failed_the_reason_is_told_and_not_its_words() -> None:
    """P6: it goes to the terminal, and from there into a service's journal."""
    full = OperationalError("INSERT INTO notes", {"words": "Sofie"}, Exception("disk is full"))
    with (
        pytest.raises(CannotStart) as stopped,
        starting.told("The database cannot be used", "Look.", OperationalError),
    ):
        raise full
    assert str(stopped.value) == "The database cannot be used: disk is full. Look."
