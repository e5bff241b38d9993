"""`run.py backup FILE`, and what is put back from it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from server.settings import Settings
from server.store.database import Database
from server.tools import backup
from tests.conftest import NOON
from tests.factories import store_account, store_cast


async def test_it_is_whole_while_somebody_writes_and_opens_again(
    settings: Settings, tmp_path: Path
) -> None:
    """P10: what was sent is in it; what is on its way is not there by half."""
    to = tmp_path / "copy.db"
    database = Database(settings.database)
    async with database.begin() as db:
        await store_cast(db, NOON)
    async with database.begin() as db:
        await store_account(db, NOON, "late", "Not Yet There")
        backup.copy(settings.database_file, to)
    await database.close()
    with closing(sqlite3.connect(to)) as file:
        assert "late" not in [login for (login,) in file.execute("SELECT login FROM accounts")]
        assert file.execute("SELECT count(*) FROM replies").fetchone() is not None
    restored = Database(f"sqlite+aiosqlite:///{to}")
    await restored.upgrade()
    async with restored.begin() as db:
        await store_account(db, NOON, "next", "The Next One")
    await restored.close()


def test_nobody_else_on_the_machine_reads_it(settings: Settings, tmp_path: Path) -> None:
    """D1."""
    backup.copy(settings.database_file, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_no_earlier_one_is_written_over(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("of yesterday")
    with pytest.raises(backup.Unable, match="File exists"):
        backup.copy(settings.database_file, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "of yesterday"


def test_what_is_no_database_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "enerum.db").write_bytes(b"half of a download" * 100)
    for database in (tmp_path / "enerum.db", tmp_path / "nowhere.db"):
        with pytest.raises(backup.Unable, match="There is no"):
            backup.copy(database, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_without_a_place_it_says_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        backup.main([])
    assert "python3 run.py backup FILE" in capsys.readouterr().out
