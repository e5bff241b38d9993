"""Requests: one tap, the young person's own words, whose task and by when, and where they stand."""

import pytest
from sqlalchemy import select

from server.store.during_tables import Request
from server.store.tables import Trail

JSON = {"Accept": "application/json"}


@pytest.fixture
def path(cast):
    return f"/meetings/{cast.meeting}/requests"


async def rows(database):
    async with database.read() as db:
        return (await db.scalars(select(Request).order_by(Request.id))).all()


async def test_one_tap_keeps_it_with_its_hour_and_a_day(cast, mette, path, database, clock):
    """D12, P10: no form is needed for it to count; the same tap twice is one, later another."""
    for _ in range(2):
        answer = await mette.post(path, headers=JSON)
        assert answer.status == 200
        assert (await answer.json())["text"].startswith("Noteret kl. 13.00")
    (kept,) = await rows(database)
    assert (kept.words, kept.owner, kept.said_at) == ("", "Mette", clock.now())
    assert (kept.due_on - clock.now().date()).days == 14
    clock.move(minutes=1)
    await mette.post(path, data={"words": "Jeg vil hjem"})
    await mette.post(path, data={"words": "Jeg vil hjem"})
    assert [row.words for row in await rows(database)] == ["", "Jeg vil hjem"]
    async with database.read() as db:
        deeds = [row.deed for row in (await db.scalars(select(Trail))).all()]
    assert deeds.count("request") == 2


async def test_it_gets_words_an_owner_and_a_day_and_stands_on_the_day(cast, mette, path, database):
    """D12: on its own page, beside the note, and on the caseworker's first page until answered."""
    await mette.post(path)
    answer = await mette.post(
        f"{path}/1",
        data={"words-1": "Jeg vil ikke se ham mere", "owner-1": "Leder", "due-1": "2026-12-01"},
        allow_redirects=False,
    )
    assert (answer.status, answer.headers["Location"]) == (303, f"{path}#request-1")
    page = await (await mette.get(path)).text()
    assert "Jeg vil ikke se ham mere" in page
    assert 'value="2026-12-01"' in page
    day = await (await mette.get("/")).text()
    assert "Sofie: ”Jeg vil ikke se ham mere”" in day
    assert "1 uden svar" in await (await mette.get(f"/meetings/{cast.meeting}/note")).text()
    for _ in range(2):
        await mette.post(f"{path}/1/answered", data={"done": "yes", "told-1": "Ja, fra i dag."})
    assert "se ham mere" not in await (await mette.get("/")).text()
    assert (await rows(database))[0].done_at is not None
    await mette.post(f"{path}/1/answered", data={"done": "no"})
    assert (await rows(database))[0].done_at is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [("words-1", "x" * 1001), ("owner-1", ""), ("due-1", "2026-11-24"), ("due-1", "i morgen")],
)
async def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(mette, path, field, typed):
    """P10: the page comes back with every word, and says what is wrong."""
    await mette.post(path)
    good = {"words-1": "Jeg vil hjem", "owner-1": "Mette", "due-1": "2026-12-01"}
    answer = await mette.post(f"{path}/1", data=good | {field: typed})
    page = await answer.text()
    assert answer.status == 400
    assert f'id="{field}-error"' in page
    assert ("Jeg vil hjem" in page) == (field != "words-1")


async def test_a_tap_by_mistake_is_taken_back_while_nothing_stands_under_it(mette, path, database):
    """D12: what has words stays until it is answered."""
    await mette.post(path)
    assert "Det var et fejltryk" in await (await mette.get(path)).text()
    await mette.post(f"{path}/1/taken-back")
    assert await rows(database) == []
    assert (await mette.post(f"{path}/1/taken-back")).status == 404
    await mette.post(path, data={"words": "Jeg vil hjem"})
    assert "Det var et fejltryk" not in await (await mette.get(path)).text()
    (kept,) = await rows(database)
    assert (await mette.post(f"{path}/{kept.id}/taken-back")).status == 409
    assert len(await rows(database)) == 1
    async with database.read() as db:
        deeds = list(await db.scalars(select(Trail.deed).where(Trail.deed.contains("back"))))
    assert deeds == ["request-taken-back"]


async def test_whichever_is_pressed_nothing_typed_beside_it_is_lost(mette, path, database):
    """P10: words and answer are one form; an answer that was begun is kept and not sent."""
    await mette.post(path)
    typed = {"words-1": "Jeg vil hjem", "owner-1": "Mette", "due-1": "2026-12-01"}
    await mette.post(f"{path}/1", data=typed | {"told-1": "Jeg spørger"})
    (kept,) = await rows(database)
    assert (kept.words, kept.told, kept.done_at) == ("Jeg vil hjem", "Jeg spørger", None)
    sent = {"words-1": "Jeg vil gerne hjem", "told-1": "Ja, på fredag.", "done": "yes"}
    await mette.post(f"{path}/1/answered", data=sent)
    (kept,) = await rows(database)
    assert (kept.words, kept.told) == ("Jeg vil gerne hjem", "Ja, på fredag.")
    assert kept.done_at is not None


async def test_they_are_nobody_elses(cast, mette, jens, sofie, holms, stranger, path, database):
    """P6, S42: another caseworker's, a guest's and a home's way to them is no way."""
    await mette.post(path, data={"words": "Jeg vil hjem"})
    for browser, status in ((jens, 404), (sofie, 303), (holms, 303), (stranger, 303)):
        for address, method in ((path, "GET"), (path, "POST"), (f"{path}/1", "POST"),
                                (f"{path}/1/answered", "POST"),
                                (f"{path}/1/taken-back", "POST")):  # fmt: skip
            answer = await browser.request(
                method, address, data={"done": "yes"} if method == "POST" else None,
                allow_redirects=False,
            )  # fmt: skip
            assert answer.status == status, (address, method)
    assert "Jeg vil hjem" not in await (await jens.get("/")).text()
    own = f"/meetings/{cast.other_meeting}/requests"
    assert (await jens.post(f"{own}/1", data={"owner-1": "Jens"})).status == 404
    assert [row.done_at for row in await rows(database)] == [None]
