"""A guest's answers: kept, changed, shown where they may be, and refused in words."""

import pytest
from sqlalchemy import select

from server.store.base import Base
from server.store.tables import Reply, Seat
from tests.factories import store_admission
from tests.lines import store_answers

FILE = b'--b\r\nContent-Disposition: form-data; name="answer"; filename="a"\r\n\r\nx\r\n--b--\r\n'
NOT_ALL = "Der mangler lidt endnu."
SOMEBODY_ELSE = "ved, at du gerne vil tale med en anden"
SMALLER = "Mødet bliver holdt i en mindre kreds"


async def say(browser, question: str, answer: str, **more):
    return await browser.post(
        "/arriving/answers",
        data={"question": question, "answer": answer, **more},
        allow_redirects=False,
    )


async def said(database, seat: int) -> list[tuple[str, str]]:
    async with database.read() as db:
        rows = await db.scalars(select(Reply).where(Reply.seat_id == seat).order_by(Reply.id))
        return [(row.question, row.answer) for row in rows]


async def test_no_to_the_caseworker_is_not_told_to_another_device(sofie, as_kind, cast):
    """P3, P6: whoever opens a copy of the link and wants another way too reads nothing of it."""
    await say(sofie, "not_there", "caseworker")
    other = await as_kind(seat=cast.sofies_seat)
    await say(other, "another_way", "phone")
    assert SOMEBODY_ELSE in await text_of(sofie, "/arriving/ready")
    assert SOMEBODY_ELSE not in await text_of(other, "/arriving/ready")


async def test_what_she_wants_to_talk_about_first_stands_first(sofie, mette, as_kind, cast):
    """S1, P6: in her own words, above everything else; a copy of the link reads nothing of it."""
    wrong = await say(sofie, "first", "own", text=" ")
    assert wrong.status == 400
    assert "Skriv først, hvad det er." in await wrong.text()
    await say(sofie, "topics", "", **{"topic-school": "yes"})
    await say(sofie, "first", "own", text="Min kanin er syg")
    page = await text_of(mette, f"/meetings/{cast.meeting}/brief")
    assert page.index("Min kanin er syg") < page.index("Måde") < page.index("Skole")
    assert "Du har skrevet, hvad du vil snakke om først." in page
    assert "Min kanin er syg" in await text_of(sofie, "/arriving/questions/first")
    other = await as_kind(seat=cast.sofies_seat)
    for path in ("/arriving/questions/first", "/arriving/more", "/arriving/ready", "/arriving"):
        assert "kanin" not in await text_of(other, path), path


async def test_an_answer_is_kept_and_its_effect_is_shown_at_once(sofie, database, cast):
    """P10, S30: "Så gør vi sådan" before anything more is asked."""
    answer = await say(sofie, "company", "alone")
    assert (answer.status, answer.headers["Location"]) == (303, "/arriving/effects/company")
    page = await (await sofie.get("/arriving/effects/company")).text()
    assert "Ingen andre kan komme ind" in page
    assert await said(database, cast.sofies_seat) == [("company", "alone")]


async def test_a_change_of_mind_is_a_new_row_and_the_new_answer_counts(sofie, database, cast):
    for answer in ("no", "maybe", "maybe"):
        assert (await say(sofie, "heard", answer)).status == 303
    assert [a for _, a in await said(database, cast.sofies_seat)] == ["no", "maybe", "maybe"]
    page = await (await sofie.get("/arriving/ready")).text()
    assert "Måske" in page


async def test_what_another_device_answered_is_not_shown_here(sofie, as_kind, cast):
    """P6: a bare link shows empty questions, and that there was an answer before."""
    await say(sofie, "heard", "maybe")
    other = await as_kind(seat=cast.sofies_seat)
    page = await (await other.get("/arriving/questions/heard")).text()
    assert "Du har svaret før" in page
    assert "checked" not in page
    ready = await (await other.get("/arriving/ready")).text()
    assert "Måske" not in ready


async def test_the_wish_for_another_way_is_not_told_to_another_device(
    sofie, as_kind, cast, database, clock
):
    """P3: whoever else opens the link reads the same as if nothing had been asked for."""
    async with database.begin() as db:
        await store_answers(db, cast.sofies_seat, clock)
    other = await as_kind(seat=cast.sofies_seat)
    await say(sofie, "another_way", "phone")
    page = await (await other.get("/arriving/ready")).text()
    assert NOT_ALL in page
    assert NOT_ALL not in await text_of(sofie, "/arriving/ready")


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("heard", "nonsense", 400), ("heard", "", 400), ("not_there", "1", 400),
        ("not_there", "99999", 400), ("topics", "", 303), ("guest_room", "alone", 404),
        ("room", "alone", 404), ("no-such", "x", 404), ("", "", 404),
        ("another_way", "because", 400),
    ],
)  # fmt: skip
async def test_only_answers_to_ones_own_questions_are_taken(
    sofie, database, cast, question, answer, status
):
    assert (await say(sofie, question, answer)).status == status
    kept = await said(database, cast.sofies_seat)
    assert len(kept) == (1 if status == 303 else 0)


async def test_a_bisidder_has_no_neutral_button_to_press(aya, database, cast):
    assert (await say(aya, "another_way", "phone")).status == 404
    assert await said(database, cast.ayas_seat) == []


async def test_a_refused_answer_is_explained_on_the_same_page_and_to_a_script(sofie):
    """The id is for programs and stable; the sentence is for people."""
    answer = await say(sofie, "heard", "nonsense")
    assert "Kan nogen høre dig" in await answer.text()
    told = await sofie.post(
        "/arriving/answers",
        data={"question": "heard", "answer": "nonsense"},
        headers={"Accept": "application/json"},
    )
    body = await told.json()
    assert (told.status, body["error"], set(body["fields"])) == (400, "invalid", {"answer"})
    assert body["text"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"question=heard&answer=%ff%fe\xff", "application/x-www-form-urlencoded"),
        (b"question=heard&answer=no", "application/x-www-form-urlencoded; charset=no-such"),
        (b"question=heard&answer=a%00b", "application/x-www-form-urlencoded"),
        (b"question=heard&answer=" + b"x" * 70_000, "application/x-www-form-urlencoded"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"--b\r\n", "multipart/form-data"),
        (FILE, "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
async def test_a_broken_or_oversize_form_is_refused_in_words(sofie, body, kind, database, cast):
    """Bad input costs its sender a sentence, never us a fault."""
    answer = await sofie.post(
        "/arriving/answers",
        data=body,
        headers={"Content-Type": kind, "Accept": "application/json"},
    )
    assert answer.status in (400, 404, 413)
    assert (await answer.json())["error"] in ("invalid", "not-found", "http-413")
    assert await said(database, cast.sofies_seat) == []


async def test_a_no_by_name_shuts_the_door_from_the_hour_in_the_same_words_as_a_removal(
    sofie, as_kind, database, cast, clock
):
    """P2: before the hour nothing tells; then the link still opens, to the same bytes."""
    await say(sofie, "not_there", str(cast.ayas_seat))
    aya = await as_kind(seat=cast.ayas_seat)
    before = await (await aya.get("/arriving")).text()
    assert SMALLER not in before
    clock.move(minutes=60)
    aya = await as_kind(seat=cast.ayas_seat)
    said_no = [await text_of(aya, path) for path in GUEST_PAGES]
    assert SMALLER in said_no[0]
    assert "Sofie" not in "".join(said_no)
    async with database.begin() as db:
        await db.execute(Reply.__table__.delete())
        (await db.get_one(Seat, cast.ayas_seat)).removed_at = clock.now()
    assert [await text_of(aya, path) for path in GUEST_PAGES] == said_no


async def test_before_the_hour_a_removal_looks_like_nothing_either(aya, database, cast, clock):
    """P2: else the difference in time would say who wanted it."""
    pages = [await text_of(aya, path) for path in GUEST_PAGES]
    async with database.begin() as db:
        (await db.get_one(Seat, cast.ayas_seat)).removed_at = clock.now()
    assert [await text_of(aya, path) for path in GUEST_PAGES] == pages


GUEST_PAGES = ("/arriving", "/arriving/questions/guest_room", "/arriving/ready")


async def text_of(browser, path: str) -> str:
    return await (await browser.get(path)).text()


async def test_the_admitted_device_sees_names_and_earlier_answers(sofie, database, cast, clock):
    """P6: names and answers come where the host has seen who it is."""
    await say(sofie, "company", "alone")
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await text_of(sofie, "/arriving")
    assert "Aya" in page
    assert "Kun mig" in await text_of(sofie, "/arriving/ready")


async def test_another_meetings_pages_know_nothing_of_this_one(as_kind, cast, database, clock):
    mikkel = await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        await store_admission(db, cast.mikkels_seat, clock.now())
    for path in ("/arriving", "/arriving/questions/not_there", "/arriving/ready"):
        page = await text_of(mikkel, path)
        assert [name for name in ("Sofie", "Aya", "Lene", "Mette") if name in page] == []


@pytest.mark.parametrize(
    "path",
    ["/arriving/next", "/arriving/questions/way", "/arriving/effects/way", "/arriving/ready",
     "/arriving/another-way"],
)  # fmt: skip
async def test_each_page_answers_only_whom_it_is_for(sofie, stranger, mette, holms, path):
    """L11: a stranger, a caseworker and the home get the same page as at an unknown link."""
    assert (await sofie.get(path, allow_redirects=False)).status in (200, 303)
    pages = set()
    for wrong in (stranger, mette, holms):
        answer = await wrong.get(path, allow_redirects=False)
        assert answer.status == 404
        pages.add(await answer.text())
    assert len(pages) == 1
    assert (await sofie.put(path)).status == 405


async def test_reading_writes_nothing(sofie, database, cast):
    """V3.5.3, L4: a GET changes no row."""
    before = await snapshot(database)
    for path in ("/m", "/arriving", "/arriving/next", "/arriving/questions/way",
                 "/arriving/ready", "/arriving/another-way", "/arriving/gone"):  # fmt: skip
        await sofie.get(path)
        await sofie.head(path)
    assert await snapshot(database) == before


async def snapshot(database):
    async with database.read() as db:
        return {
            name: [tuple(row) for row in await db.execute(select(table))]
            for name, table in Base.metadata.tables.items()
        }


async def test_a_chosen_topic_can_be_taken_back(sofie, database, cast):
    """4.0: every answer can be changed; also to none at all."""
    pick = {"question": "topics", "topic-school": "yes", "topic-money": "not_today"}
    await sofie.post("/arriving/answers", data=pick)
    page = await text_of(sofie, "/arriving/questions/topics")
    assert page.count('value="" ') + page.count('value="">') >= 9
    await sofie.post("/arriving/answers", data=pick | {"topic-school": ""})
    assert (await said(database, cast.sofies_seat))[-1] == ("topics", "money=not_today")
    await sofie.post("/arriving/answers", data={"question": "topics"})
    assert (await said(database, cast.sofies_seat))[-1] == ("topics", "")
