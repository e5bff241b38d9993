"""An interpreter and a colleague on the line: let in by name, out at a word, least told."""

import pytest
from sqlalchemy import select

from server import keys
from server.domain.roles import Role
from server.store.aside_tables import Aside
from tests.factories import store_brought
from tests.lines import store_answers
from tests.talks import deeds, sound_on

TASKS = {
    Role.INTERPRETER: ("Leyla", "tolk"),
    Role.SECOND_PROFESSIONAL: ("Birk", "Mettes kollega"),
}


@pytest.fixture
def bring(app, opened, clock, connect, as_kind):
    """Somebody the caseworker brings, on the list and on the line, everything answered."""

    async def come(role: Role, **answers: str):
        async with app[keys.DATABASE].begin() as db:
            seat = await store_brought(db, opened.meeting, role, clock.now())
        browser = await as_kind(seat=seat)
        async with app[keys.DATABASE].begin() as db:
            await store_answers(db, seat, clock, **answers)
        talker = await connect(browser, role)
        talker.seat = seat
        return talker

    return come


async def says(sofie, guest, clock, answer: str) -> None:
    clock.move(seconds=1)
    assert (await sofie.ask("newcomer", seat=guest.seat, answer=answer))["type"] == "done"


@pytest.fixture
async def leyla_in(mette_in, sofie_in, bring, let_in, clock):
    leyla = await bring(Role.INTERPRETER)
    await says(sofie_in, leyla, clock, "yes")
    await let_in(mette_in, leyla)
    return leyla


@pytest.mark.parametrize("role", TASKS)
async def test_she_reads_who_it_is_and_what_for_before_they_are_let_in(
    mette_in, sofie_in, bring, let_in, clock, role
):
    """P2, P9, S31: wanting Aya along all the time is no yes to them; the young person sees name and
    task, and only her yes opens. Then everybody sees both for as long as they are there."""
    guest = await bring(role, dialect="try_first", acquainted="unsure")
    await guest.ask("knock")
    await sofie_in.sees(lambda state: state["newcomers"])
    (asked,) = sofie_in.state["newcomers"]
    name, task = TASKS[role]
    assert name in asked["title"] + asked["text"] + asked["ask"]
    await mette_in.sees(lambda state: state["knocks"])
    (knock,) = mette_in.state["knocks"]
    assert not knock["may_admit"]
    assert knock["verdict"] == f"Sofie har ikke svaret om {name}."
    assert "ved døren" in knock["room"]
    assert ("sproget" in knock["room"]) == (role == Role.INTERPRETER)
    await says(sofie_in, guest, clock, "yes")
    await mette_in.sees(lambda state: state["knocks"] and state["knocks"][0]["may_admit"])
    await let_in(mette_in, guest)
    called = f"{name} ({task})"
    await sofie_in.until(lambda m: m.get("text") == f"{called} er kommet ind.")
    assert called in sofie_in.people
    assert f"({task})" in [row["text"] for row in sofie_in.state["roster"]]


@pytest.mark.parametrize("role", TASKS)
async def test_her_no_shuts_them_out_and_offers_something_else_without_a_why(
    mette_in, sofie_in, bring, clock, role
):
    """P2, P3, R7: the gate refuses; they read the neutral words; Mette reads a wish; Sofie is told
    what there is instead, and blamed for nothing."""
    guest = await bring(role)
    await guest.ask("knock")
    await sofie_in.sees(lambda state: state["newcomers"])
    await mette_in.sees(lambda state: state["knocks"])
    visit = mette_in.visit
    await says(sofie_in, guest, clock, "no")
    told = sofie_in.told("news")[-1]
    assert told["text"].startswith("Det er fint at sige nej.")
    assert not told["sound"]
    await mette_in.send("open_door", visit=visit)
    await guest.phase("door")
    await mette_in.send("admit", visit=visit)
    refusal = await mette_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "not-on-the-list"
    alerts = {alert["id"]: alert for alert in mette_in.state["alerts"]}
    assert ("another-interpreter" in alerts) == (role == Role.INTERPRETER)
    assert "Sofie" not in str(guest.told("news"))


async def test_only_me_puts_the_interpreter_out_of_the_middle_of_the_call(
    mette_in, sofie_in, leyla_in, database, opened, clock, rooms
):
    """P2, U5: "Ingen andre kan komme ind" is true at once, and the card asks about her anew."""
    clock.move(seconds=1)
    async with database.begin() as db:
        await store_answers(db, opened.sofies_seat, clock, company="alone")
    await rooms.changed(opened.meeting)
    await leyla_in.phase("smaller_circle")
    assert leyla_in.state["people"] == []
    await sofie_in.sees(lambda state: state["newcomers"] and "Leyla" not in str(state["people"]))


async def test_she_interprets_in_the_talk_alone_only_when_asked_in(
    mette_in, sofie_in, leyla_in, clock
):
    """P1, P9, 3.1: out with the others; in when Sofie presses it, muted, and out again at once.
    Nobody else can bring her in, and what was written before is not hers."""
    await sound_on(leyla_in)
    await sofie_in.ask("alone")
    state = await leyla_in.phase("waits")
    assert state["people"] == []
    await sofie_in.ask("chat", text="Det her er kun til dig, Mette")
    for who in (mette_in, leyla_in):
        refused = await who.ask("ask_in", seat=leyla_in.seat)
        assert refused["error"] == "young-person-only"
    await sofie_in.sees(lambda state: len(state["aside"]["deeds"]) == 2)
    assert deeds(sofie_in) == ["Kald Leyla ind igen", "Tag Leyla med som tolk"]
    clock.move(seconds=1)
    assert (await sofie_in.ask("ask_in", seat=leyla_in.seat))["type"] == "done"
    state = await leyla_in.phase("call")
    assert not state["you"]["microphone"]
    assert len(state["people"]) == 2
    await leyla_in.caught_up()
    assert leyla_in.told("chat") == []
    await sofie_in.sees(lambda state: deeds(sofie_in) == ["Lad Leyla vente udenfor"])
    await sofie_in.ask("have_wait", seat=leyla_in.seat)
    await leyla_in.phase("waits")
    assert (await sofie_in.ask("have_wait", seat=leyla_in.seat))["type"] == "done"


async def test_she_is_in_the_bisidders_room_only_when_asked_in_and_mette_never(
    mette_in, sofie_in, aya_in, leyla_in, rooms, opened, database
):
    """P1, P9, 3.3: the two read that she is there; Mette hears none of the three."""
    assert (await leyla_in.ask("together", seat=leyla_in.seat))["error"] == "own-room-not-theirs"
    assert (await sofie_in.ask("together", seat=leyla_in.seat))["error"] == "own-room-not-theirs"
    await sofie_in.ask("together", seat=opened.ayas_seat)
    await sofie_in.phase("together")
    await leyla_in.phase("paused")
    assert leyla_in.people == {}
    assert leyla_in.state["aside"]["list"] is None
    for seat in (opened.ayas_seat, opened.mettes_seat, opened.mikkels_seat):
        refused = await sofie_in.ask("ask_in", seat=seat)
        assert refused["error"] == "not-an-interpreter"
    await sofie_in.ask("ask_in", seat=leyla_in.seat)
    state = await leyla_in.phase("together")
    assert state["title"] == "Du tolker for Sofie og Aya"
    assert (state["aside"]["list"], state["aside"]["deeds"]) == (None, [])
    for talker in (sofie_in, aya_in):
        await talker.sees(lambda state: "Leyla er med og tolker." in state["text"])
    here = rooms.rooms[opened.meeting]
    mette = next(line.media for line in here.lines if line.is_host)
    assert {end for way in here.ways for end in (way.source, way.target)} & {mette} == set()
    assert len(here.ways) == 6
    await sofie_in.ask("to_meeting")
    await leyla_in.phase("call")
    async with database.read() as db:
        assert (await db.scalars(select(Aside.closed_at))).one() is not None


async def test_whom_she_had_with_them_is_with_them_afterwards_as_well(
    mette_in, sofie_in, aya_in, leyla_in, opened
):
    """B7, P9: Leyla interpreted for the two in a pause, and is back in the room when Mette ends the
    meeting; the quarter of an hour after it needs the same words."""
    await sofie_in.ask("together", seat=opened.ayas_seat)
    await sofie_in.ask("ask_in", seat=leyla_in.seat)
    await leyla_in.phase("together")
    await sofie_in.ask("to_meeting")
    await leyla_in.phase("call")
    await mette_in.ask("finish")
    await leyla_in.phase("together")
    await sofie_in.sees(lambda state: "Leyla er med og tolker." in state["text"])
    await sofie_in.ask("have_wait", seat=leyla_in.seat)
    await leyla_in.phase("ended")


async def test_whom_she_had_wait_is_not_there_afterwards(
    mette_in, sofie_in, aya_in, leyla_in, opened
):
    """P8, P9: sent out by the young person, nobody comes back by themselves."""
    await sofie_in.ask("together", seat=opened.ayas_seat)
    await sofie_in.ask("ask_in", seat=leyla_in.seat)
    await leyla_in.phase("together")
    await sofie_in.ask("have_wait", seat=leyla_in.seat)
    await sofie_in.ask("to_meeting")
    await mette_in.ask("finish")
    await aya_in.phase("together")
    await leyla_in.phase("ended")


async def test_least_is_told_to_whom_the_caseworker_brings(
    mette_in, sofie_in, bring, let_in, clock
):
    """3.1: no brief, no knocks, no note, no list, nothing written before they came; a colleague
    may write, an interpreter has no words of their own."""
    await sofie_in.ask("chat", text="Det her blev skrevet før")
    await mette_in.until(lambda message: message["type"] == "chat")
    clock.move(seconds=1)
    for role in TASKS:
        guest = await bring(role)
        await says(sofie_in, guest, clock, "yes")
        await let_in(mette_in, guest)
        clock.move(seconds=1)
        wrote = await guest.ask("chat", text="Hej")
        assert wrote.get("error") == ("no-chat-here" if role == Role.INTERPRETER else None)
        await guest.caught_up()
        state = guest.state
        assert (state["brief"], state["knocks"], state["alerts"]) == (None, [], [])
        assert (state["newcomers"], state["aside"]["list"]) == ([], None)
        assert "skrevet før" not in str(guest.heard)
        assert guest.told("items") == [{"type": "items", "items": []}] or not guest.told("items")
        for kind in ("change_subject", "calm"):
            await guest.send(kind, on=True, **({"ref": "x"} if kind == "calm" else {}))
            refused = await guest.until(lambda message: message["type"] == "refused")
            assert refused["error"] in ("young-person-only", "not-yours", "host-only")
