"""The four locks on the home's page, each by itself (P4)."""

import ast
import asyncio
import inspect
import re
from dataclasses import fields
from pathlib import Path

from server.domain.roles import FosterHome, PlacementId
from server.domain.sharing import Choice, Released
from server.services import handing_over
from server.services.handing_over import Handover, Task
from tests import notes
from tests.asked import asked
from tests.notes import ON

SERVER = Path(__file__).parents[2] / "server"
# Design 4.3: what was handed over, the times told, and whose page it is. Nothing else.
MAY_READ = {"handovers", "told_times", "placements", "young_people", "accounts"}
JOINED = {"placements", "young_people", "accounts"}


def tables(statement: str) -> set[str]:
    return set(re.findall(r"(?:FROM|JOIN) (\w+)", statement))


async def test_storage_the_page_reads_words_copied_out_and_times_told(database, cast, clock):
    """P4, first lock: neither table is joined to a meeting, a note, an item or a choice."""

    async def page() -> None:
        async with database.read() as db:
            home = FosterHome(PlacementId(cast.holms))
            await handing_over.show(db, home, now=clock.now())

    with asked(database, page.__qualname__) as questions:
        await asyncio.create_task(page())
    read = [tables(sql) for sql, _ in questions.statements if sql.startswith("SELECT")]
    assert set().union(*read) <= MAY_READ
    assert {"handovers"} in read
    assert {"told_times"} in read
    assert all(one <= JOINED for one in read if len(one) > 1)


def made_in(name: str) -> set[str]:
    """The files of the server in which a value of this type is made."""
    return {
        path.relative_to(SERVER).as_posix()
        for path in SERVER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
    }


def test_rule_only_release_lets_words_out():
    """P4, second lock."""
    assert made_in("Released") == {"domain/sharing.py"}


def test_type_the_page_has_no_place_for_a_count_or_an_item():
    """P4, third lock: `Released` holds a text, the page five blocks, and one module makes it."""
    assert [field.name for field in fields(Released)] == ["text"]
    assert made_in("Handover") == {"services/handing_over.py", "services/releasing.py"}
    releasing = (SERVER / "services" / "releasing.py").read_text(encoding="utf-8")
    assert "from server.store.note_tables import Handover" in releasing  # the row, not the page
    assert [field.name for field in fields(Handover)] == [
        "home_name", "young_name", "caseworker_name", "caseworker_phone", "words", "tasks",
        "support", "times",
    ]  # fmt: skip
    assert [field.name for field in fields(Task)] == ["due", "words"]


def test_guard_a_home_reaches_nothing_but_its_own_page():
    """P4, fourth lock: a home holds a placement, and no service takes one but its page, the
    questions before a talk it was told of, and whether it wants its mail."""
    assert [field.name for field in fields(FosterHome)] == ["placement"]
    takers = {
        path.relative_to(SERVER).as_posix()
        for path in (SERVER / "services").rglob("*.py")
        if "FosterHome" in path.read_text(encoding="utf-8")
    }
    assert takers == {
        "services/asking_home.py", "services/handing_over.py", "services/home_mail.py",
    }  # fmt: skip
    assert "meeting" not in inspect.signature(handing_over.show).parameters


async def test_the_copy_stays_when_the_note_goes(after_the_meeting, database, clock):
    """P4: the words at the home are a copy; deleting the note takes nothing from the page."""
    from sqlalchemy import delete

    from server.store.note_tables import Item

    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    item = await note.write(ON, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    await notes.release_due(database, await notes.hour(database, note.meeting))
    async with database.begin() as db:
        await db.execute(delete(Item))
    async with database.read() as db:
        home = FosterHome(PlacementId(note.placement))
        assert (await handing_over.show(db, home, now=clock.now())).words == (ON,)
