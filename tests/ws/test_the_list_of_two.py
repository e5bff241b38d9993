"""The list of the young person and the bisidder, on the line, on the page, and gone again."""

from sqlalchemy import select

from server.domain import team_list
from server.domain.roles import Role
from server.http.background import forget_lists
from server.store.tables import Seat
from server.store.team_tables import TeamLine

SAY, NOT_SAY = "Jeg vil blive hos Lene", "Ikke det med Jonas"


def texts(talker) -> list[str]:
    found = talker.state["aside"]["list"]
    return [line["text"] for line in found["lines"]] if found else []


async def test_only_the_two_read_it_and_it_is_deleted_after(
    mette_in, sofie_in, aya_in, app, clock, database, opened
):
    """B2, P6, P10: kept when it says so; the host's browser is never told a word of it."""
    for who, about, text in ((sofie_in, "say", SAY), (aya_in, "not_say", NOT_SAY)):
        for _ in range(2):
            done = await who.ask("list_add", seat=opened.ayas_seat, about=about, text=text)
            assert done["type"] == "done"
    for who in (sofie_in, aya_in):
        await who.sees(lambda state: len(state["aside"]["list"]["lines"]) == 2)
        assert texts(who) == [SAY, NOT_SAY]
    await sofie_in.ask("together", seat=opened.ayas_seat)
    await aya_in.phase("together")
    assert texts(aya_in) == [SAY, NOT_SAY]
    number = aya_in.state["aside"]["list"]["lines"][0]["line"]
    assert (await mette_in.ask("list_remove", line=number))["type"] == "refused"
    add = {"seat": opened.ayas_seat, "about": "say", "text": "Mettes"}
    assert (await mette_in.ask("list_add", **add))["type"] == "refused"
    assert (await sofie_in.ask("list_add", **add | {"seat": opened.mettes_seat}))["error"] == (
        "not-found"
    )
    await aya_in.ask("list_remove", line=number)
    await aya_in.sees(lambda state: len(state["aside"]["list"]["lines"]) == 1)
    await mette_in.caught_up()
    page = await (await mette_in.browser.get(f"/meetings/{opened.meeting}")).text()
    for word in (SAY, NOT_SAY):
        assert word not in str(mette_in.heard) + page
    assert await forget_lists(app) == 0
    await mette_in.ask("finish")
    clock.move(minutes=15)
    assert await forget_lists(app) == 1
    async with database.read() as db:
        assert (await db.scalars(select(TeamLine))).all() == []


async def test_what_somebody_else_with_the_link_wrote_is_not_the_bisidders(
    mette_in, sofie_in, aya_in, as_kind, opened
):
    """B2, P6: a form on a bare link is kept, and shown to nobody who has been let in."""
    stranger = await as_kind(seat=opened.ayas_seat)
    form = {"question": "our_list", "answer": "written", "line-say": "Alt er fint"}
    assert (await stranger.post("/arriving/answers", data=form)).status == 200
    form = {"question": "our_sign", "answer": "written", "line-sign": "kat"}
    assert (await aya_in.browser.post("/arriving/answers", data=form)).status == 200
    await sofie_in.sees(lambda state: state["aside"]["list"]["lines"])
    await aya_in.caught_up()
    assert texts(sofie_in) == texts(aya_in) == ["kat"]
    too_long = {"question": "our_sign", "answer": "written", "line-sign": "k" * 201}
    answer = await aya_in.browser.post("/arriving/answers", data=too_long)
    assert answer.status == 400
    assert "k" * 201 in await answer.text()


async def test_a_copy_of_the_link_takes_no_room_and_no_words_from_the_two(
    sofie_in, aya_in, as_kind, opened, monkeypatch
):
    """B2, P10: what they are told is kept stands there, whatever somebody else wrote before."""
    monkeypatch.setattr(team_list, "MOST_LINES", 2)
    stranger = await as_kind(seat=opened.ayas_seat)
    for line in (SAY, "Alt er fint"):
        form = {"question": "our_list", "answer": "written", "line-say": line}
        assert (await stranger.post("/arriving/answers", data=form)).status == 200
    for line in (SAY, NOT_SAY):
        add = {"seat": opened.ayas_seat, "about": "say", "text": line}
        assert (await sofie_in.ask("list_add", **add))["type"] == "done"
    await aya_in.sees(lambda state: len(state["aside"]["list"]["lines"]) == 2)
    assert texts(aya_in) == [SAY, NOT_SAY]
    more = {"seat": opened.ayas_seat, "about": "say", "text": "Mere"}
    assert (await aya_in.ask("list_add", **more))["error"] == "too-often"


async def test_many_browsers_with_one_link_fill_no_list(aya_in, as_kind, opened, monkeypatch):
    """L14: each line is read with every look at the room. Whoever has begun goes on."""
    monkeypatch.setattr(team_list, "MOST_OF_LINK", 1)
    kept = []
    first = await as_kind(seat=opened.ayas_seat)
    for browser in (first, await as_kind(seat=opened.ayas_seat), first, aya_in.browser):
        form = {"question": "our_sign", "answer": "written", "line-sign": f"nr. {len(kept)}"}
        kept.append((await browser.post("/arriving/answers", data=form)).status)
    assert kept == [200, 409, 200, 200]


async def test_whom_the_caseworker_took_off_the_list_cannot_tell_by_it(
    as_kind, opened, database, clock
):
    """P2: before the hour their pages go on as those of somebody the young person said no to."""
    aya = await as_kind(seat=opened.ayas_seat)
    async with database.begin() as db:
        (await db.get_one(Seat, opened.ayas_seat)).removed_at = clock.now()
    form = {"question": "our_list", "answer": "written", "line-say": "Hej"}
    assert (await aya.post("/arriving/answers", data=form)).status == 200


async def test_the_list_is_nobodys_before_the_door(mette_in, join, opened):
    aya = await join(Role.BISIDDER)
    assert aya.state["aside"]["list"] is None
    add = await aya.ask("list_add", seat=opened.ayas_seat, about="say", text="Hej")
    assert add["type"] == "refused"
