"""What went wrong around a caseworker's own meetings, listed, and marked as handled."""

import pytest
from sqlalchemy import select

from server.domain.during import Heard, Kind
from server.domain.roles import AccountId, Caseworker, MeetingId, SessionId
from server.services import calling
from server.store.during_tables import MarkRow
from server.store.incidents import IncidentTick
from server.store.protection_tables import Code
from server.store.tables import Meeting, Visit
from tests.conftest import Browser
from tests.factories import store_admission

NEUTRAL = (
    "Et link er lukket",
    "Et møde fortsatte med kun jer to",
    "En afbrydelse",
    "En forkert kode",
)
FINE = {"kind": "wrong_person", "subject": "{visit}", "done": "called"}


async def send(browser, **form):
    return await browser.post("/incidents", data=form, allow_redirects=False)


@pytest.fixture
async def happened(database, cast, clock, aya):
    """One of each around Sofie's meeting, and interruptions that are none."""
    async with database.begin() as db:
        await store_admission(db, cast.ayas_seat, clock.now(), device=None)
    mette = Caseworker(AccountId(cast.mette), SessionId(1), "Mette")
    clock.move(minutes=1)
    async with database.begin() as db:
        visit = (await db.scalars(select(Visit.id))).one()
        await calling.turn_away(
            db, mette, MeetingId(cast.meeting), visit, wrong_person=True, now=clock.now()
        )
        for kind, answer in (
            (Kind.OTHERS_OUT, ""), (Kind.AWAY, Heard.SOMEBODY), (Kind.AWAY, Heard.NOBODY),
        ):  # fmt: skip
            clock.move(minutes=1)
            db.add(
                MarkRow(
                    meeting_id=cast.meeting, seat_id=cast.mettes_seat, kind=kind, value="",
                    answer=answer, at=clock.now(),
                )
            )  # fmt: skip
        for tries in (5, 4):
            db.add(
                Code(
                    seat_id=cast.sofies_seat, kind="digits", digest="x", made_at=clock.now(),
                    tries=tries,
                )
            )  # fmt: skip
    return visit


async def test_each_is_listed_with_its_hour_and_what_was_done_and_over_a_shoulder_says_little(
    happened, mette, cast
):
    """L8, D3, D13: what the heads say names nobody; the rest is folded."""
    page = await (await mette.get("/incidents")).text()
    assert all(title in page for title in NEUTRAL)
    assert page.count("<details") == 4
    for summary in page.split("<summary")[1:]:
        head = summary.split("</summary>")[0]
        assert [name for name in ("Sofie", "Aya") if name in head] == []
    assert "Det var ikke Aya, der kom med Ayas link" in page
    assert "72 timer" in page
    assert "Linket virker ikke mere" in page
    day = await (await mette.get("/")).text()
    assert "Noget gik galt: 4 at følge op på" in day


async def test_marking_one_as_handled_keeps_what_was_done_and_may_be_said_anew(
    happened, mette, jens, cast, database, clock
):
    """Twice is once; a choice that is missing loses nothing that was typed."""
    one = {"kind": "wrong_person", "subject": str(happened)}
    answer = await send(mette, **one, done="", words="Ringede til Aya")
    assert answer.status == 400
    page = await answer.text()
    assert "Vælg, hvad du har gjort." in page
    assert 'value="Ringede til Aya"' in page
    for words in ("Ringede til Aya", "Ringede igen"):
        assert (await send(mette, **one, done="called", words=words)).status == 303
    async with database.read() as db:
        kept = (await db.scalars(select(IncidentTick))).one()
    assert (kept.done, kept.words, kept.meeting_id) == ("called", "Ringede igen", cast.meeting)
    page = await (await mette.get("/incidents")).text()
    assert page.index("Et møde fortsatte med kun jer to") < page.index("Et link er lukket")
    assert "Ringet og talt om det" in page
    assert "Noget gik galt: 3 at følge op på" in await (await mette.get("/")).text()
    assert "gik galt" not in await (await jens.get("/")).text()


@pytest.fixture
def asker(request: pytest.FixtureRequest, who: str) -> Browser:
    found: Browser = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize("who", ["jens", "aya", "sofie", "holms", "stranger"])
async def test_nobody_else_reaches_them(happened, cast, database, who, asker):
    """Must show 1: another caseworker sees none of it, and can mark none of it."""
    page = await asker.get("/incidents", allow_redirects=False)
    assert page.status in (200, 303, 404)
    text = await page.text()
    assert [words for words in (*NEUTRAL, "Sofie", "Aya") if words in text] == []
    answer = await send(asker, kind="wrong_person", subject=str(happened), done="called", words="")
    assert answer.status == 404 or answer.headers.get("Location") == "/signing-in"
    async with database.read() as db:
        assert (await db.scalars(select(IncidentTick))).all() == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "wrong_person", "subject": "999", "done": "called"}, 404),
        ({"kind": "heard", "subject": "{visit}", "done": "called"}, 404),
        ({"kind": "nonsense", "subject": "{visit}", "done": "called"}, 404),
        ({"kind": "wrong_person", "subject": "x", "done": "called"}, 400),
        ({"kind": "wrong_person", "subject": "{visit}", "done": "called", "words": "x" * 201}, 400),
        (
            {"kind": "wrong_person", "subject": "{visit}", "done": "called", "words": "a\u202eb"},
            400,
        ),
    ],
)
async def test_what_is_none_of_them_changes_nothing(happened, mette, database, form, status):
    filled = {name: value.replace("{visit}", str(happened)) for name, value in form.items()}
    assert (await send(mette, **({"words": ""} | filled))).status == status
    async with database.read() as db:
        assert (await db.scalars(select(IncidentTick))).all() == []


async def test_an_incident_stays_listed_when_its_meeting_is_moved(
    happened, mette, database, cast, clock
):
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).called_off_at = clock.now()
    page = await (await mette.get("/incidents")).text()
    assert all(title in page for title in NEUTRAL)
