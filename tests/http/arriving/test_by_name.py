"""An interpreter and a colleague before the call: shown by task, asked about by name."""

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.store.tables import Reply, Seat
from tests.factories import store_admission, store_brought
from tests.http.arriving.test_host import READY, address

TASKS = {Role.INTERPRETER: "tolk", Role.SECOND_PROFESSIONAL: "Mettes kollega"}
NAMES = {Role.INTERPRETER: "Leyla", Role.SECOND_PROFESSIONAL: "Birk"}
SECRECY = {
    Role.INTERPRETER: "interpreter_secrecy", Role.SECOND_PROFESSIONAL: "professional_secrecy",
}  # fmt: skip


@pytest.fixture(params=TASKS)
def role(request):
    return request.param


@pytest.fixture
async def seat(role, database, cast, clock):
    async with database.begin() as db:
        return await store_brought(db, cast.meeting, role, clock.now())


@pytest.fixture
async def brought(as_kind, seat):
    return await as_kind(seat=seat)


async def send(browser, path, **form):
    return await browser.post(path, data=form, allow_redirects=False)


async def known(database, cast, clock):
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)


async def test_a_bare_link_says_the_task_and_no_name(sofie, seat, role):
    """P6: that an interpreter comes, and that no yes means nobody; who it is on a known device."""
    page = await (await sofie.get("/arriving")).text()
    assert {Role.INTERPRETER: "En tolk", Role.SECOND_PROFESSIONAL: "arbejder med Mette"}[
        role
    ] in page
    assert NAMES[role] not in page
    page = await (await sofie.get("/arriving/questions/not_there")).text()
    assert NAMES[role] not in page
    assert f'value="{seat}"' in page
    assert (await sofie.get("/arriving/added")).status == 404


async def test_where_she_is_known_she_reads_name_and_task_and_says_no(
    sofie, mette, aya, seat, role, database, cast, clock
):
    """R7, P2, P3: shown to her first; a no is met with another way, and can be taken back."""
    await known(database, cast, clock)
    page = await (await sofie.get("/arriving")).text()
    assert f"<b>{NAMES[role]}</b>, {TASKS[role]}" in page
    assert 'href="/arriving/added"' in await (await sofie.get("/arriving/ready")).text()
    page = await (await sofie.get("/arriving/added")).text()
    assert NAMES[role] in page
    clock.move(seconds=1)
    assert (await send(aya, "/arriving/added", seat=str(seat), answer="no")).status == 404
    answer = await send(sofie, "/arriving/added", seat=str(seat), answer="no")
    assert answer.headers["Location"] == "/arriving/added"
    page = await (await sofie.get("/arriving/added")).text()
    assert f"{NAMES[role]} kommer ikke ind" in page
    assert "Det er fint at sige nej." in page
    assert "/arriving/another-way" in page
    day = await (await mette.get("/")).text()
    assert ("Sofie vil gerne have en anden tolk" in day) == (role == Role.INTERPRETER)
    clock.move(seconds=1)
    await send(sofie, "/arriving/added", seat=str(seat), answer="yes")
    assert (await sofie.get("/arriving/added")).status == 404
    assert "anden tolk" not in await (await mette.get("/")).text()


async def test_they_read_their_role_and_answer_for_secrecy_and_acquaintance(
    brought, role, seat, database
):
    """2.2, 3.0.3: bound to secrecy, not known to the family, alone in the room; whoever knows them
    does not come in, and reads whom to call."""
    page = await (await brought.get("/arriving")).text()
    assert "role-card" in page
    assert "Sofie" not in page
    asked = [SECRECY[role], "acquainted", "guest_room"]
    asked += ["dialect"] if role == Role.INTERPRETER else []
    for question in asked:
        assert (await brought.get(f"/arriving/questions/{question}")).status == 200
    for question in ("secrecy", "our_list", "heard", "topics", "way"):
        assert (await brought.get(f"/arriving/questions/{question}")).status == 404
    fine = {"acquainted": "no", "guest_room": "alone", "dialect": "sure"}
    for question in asked:
        said = fine.get(question, "understood")
        assert (
            await send(brought, "/arriving/answers", question=question, answer=said)
        ).status == 303
    assert "Alt er klart" in (page := await (await brought.get("/arriving/ready")).text()) or page
    await send(brought, "/arriving/answers", question="acquainted", answer="yes")
    effect = await (await brought.get("/arriving/effects/acquainted")).text()
    assert "Tak, fordi du siger det." in effect
    assert "tel:" in await (await brought.get("/arriving/ready")).text()
    beside = await send(brought, "/arriving/answers", question="guest_room", answer="beside")
    assert beside.status == 400
    async with database.read() as db:
        kept = await db.scalars(select(Reply.question).where(Reply.seat_id == seat))
        assert set(kept) == set(asked)


async def test_they_reach_nothing_of_what_she_answered_or_of_the_note(brought, cast, sofie):
    """Must show 1, C15: not her questions, her list, her note, nor a caseworker's page."""
    await send(sofie, "/arriving/answers", question="heard", answer="maybe")
    for path in (
        "/choosing", "/arriving/added", "/arriving/decisions", "/arriving/more",
        f"/meetings/{cast.meeting}", f"/meetings/{cast.meeting}/brief",
        f"/meetings/{cast.meeting}/note",
    ):  # fmt: skip
        answer = await brought.get(path, allow_redirects=False)
        away = answer.status == 303 and answer.headers["Location"] in ("/signing-in", "/arriving")
        assert away or answer.status == 404, path


async def test_the_caseworker_plans_them_with_who_and_why(mette, cast, clock, database, role):
    """3.1: at planning and later; a name without a task or a reason comes back, and nothing typed
    is lost."""
    form = {
        "young_person": str(cast.sofie), "title": "Skolen", "why": "Vil høre om skolen",
        "day": "2026-12-01", "clock": "10:00", "minutes": "30", "home": "not_told",
        "brought": NAMES[role], "brought_why": "Taler tigrinya", "brought_role": role.value,
    }  # fmt: skip
    for missing in ("brought_why", "brought_role"):
        answer = await send(mette, "/meetings", **(form | {missing: ""}))
        assert answer.status == 400
        assert f'value="{NAMES[role]}"' in await answer.text()
    answer = await send(mette, "/meetings", **form)
    assert answer.status == 303
    page = await (await mette.get(answer.headers["Location"])).text()
    assert NAMES[role] in page
    invited = {"companion": "Samir", "companion_why": "Taler arabisk", "role": role.value}
    meeting = f"/meetings/{cast.meeting}"
    assert (await send(mette, f"{meeting}/people", **invited)).status == 303
    assert (await send(mette, f"{meeting}/people", **invited)).status == 303  # twice is once
    odd = await send(mette, f"{meeting}/people", **(invited | {"role": "caseworker"}))
    assert odd.status == 400
    async with database.read() as db:
        kept = (await db.scalars(select(Seat).where(Seat.name == "Samir"))).all()
    assert [row.role for row in kept] == [role]
    assert (await send(mette, f"{meeting}/people/{kept[0].id}/removed")).status == 303
    assert "Samir" not in await (await mette.get(meeting)).text()


async def test_the_question_about_an_interpreter_looks_at_the_list(
    mette, sofie, cast, database, clock
):
    """R7: nobody invited is no interpreter; her no shuts the room until there is another, or the
    caseworker says that none is needed."""
    answered = READY | {"interpreter": "invited"}
    refused = await mette.post(address(cast), data=answered)
    assert refused.status == 400
    assert "Der er ingen tolk på listen" in await refused.text()
    async with database.begin() as db:
        leyla = await store_brought(db, cast.meeting, Role.INTERPRETER, clock.now())
    assert (await send(mette, address(cast), **answered)).status == 303
    brief = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Leyla: Sofie har ikke svaret endnu." in brief
    assert "I et møde på skrift" not in brief
    await send(sofie, "/arriving/answers", question="way", answer="write")
    brief = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "I et møde på skrift kan en tolk hverken tale eller skrive" in brief
    await known(database, cast, clock)
    clock.move(seconds=1)
    sofie_said = await send(sofie, "/arriving/added", seat=str(leyla), answer="no")
    assert sofie_said.status == 303
    clock.move(minutes=50)
    brief = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Rummet åbner, når der er en tolk" in brief
    assert "Åbn rummet" not in brief
    await mette.post(address(cast), data=READY | {"interpreter": "not_needed"})
    assert "Åbn rummet" in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
