"""What one device may have kept: every row is read again at each change, for everybody."""

import pytest
from sqlalchemy import func, select

from server.domain.roles import Role
from server.services import arriving, chatting
from server.store.note_tables import Chat
from server.store.tables import Reply, Visit


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """The same limits, reached in a moment."""
    monkeypatch.setattr(arriving, "MOST_ANSWERS", 3)
    monkeypatch.setattr(arriving, "MOST_KNOCKS", 2)
    monkeypatch.setattr(chatting, "MOST_MESSAGES", 2)


async def rows(database, kind) -> int:
    async with database.read() as db:
        return (await db.execute(select(func.count()).select_from(kind))).scalar_one()


async def test_one_device_answers_only_so_often(opened, sofie, database):
    """L14: a script that answers all day long costs its own device the answers, nobody else."""
    answer = {"question": "way", "answer": "video"}
    for _ in range(3):
        assert (await sofie.post("/arriving/answers", data=answer)).status == 200
    refused = await sofie.post("/arriving/answers", data=answer)
    assert refused.status == 409
    assert "Ring i stedet" in await refused.text()
    assert await rows(database, Reply) == 3


async def test_one_device_knocks_only_so_often(mette_in, join, database):
    sofie = await join(Role.YOUNG_PERSON)
    before = await rows(database, Visit)
    for _ in range(2):
        assert (await sofie.ask("knock"))["type"] == "done"
        assert (await sofie.ask("withdraw"))["type"] == "done"
    assert (await sofie.ask("knock"))["error"] == "too-often"
    assert await rows(database, Visit) == before + 2


async def test_one_person_writes_only_so_much(mette_in, sofie_in, database):
    """V17.3.1, P10: the sender is told that it was not kept; the other still writes."""
    for words in ("et", "to"):
        assert (await sofie_in.ask("chat", text=words))["type"] == "done"
    assert (await sofie_in.ask("chat", text="tre"))["error"] == "too-often"
    assert (await mette_in.ask("chat", text="hej"))["type"] == "done"
    assert await rows(database, Chat) == 3
