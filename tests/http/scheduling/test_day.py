"""The caseworker's first page."""

import re

from server.domain.helping import QUESTION, Step
from server.domain.questions import ALL, ANOTHER_WAY, asked
from server.domain.roles import Role
from server.domain.ways import FROM_BUTTON
from server.services import day
from server.store.tables import Reply
from tests.conftest import NOON

READY = {
    "room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls",
    "purpose": "fits", "right": "told", "after": "someone", "after-text": "Lene",
    "emergency": "not_known",
}  # fmt: skip


async def words(browser):
    response = await browser.get("/")
    assert response.status == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", await response.text()))


async def test_it_says_what_day_it_is_and_what_is_missing(mette, cast):
    page = await words(mette)
    assert "Onsdag den 25. november" in page
    assert "Ét møde, kl. 14.00." in page
    assert "Sofie, 13 år" in page
    assert "Video, 30 minutter. Aya er med som bisidder." in page
    assert "Otte ting mangler" in page
    assert "Egner det sig til skærm? Mangler" in page
    assert "Fem ting mere" in page
    assert page.count("Mangler") == 1  # the next thing, and not eight alike


async def test_what_is_done_stands_in_one_quiet_line(mette, cast):
    some = {name: READY[name] for name in ("purpose", "right")}
    await mette.post(f"/meetings/{cast.meeting}/answers", data=some)
    page = await words(mette)
    assert "Seks ting mangler" in page
    assert "Har Sofie fået besked? Mangler" in page
    assert "Gjort: Egner det sig til skærm? · Retten til bisidder" in page


async def test_the_answers_of_the_brief_lead_to_the_room(mette, cast, clock):
    await mette.post(f"/meetings/{cast.meeting}/answers", data=READY)
    clock.move(minutes=31)
    page = await (await mette.get("/")).text()
    assert "Åbn rummet" in page
    assert f'href="/calling/{cast.meeting}"' in page


async def test_it_is_not_ready_before_she_was_asked_how_when_and_with_whom(mette, sofie, cast):
    """S6: or before it stands written why she could not be."""
    answers = f"/meetings/{cast.meeting}/answers"
    await mette.post(answers, data=READY)
    page = await words(mette)
    assert "Sofie har ikke svaret på hvordan, hvornår og med hvem." in page
    assert "Klar" not in page
    for question, answer in (("time", "fits"), ("way", "video"), ("company", "alone")):
        assert "Klar" not in await words(mette)
        await sofie.post("/arriving/answers", data={"question": question, "answer": answer})
    await mette.post(answers, data={"read": "read"})
    page = await words(mette)
    assert "Klar" in page
    assert "har ikke svaret" not in page


async def test_a_written_reason_stands_in_for_what_she_could_not_be_asked(mette, cast):
    """S6: the exception is logged with its words (R3)."""
    reason = {"told": "with_reason", "told-text": "Ligger på sygehuset"}
    await mette.post(f"/meetings/{cast.meeting}/answers", data=READY | reason)
    assert "Klar" in await words(mette)


async def test_jens_sees_his_own_day(jens, cast):
    page = await words(jens)
    assert "Mikkel, 17 år" in page
    assert "Sofie" not in page


async def test_nothing_changes_by_looking_twice(mette, cast):
    assert await words(mette) == await words(mette)


async def test_every_answer_has_its_words(mette, app, cast):
    """No answer of anybody's may break the page it is told on."""
    from server import keys
    from server.domain.ages import Band

    texts = app[keys.TEXTS]
    told = [*day.PROMISED, *day.PROMISED_BISIDDER]
    told += [("another_way", said) for said in ANOTHER_WAY.answers if said not in FROM_BUTTON]
    for language in ("da", "en"):
        for question, answer in told:
            known = [*Step] if question == QUESTION else ALL[question].answers
            assert answer in known
            assert texts.has(language, Band.ADULT, f"day.asked.{question}.{answer}")
        for question in asked(Role.CASEWORKER, Band.ADULT):
            for answer in (*question.answers, "missing"):
                assert texts.has(language, Band.ADULT, f"day.task.{question.id}.{answer}")


async def test_what_sofie_waits_for_is_told(mette, sofie, cast, database):
    async with database.begin() as db:
        db.add(
            Reply(
                seat_id=cast.sofies_seat,
                session_id=1,
                question="another_way",
                answer="time",
                at=NOON,
            )  # fmt: skip
        )
    page = await words(mette)
    assert "Sofie vil gerne have en anden tid" in page
    assert "Senest fredag den 27. november" in page


async def test_a_meeting_of_another_day_is_not_lit_before_its_time(mette, cast, clock):
    """What waits for you is lit; where to sit the day after tomorrow does not wait."""
    clock.move(days=-2)
    page = await words(mette)
    assert "Ingen møder i dag." in page
    assert "Onsdag den 25. november" in page
    assert "angler" not in page
