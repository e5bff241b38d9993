"""The process is killed before each of its writes in turn: in the folder there are both files or
neither, and the receiver gets them exactly once (issue 5, must show 5)."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import exports, notes
from tests.notes import ON

ROOT = Path(__file__).parents[2]
KILLED = -9
FILES = ["note.json", "note.pdf"]


@pytest.fixture
async def house(after_the_meeting, database, clock, settings, tmp_path) -> Path:
    """A house with a note, closed; to be copied for each try."""
    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    await note.write(ON, clock.now())
    place = tmp_path / "house"
    (place / "data").mkdir(parents=True)
    (place / "case-system").mkdir()
    with sqlite3.connect(settings.data_dir / "enerum.db") as whole:
        with sqlite3.connect(place / "data" / "enerum.db") as copied:
            whole.backup(copied)
        copied.close()
    whole.close()
    return place


@pytest.fixture
def runs() -> Iterator[Callable[..., int]]:
    """Start a process that ends before its n-th write; its exit."""
    command = [sys.executable, "-m", "tests.services.killed_export"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        to, answers = server.stdin, server.stdout

        def run(house: Path, n: int, *later: str) -> int:
            to.write(" ".join([str(house), str(n), *later]) + "\n")
            to.flush()
            return int(answers.readline())

        yield run
        to.close()


def still_to_do(house: Path) -> int:
    with sqlite3.connect(house / "data" / "enerum.db") as file:
        (found,) = file.execute("SELECT count(*) FROM jobs WHERE done_at IS NULL AND kind='export'")
    file.close()
    return int(found[0])


def receipts(house: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(house / "data" / "enerum.db") as file:
        rows = file.execute(
            "SELECT mark, pdf_sha256, json_sha256 FROM exports WHERE sent_at IS NOT NULL"
        ).fetchall()
    file.close()
    return rows


async def test_killed_before_any_write_both_are_there_or_neither_and_they_come_once(
    house: Path, tmp_path: Path, runs: Callable[..., int]
) -> None:
    """P10, R5. The receiver fetches at once, so that nothing in the folder can tell the next
    process what went; whoever pressed presses again, as after a page that did not come."""
    killed = 0
    for n in range(1, 100):
        tried = tmp_path / f"tried-{n}"
        shutil.copytree(house, tried)
        folder, fetched = tried / "case-system", tried / "fetched"
        fetched.mkdir()
        ended = runs(tried, n)
        for name in exports.arrived(folder):
            assert sorted(path.name for path in (folder / name).iterdir()) == FILES, n
            (folder / name).rename(fetched / name)
        if ended != KILLED:
            assert ended == 0
            break
        killed += 1
        assert runs(tried, 0, "later") == 0
        for name in exports.arrived(folder):
            (folder / name).rename(fetched / name)  # a second one of the name would not go
        assert still_to_do(tried) == 0, n
        ((mark, *digests),) = receipts(tried)
        assert exports.arrived(fetched) == [f"enerum-{mark}-v1"], n
        (name,) = exports.arrived(fetched)
        for file, digest in zip(("note.pdf", "note.json"), digests, strict=True):
            content = (fetched / name / file).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest, n
        assert [path.name for path in folder.iterdir() if path.name != ".enerum"] == [], n
    assert killed >= 15
