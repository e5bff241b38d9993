"""Codes: said by the caseworker, typed by whoever has the link, and what they open."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.services import vouching
from server.services.vouching import Link, WrongCode
from server.store.protection_tables import Code
from server.store.tables import Meeting, Session, YoungPerson
from tests.lines import store_answers


async def say(mette, cast, seat: int) -> str:
    """Press "Ny kode" and read it off the screen."""
    page = await (await mette.post(f"/meetings/{cast.meeting}/people/{seat}/code")).text()
    found = re.search(r'said-code__digits">([\d ]+)<', page)
    if found:
        return found[1].replace(" ", "")
    return " ".join(re.findall(r"pictures\.svg#([a-z-]+)", page))


async def need(mette, cast, why: str, seat: int | None = None):
    seat = seat or cast.sofies_seat
    address = f"/meetings/{cast.meeting}/people/{seat}/code-needed"
    return await mette.post(address, data={"why": why}, allow_redirects=False)


async def types(browser, code: str, address: str = "/arriving/code"):
    return await browser.post(address, data={"code": code}, allow_redirects=False)


def other(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


async def note_ready(database, cast, clock) -> None:
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).note_ready_at = clock.now()


async def test_the_right_code_knows_the_person_and_moves_them_to_a_new_cookie(mette, sofie, cast):
    """Design 2, L10: names come after the code; the cookie from before it is dead."""
    code = await say(mette, cast, cast.sofies_seat)
    assert re.fullmatch(r"\d{6}", code)
    assert "Aya" not in await (await sofie.get("/arriving")).text()
    before = {c.key: c.value for c in sofie.session.cookie_jar}["guest"]
    answer = await types(sofie, f"{code[:3]} {code[3:]}")
    assert answer.headers["Location"] == "/arriving/next"
    assert "Aya" in await (await sofie.get("/arriving")).text()
    sofie.session.cookie_jar.update_cookies({"guest": before}, sofie.make_url("/"))
    assert (await sofie.get("/arriving")).status == 404


async def test_a_code_works_once_and_only_for_its_own_link(mette, as_kind, sofie, aya, cast):
    """V6.5.1, V6.6.2: another's is as wrong as a wrong one, and counts as a try of their own."""
    code = await say(mette, cast, cast.sofies_seat)
    foreign = await types(aya, code)
    wrong = await types(aya, other(code))
    assert (foreign.status, wrong.status) == (400, 400)
    assert await foreign.text() == await wrong.text()
    assert (await types(sofie, code)).status == 303
    copy = await as_kind(seat=cast.sofies_seat)
    assert (await types(copy, code)).status == 400


async def test_wrong_late_used_tried_out_and_none_at_all_answer_alike(
    mette, as_kind, cast, clock, database
):
    """V6.3.8: byte for byte."""
    pages = set()

    async def wrong(code: str) -> None:
        answer = await types(await as_kind(seat=cast.sofies_seat), code)
        pages.add((answer.status, await answer.text()))

    await wrong("123456")  # there is none
    code = await say(mette, cast, cast.sofies_seat)
    await wrong(other(code))
    await wrong("ikke et tal")
    await wrong("")
    clock.move(minutes=10, seconds=1)
    await wrong(code)
    async with database.begin() as db:
        for row in await db.scalars(select(Code)):
            row.made_at, row.tries = clock.now(), 200
    await wrong(code)
    assert len(pages) == 1


async def test_after_five_wrong_tries_the_right_one_is_too_late_and_mette_reads_it(
    mette, sofie, cast
):
    """L6, V2.4.1: only the caseworker gives another."""
    code = await say(mette, cast, cast.sofies_seat)
    for _ in range(5):
        assert (await types(sofie, other(code))).status == 400
    assert (await types(sofie, code)).status == 400
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "tastet forkert for mange gange" in page
    assert (await types(sofie, await say(mette, cast, cast.sofies_seat))).status == 303


async def test_five_wrong_ones_from_a_copy_of_the_link_take_none_from_the_child(
    mette, sofie, as_kind, cast
):
    """L6: tries are each device's own, and the caseworker reads that there is another one."""
    code = await say(mette, cast, cast.sofies_seat)
    copy = await as_kind(seat=cast.sofies_seat)
    for _ in range(25):
        assert (await types(copy, other(code))).status in (400, 429)
    assert (await types(sofie, other(code))).status == 400
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "tastet på mere end én telefon" in page
    assert (await types(sofie, code)).status == 303


async def test_a_child_who_types_it_rightly_gets_in_after_twenty_copies_have_guessed(
    mette, sofie, as_kind, cast, database
):
    code = await say(mette, cast, cast.sofies_seat)
    async with database.begin() as db:
        (await db.scalars(select(Code))).one().tries = 100
    assert (await types(sofie, code)).status == 303


async def test_of_fifty_tries_at_once_no_more_than_five_are_looked_at(database, cast, clock, sofie):
    """L6: a race of guesses is counted before it is looked at."""
    link = Link(seat=cast.sofies_seat)
    async with database.begin() as db:
        session = (await db.scalars(select(Session.id).where(Session.seat_id == link.seat))).one()
        await vouching.say(db, link, "digits", "no hash at all", cast.mette, now=clock.now())
    looked_at: list[str | None] = []

    class Watching:
        async def fits(self, typed, kept):
            looked_at.append(kept)
            return False

    async def guess(n: int) -> None:
        with pytest.raises(WrongCode):
            await vouching.try_code(
                database.begin, Watching(), link, session, f"{n:06}", now=clock.now()
            )

    await asyncio.gather(*(guess(n) for n in range(50)))
    assert len([kept for kept in looked_at if kept is not None]) == 5
    assert len(looked_at) == 50


async def test_the_database_holds_no_code(mette, cast, database):
    """V6.5.2: argon2, because six digits are few."""
    code = await say(mette, cast, cast.sofies_seat)
    async with database.read() as db:
        (row,) = (await db.scalars(select(Code))).all()
    assert row.digest.startswith("$argon2id$")
    assert code not in row.digest


@pytest.mark.parametrize("why", ["not_own", "paper", "asked"])
async def test_where_a_code_is_needed_nobody_knocks_without(
    mette, as_kind, cast, clock, database, why
):
    """Design 2: a link that went to others' phone or on paper knocks only with a code."""
    clock.move(minutes=35)
    sofie = await as_kind(seat=cast.sofies_seat)
    assert (await need(mette, cast, why)).status == 303
    async with database.begin() as db:
        await store_answers(db, cast.sofies_seat, clock)
    page = await (await sofie.get("/arriving/ready")).text()
    assert "/arriving/code" in page
    assert 'href="/calling"' not in page
    sent = await sofie.get("/calling", allow_redirects=False)
    assert sent.headers["Location"] == "/arriving/code"
    await types(sofie, await say(mette, cast, cast.sofies_seat))
    assert 'href="/calling"' in await (await sofie.get("/arriving/ready")).text()
    assert (await need(mette, cast, "")).status == 303


async def test_under_ten_it_is_three_pictures_and_they_open_nothing_to_read(
    mette, sofie, cast, database, clock
):
    """Design 2, L7: pictures let somebody knock; names and the note they do not open."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
    await need(mette, cast, "asked")
    pictures = (await say(mette, cast, cast.sofies_seat)).split()
    assert len(pictures) == 3
    page = await (await sofie.get("/arriving/code")).text()
    assert page.count('name="picture"') == 12
    so_far = ""
    for n, name in enumerate(pictures):
        form = {"picture": name, "chosen": so_far}
        answer = await sofie.post("/arriving/code", data=form, allow_redirects=False)
        assert answer.status == (303 if n == 2 else 200)
        so_far = f"{so_far} {name}"
    assert "Aya" not in await (await sofie.get("/arriving")).text()
    await note_ready(database, cast, clock)
    assert (await sofie.get("/choosing")).status == 403


async def test_pictures_in_another_order_are_wrong_and_three_tries_are_all(
    mette, sofie, cast, database
):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 7
    code = (await say(mette, cast, cast.sofies_seat)).split()
    turned = {"chosen": f"{code[1]} {code[0]}", "picture": code[2]}
    right = {"chosen": f"{code[0]} {code[1]}", "picture": code[2]}
    for _ in range(3):
        answer = await sofie.post("/arriving/code", data=turned, allow_redirects=False)
        assert answer.status == 400
    answer = await sofie.post("/arriving/code", data=right, allow_redirects=False)
    assert answer.status == 400


async def test_with_link_and_code_the_note_opens_where_nobody_was_admitted(
    mette, sofie, as_kind, cast, database, clock
):
    """Design 2: the third right, on any device, with a fresh code said by voice."""
    await note_ready(database, cast, clock)
    assert (await sofie.get("/choosing")).status == 403
    answer = await types(sofie, await say(mette, cast, cast.sofies_seat))
    assert answer.headers["Location"] == "/choosing"
    assert (await sofie.get("/choosing")).status == 200
    copy = await as_kind(seat=cast.sofies_seat)
    assert (await copy.get("/choosing")).status == 403


async def test_a_bisidder_with_a_code_reads_no_note(mette, aya, cast, database, clock):
    """C15: names, yes; the note is the young person's."""
    await note_ready(database, cast, clock)
    await types(aya, await say(mette, cast, cast.ayas_seat))
    assert "Sofie" in await (await aya.get("/arriving")).text()
    assert (await aya.get("/choosing")).status == 404


async def test_only_whose_meeting_it_is_says_codes(jens, sofie, holms, cast):
    for address in (
        f"/meetings/{cast.meeting}/people/{cast.sofies_seat}/code",
        f"/young-people/{cast.sofie}/home-code",
    ):
        assert (await jens.post(address)).status == 404
        for browser in (sofie, holms):
            away = await browser.post(address, allow_redirects=False)
            assert away.headers["Location"] == "/signing-in"
    assert (await need(jens, cast, "asked")).status == 404
    other_seat = f"/meetings/{cast.meeting}/people/{cast.mikkels_seat}/code"
    assert (await jens.post(other_seat)).status == 404


async def test_an_unknown_reason_and_the_registers_own_are_refused(mette, cast):
    for why in ("castle", "protected"):
        assert (await need(mette, cast, why)).status == 400


async def test_a_vouched_session_ends_as_any_other(mette, sofie, cast, clock, database):
    """Design 2: fifteen minutes after the last click it is a bare link again."""
    await types(sofie, await say(mette, cast, cast.sofies_seat))
    clock.move(minutes=16)
    assert (await sofie.get("/arriving")).status == 404
    async with database.read() as db:
        rows = (await db.scalars(select(Session).where(Session.vouched_as != ""))).all()
    assert [row.seat_id for row in rows] == [cast.sofies_seat]
    assert clock.now() - rows[0].seen_at > timedelta(minutes=15)
