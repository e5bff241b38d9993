"""The field matrix of the writing side: each kind of words in a note, asked for at every address
by everybody whose it is not."""

import pytest

from server.domain.sharing import Choice
from server.services import sessions
from server.store.choosing_tables import Commented
from server.store.note_tables import Chat, ChoiceMade, WordWish
from server.store.schema import METADATA
from tests.conftest import Browser
from tests.http.test_every_route import ROUTES, address

JSON = {"Accept": "application/json"}
# By table and column of what is written around a note: the words that stand there in this test.
WORDS = {
    "wordings.text": "Kaninen hedder Plet.",
    "wordings.text (quote)": "Jeg kan ikke sove.",
    "wordings.text (agreement)": "Jeg ringer til Hanne.",
    "wordings.text (home)": "Noget med kaniner.",
    "items.said_by": "Storesøster",
    "items.reason": "Grunden er medicin",
    "promises.words": "Jeg ringer til Hanne.",
    "promises.owner": "Hannes mor",
    "requests.words": "Kaninen hedder Plet.",
    "chats.text": "Skrevet under samtalen",
    "drafts.text": "Endnu ikke sendt",
    "comments.words": "Sådan var det ikke",
    "word_wishes.words": "Sig noget om søvn",
}
TABLES = ("items", "wordings", "promises", "requests", "chats", "drafts", "comments", "word_wishes")
NO_WORDS = {
    "items.section", "wordings.kind", "promises.kind", "requests.owner", "requests.tag",
    "chats.ref", "drafts.place", "comments.stand",
}  # fmt: skip


def test_every_column_of_words_around_a_note_has_its_row() -> None:
    """S42: a column that nobody listed fails."""
    found = {
        f"{name}.{column.name}"
        for name in TABLES
        for column in METADATA.tables[name].columns
        if column.type.python_type is str
    }
    assert found - NO_WORDS == {row.partition(" ")[0] for row in WORDS}


@pytest.fixture
async def written(after_the_meeting, mette: Browser, database, clock) -> str:
    """Mette's note of Sofie's meeting, with every kind of words in it."""
    cast = after_the_meeting
    note = f"/meetings/{cast.meeting}"

    async def write(section: str, text: str, **more: str) -> int:
        sent = {"section": section, "text": text} | more
        answer = await mette.post(f"{note}/items", data=sent, headers=JSON)
        assert answer.status == 200
        return int((await answer.json())["item"])

    plain = await write("talked_about", WORDS["wordings.text"])
    said_by = WORDS["items.said_by"]
    await write("own_words", WORDS["wordings.text (quote)"], said_by=said_by)
    owner = WORDS["promises.owner"]
    await write("agreed", WORDS["promises.words"], owner=owner, due="2026-12-01")
    deeds = (
        ("home", {"text": WORDS["wordings.text (home)"], "revision": "0"}),
        ("must-pass-on", {"reason": WORDS["items.reason"]}),
        ("tag", {"tag": "request"}),
    )
    for deed, sent in deeds:
        answer = await mette.post(f"{note}/items/{plain}/{deed}", data=sent, headers=JSON)
        assert answer.status == 200
    place = f"meeting:{cast.meeting}:thinks"
    draft = {"place": place, "text": WORDS["drafts.text"], "revision": "0"}
    assert (await mette.post("/drafts", data=draft, headers=JSON)).status == 200
    async with database.begin() as db:
        line = {"seat_id": cast.sofies_seat, "ref": "x", "at": clock.now()}
        db.add(Chat(meeting_id=cast.meeting, text=WORDS["chats.text"], **line))
        hers = await sessions.open_for(db, now=clock.now(), seat=cast.sofies_seat)
        said = {"item_id": plain, "wording_id": 1, "session_id": hers.id, "at": clock.now()}
        db.add(Commented(words=WORDS["comments.words"], **said))
        asked = {"item_id": plain + 1, "wording_id": plain + 1, "session_id": hers.id}
        other = ChoiceMade(choice=Choice.OTHER_WORDS, in_call=False, at=clock.now(), **asked)
        db.add(other)
        await db.flush()
        wish = WORDS["word_wishes.words"]
        db.add(WordWish(choice_id=other.id, words=wish, at=clock.now()))
    return note


async def test_whose_note_it_is_finds_every_word_of_it(written: str, mette: Browser) -> None:
    pages = [f"{written}/note", f"{written}/requests", f"{written}/brief"]
    found = "".join([await (await mette.get(page)).text() for page in pages])
    assert [words for words in WORDS.values() if words not in found] == []


@pytest.fixture
def asker(request: pytest.FixtureRequest, who: str) -> Browser:
    found: Browser = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize("who", ["sofie", "aya", "jens", "holms", "dahls", "stranger"])
async def test_nobody_else_finds_a_word_of_it_at_any_address(
    who: str, written: str, asker: Browser, cast
) -> None:
    """P4, P6, S42, C15: not the home, not a bisidder, not a colleague, and not the young person on
    a device that nobody let in. What changes something is asked too, with empty hands."""
    for route in ROUTES:
        path = address(route, cast)
        if "/static/" in path:
            continue
        answer = await asker.request(route.method, path, allow_redirects=False)
        text = await answer.text() if "image" not in answer.content_type else ""
        found = [row for row, words in WORDS.items() if words in text]
        assert found == [], f"{who} {route.method} {path}"
