"""The field matrix over HTTP, and on a line opened beside it: who finds which words of a note at
any address, in each state of it (must show 2 of issue 5). In the call it is asked in
tests/ws/test_who_reads_the_note.py."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from sqlalchemy import select, update

from server.domain.home_questions import Ask
from server.domain.roles import AccountId, Caseworker, Role, SessionId
from server.domain.sharing import Choice, ToldTo
from server.services import sessions, young_people
from server.services.sessions import Kind
from server.store import young_people as store
from server.store.choosing_tables import Aftercare, Commented
from server.store.during_tables import Request
from server.store.home_tables import HomeReply
from server.store.note_tables import Chat, HomeAnswer, Told
from server.store.passing_tables import PassOnEntry, PassOnList
from server.store.tables import Seat, ToldTime
from tests import notes
from tests.conftest import Browser
from tests.factories import store_brought
from tests.http.test_every_route import ROUTES, address
from tests.lines import own_origin
from tests.notes import Note
from tests.who_reads import ELSEWHERE, ROLES, WORDS, State, Who, may_read, unlisted

ROOT = Path(__file__).parents[3]
JSON = {"Accept": "application/json"}
OWN = {Who.METTE, Who.SOFIE}  # whose deeds are deeds: they are asked with GET alone


def test_every_column_of_words_has_its_row_and_every_role_is_somebody() -> None:
    """S42: a column that nobody listed fails, and so does a role."""
    assert unlisted() == set()
    assert set(ROLES) == set(Role)
    assert [file for file in ELSEWHERE if not (ROOT / file).is_file()] == []


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        return await notes.begin(db, after_the_meeting, clock.now(), database)


@pytest.fixture
async def written(note: Note, mette: Browser, cast, database, clock) -> Note:
    """Mette's note of Sofie's meeting, with every kind of words in it and around it."""
    base, now = f"/meetings/{note.meeting}", clock.now()

    async def write(section: str, text: str, **more: str) -> int:
        sent = {"section": section, "text": text} | more
        answer = await mette.post(f"{base}/items", data=sent, headers=JSON)
        assert answer.status == 200
        return int((await answer.json())["item"])

    async def does(item: int, deed: str, **sent: str) -> None:
        answer = await mette.post(f"{base}/items/{item}/{deed}", data=sent, headers=JSON)
        assert answer.status == 200, deed

    async with database.begin() as db:
        for role in (Role.INTERPRETER, Role.SECOND_PROFESSIONAL):
            await store_brought(db, note.meeting, role, now)
        by, post = WORDS["pass_on_lists.approved_by"], WORDS["pass_on_lists.approved_post"]
        found = PassOnList(approved_by=by, approved_post=post, approved_on=now.date(), at=now)
        db.add(found)
        await db.flush()
        words = WORDS["pass_on_entries.words"]
        entry = PassOnEntry(list_id=found.id, words=words, urgent=True)
        db.add(entry)
    plain = await write("talked_about", WORDS["wordings.text"])
    await does(plain, "home", text=WORDS["wordings.text (for the home)"], revision="0")
    said_by = WORDS["items.said_by"]
    quoted = await write("own_words", WORDS["wordings.text (kept back)"], said_by=said_by)
    await does(quoted, "tag", tag="concern")
    owner = WORDS["promises.owner"]
    agreed = await write("agreed", WORDS["promises.words"], owner=owner, due="2026-12-01")
    must = await write("talked_about", WORDS["wordings.text (must be passed on)"])
    await does(must, "must-pass-on", reason=WORDS["items.reason"], entry=str(entry.id))
    await does(await write("thinks", WORDS["wordings.text (struck)"]), "strike")
    await mette.post(f"{base}/requests", data={"words": WORDS["requests.words"]})
    place = f"meeting:{note.meeting}:thinks"
    draft = {"place": place, "text": WORDS["drafts.text"], "revision": "0"}
    assert (await mette.post("/drafts", data=draft, headers=JSON)).status == 200

    await note.choose(plain, Choice.AS_WRITTEN, now, in_call=True)
    await note.choose(quoted, Choice.NOT_TO_HOME, now, in_call=True)
    wish = WORDS["word_wishes.words"]
    await note.choose(agreed, Choice.OTHER_WORDS, now, in_call=True, words=wish)
    for to in ToldTo:
        await note.tell(must, to, now)
    async with database.begin() as db:
        await db.execute(
            update(Request).where(Request.tag == "concern").values(told=WORDS["requests.told"])
        )
        answer = {"told": WORDS["requests.told (answer)"], "done_at": now}
        await db.execute(update(Request).where(Request.tag == "request").values(**answer))
        phoned = update(Told).where(Told.to == ToldTo.HOME)
        await db.execute(phoned.values(spoken_to=WORDS["told.spoken_to"]))
        line = {"seat_id": note.sofie.seat, "ref": "x", "at": now}
        db.add(Chat(meeting_id=note.meeting, text=WORDS["chats.text"], **line))
        told = (await db.scalars(select(ToldTime).where(ToldTime.meeting_id == note.meeting))).one()
        name = WORDS["home_replies.name"]
        reply = {"question": Ask.AFTERWARDS, "answer": "somebody", "at": now}
        db.add(HomeReply(told_time_id=told.id, name=name, **reply))
        said = {"item_id": plain, "wording_id": 1, "session_id": note.sofie.session, "at": now}
        db.add(Commented(words=WORDS["comments.words"], **said))
        agreed = {"meeting_id": note.meeting, "account_id": cast.mette, "at": now}
        db.add(Aftercare(who=WORDS["aftercares.who"], said_no=False, **agreed))
        said = {"text": WORDS["home_answers.text"], "about": WORDS["home_answers.about"]}
        db.add(HomeAnswer(placement_id=note.placement, kind="cannot", at=now, **said))
    return note


async def comes_to(state: State, note: Note, cast, database, clock) -> None:
    """Let everything happen that happens before a state, in order."""
    order = list(State)
    for step in order[1 : order.index(state) + 1]:
        clock.move(minutes=1)
        if step == State.READY:
            await note.ready(clock.now(), supports=None)
        elif step == State.RELEASED:
            clock.moment = await notes.hour(database, note.meeting)
            assert await notes.release_due(database, clock.now()) == 1
        elif step == State.LOCKED:
            await note.lock(clock.now())
        else:
            mette = Caseworker(AccountId(cast.mette), SessionId(1), "Mette")
            async with database.begin() as db:
                home = "Bo og Gitte"
                await young_people.move_home(db, mette, cast.sofie, home, now=clock.now())


Opens = Callable[[Who], Awaitable[Browser]]


@pytest.fixture
def opens(database, browser, as_kind, cast, clock) -> Opens:
    """Somebody's browser with a session that lives now. A home's is from before they moved."""

    async def vouched(seat: int) -> Browser:
        async with database.begin() as db:
            opened = await sessions.open_for(db, now=clock.now(), seat=seat, vouched=True)
        client = browser()
        cookies = {Kind.GUEST.value: opened.cookie}
        client.session.cookie_jar.update_cookies(cookies, client.make_url("/"))
        return client

    async def new_home() -> int:
        async with database.read() as db:
            return (await store.placement(db, cast.sofie)).id

    async def seat_of(who: Who) -> int:
        role = next(role for role, one in ROLES.items() if one == who)
        query = select(Seat.id).where(Seat.meeting_id == cast.meeting, Seat.role == role)
        async with database.read() as db:
            return (await db.execute(query)).scalar_one()

    async def one(who: Who) -> Browser:
        match who:
            case Who.METTE | Who.JENS:
                return await as_kind(account=cast.mette if who == Who.METTE else cast.jens)
            case Who.SOFIE | Who.AYA | Who.LEYLA | Who.BIRK:
                return await vouched(await seat_of(who))
            case Who.BARE:
                return await as_kind(seat=cast.sofies_seat)
            case Who.HOLMS | Who.DAHLS:
                return await as_kind(placement=cast.holms if who == Who.HOLMS else cast.dahls)
            case Who.NEW_HOME:
                home = await new_home()
                return await (as_kind(placement=home) if home != cast.holms else opens_nothing())
            case Who.STRANGER:
                return browser()

    async def opens_nothing() -> Browser:
        return browser()  # there is no new home yet

    return one


async def read_by(who: Who, asker: Browser, cast, note: Note) -> str:
    """Everything they are answered at every address; nobody but whose it is presses too."""
    found = []
    paths = {(route.method, address(route, cast)) for route in ROUTES}
    if who == Who.SOFIE:  # an address stands for every line of hers
        paths |= {("GET", f"/choosing/{item}") for item in range(1, 6)}
    for method, path in sorted(paths):
        if "/static/" in path or (who in OWN and method != "GET"):
            continue
        answer = await asker.request(method, path, allow_redirects=False)
        assert answer.status < 500, f"{who} {method} {path}"
        if "text" in answer.content_type or "json" in answer.content_type:
            found.append(await answer.text())
    return "\n".join(found)


async def on_a_line(who: Who, asker: Browser, note: Note) -> str:
    """Everything a line tells whoever opens one beside the pages: nobody is let in by it."""
    meeting = f"?meeting={note.meeting}" if who in (Who.METTE, Who.JENS) else ""
    try:
        socket = await asker.ws_connect(f"/line{meeting}", headers={"Origin": own_origin(asker)})
    except WSServerHandshakeError:
        return ""
    told = []
    # A question that is refused: by then all that is told at first has been told.
    no = {"type": "another_way", "way": "time"} if who == Who.METTE else {"type": "finish"}
    await socket.send_json(no | {"ref": "last"})
    async for frame in socket:
        if frame.type != WSMsgType.TEXT:
            break
        told.append(frame.data)
        if frame.json().get("ref") == "last":
            break
    await socket.close()
    return "\n".join(told)


@pytest.mark.parametrize("state", State)
async def test_each_finds_what_is_theirs_and_nothing_else_at_any_address(
    state: State, written: Note, opens: Opens, cast, database, clock
) -> None:
    """P4, P6, S42, C15: every cell of the table, by asking every address there is."""
    await comes_to(state, written, cast, database, clock)
    for who in Who:
        asker = await opens(who)
        line = await on_a_line(who, asker, written)
        assert [name for name, words in WORDS.items() if words in line] == [], f"{who} {state}"
        text = await read_by(who, asker, cast, written)
        found = {name for name, words in WORDS.items() if words in text}
        expected = {name for name in WORDS if state in may_read(who, name)}
        assert found == expected, f"{who} while {state}"
