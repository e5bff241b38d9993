"""A receipt for each handover, and every choice on the way there: /choosing/receipts, /history."""

import pytest

from server.domain.history import Did, replay
from server.domain.note import WordKind
from server.domain.sharing import Choice, ToldTo
from server.services import history, passing_on
from server.store.way_tables import SupportRequest
from tests import notes
from tests.factories import store_admission
from tests.notes import ON, ZONE

JONAS = "Du vil ikke have, at jeg siger noget om Jonas."
MEDICINE = "Du skal have den nye medicin om aftenen."
PAGES = ("receipts", "history")


@pytest.fixture
async def note(after_the_meeting, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    for text in (ON, JONAS, MEDICINE):
        await begun.write(text, clock.now())
    return begun


@pytest.fixture
async def released(note, clock, database):
    """One line was chosen, one must be passed on, one is kept back; and the hour has come."""
    now = clock.now()
    await note.choose(1, Choice.AS_WRITTEN, now, in_call=True)
    await note.choose(2, Choice.NOT_TO_HOME, now, in_call=True)
    await note.must_pass_on(3, now)
    await note.tell(3, ToldTo.YOUNG_PERSON, now)
    await note.tell(3, ToldTo.HOME, now)
    await note.ready(now)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    return note


@pytest.fixture
async def read(released, as_kind, cast, database, clock):
    """Read one of the two pages as Sofie on her own device."""

    async def read(page):
        sofie = await as_kind(seat=cast.sofies_seat)
        async with database.begin() as db:
            await store_admission(db, cast.sofies_seat, clock.now())
        return await (await sofie.get(f"/choosing/{page}")).text()

    return read


async def test_she_reads_what_was_passed_on_to_whom_when_and_in_which_words(read):
    """S45: exactly what was sent; and what was not sent is not there."""
    page = await read("receipts")
    assert ON in page
    when = "tirsdag den 1. december kl. 12.00"
    assert f"Lene og Karl fik det at vide {when}, med præcis de ord." in page
    assert "Det valgte du." in page
    assert MEDICINE in page
    assert "Mette var nødt til at sige det." in page
    assert page.count("Mette sagde det til Lene og Karl i telefonen") == 1
    assert JONAS not in page
    assert page.count('href="/choosing/1/withdrawal"') == 1
    assert 'href="/choosing/3/withdrawal"' not in page


async def test_words_taken_back_keep_their_receipt(read, released, clock):
    """C10: honest that it may have been read; and nothing is taken out of what was."""
    clock.move(hours=2)
    await released.withdraw(1, clock.now())
    page = await read("receipts")
    assert ON in page
    assert "Du tog det tilbage tirsdag den 1. december kl. 14.00." in page
    assert "De kan have læst det før." in page
    assert "/withdrawal" not in page


async def test_what_others_took_away_is_not_said_to_be_hers(read, released, clock):
    """P5, S45: it had not to be passed on after all, and she had not said yes to it."""
    clock.move(hours=2)
    await released.not_after_all(3, clock.now())
    page = await read("receipts")
    assert MEDICINE in page
    assert "Det blev taget væk igen tirsdag den 1. december kl. 14.00." in page
    assert "Du tog det tilbage" not in page
    page = await read("history")
    assert "Det blev taget væk fra Lene og Karl igen tirsdag den 1. december kl. 14.00." in page


async def test_chosen_anew_has_a_receipt_of_its_own(read, released, clock, database):
    """Each handover has one: the words, taken back, given again, and in new words."""
    await released.withdraw(1, clock.now())
    await released.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.move(days=3)
    await notes.release_due(database, clock.now())
    await released.reword(1, WordKind.HOME, "En lukket dør om aftenen.", clock.now())
    await released.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.move(days=3)
    await notes.release_due(database, clock.now())
    page = await read("receipts")
    assert page.count(ON) == 2
    assert "En lukket dør om aftenen." in page
    assert "De fik nye ord i stedet" in page
    async with database.read() as db:
        found = await history.passed_on(db, released.meeting, "Lene og Karl")
    mine = [one for one in found if one.item == 1]
    assert [one.replaced for one in mine] == [False, True, False]
    assert [one.ended_at is None for one in mine] == [False, False, True]


async def test_a_wish_for_afterwards_has_its_receipt(read, released, clock, database, cast):
    """S44, S45: said aloud and handed over, in the sentence the home reads."""
    async with database.begin() as db:
        db.add(
            SupportRequest(
                placement_id=cast.holms, meeting_id=cast.meeting, wish="alone",
                until=clock.now(), asked_at=clock.now(),
            )
        )  # fmt: skip
    page = await read("receipts")
    assert "Sofie vil gerne være lidt i fred bagefter." in page
    assert page.count("/withdrawal") == 1


async def test_every_choice_stands_in_its_order(read, released, clock):
    """D11: what was chosen first is still there."""
    await released.choose(2, Choice.TELL_MYSELF, clock.now(), in_call=False)
    page = await read("history")
    first, second = page.index("Ikke til Lene og Karl."), page.index("Jeg siger det selv.")
    assert page.index(JONAS) < first < second
    assert "Lene og Karl fik det at vide tirsdag den 1. december kl. 12.00:" in page
    assert "Mette ringede til Lene og Karl om det" in page
    assert "Her bliver intet slettet." in page


async def test_a_line_taken_out_is_told_of_and_so_is_what_was_chosen_about_it(
    read, released, clock, database
):
    """D11: nothing that was decided goes with the line; one nobody decided about is not hers."""
    await released.strike(2, clock.now())
    unseen = await released.write("Om et andet barn", clock.now())
    await released.strike(unseen, clock.now())
    page = await read("history")
    assert JONAS in page
    assert page.index("Ikke til Lene og Karl.") < page.index(
        "Mette tog linjen ud af noten tirsdag den 1. december kl. 12.00."
    )
    assert "Om et andet barn" not in page
    async with database.read() as db:
        stands = replay(await history.of_note(db, released.meeting))
    assert stands[2].struck
    assert not stands[1].struck
    assert unseen not in stands


async def test_what_was_said_by_voice_says_so(read, released, clock, database):
    async with database.begin() as db:
        seen = (await released.shown(2)).revision
        await passing_on.chosen_by_voice(
            db, released.mette, released.meeting, 2, seen, Choice.AS_WRITTEN,
            now=clock.now(), zone=ZONE,
        )  # fmt: skip
    assert "Du sagde til Mette tirsdag den 1. december kl. 12.00: Som det står." in await read(
        "history"
    )


async def test_told_from_the_beginning_it_comes_to_where_things_stand(released, database, clock):
    """D11: replay of the events is the current state."""
    await released.choose(2, Choice.AS_WRITTEN, clock.now(), in_call=False)
    clock.move(minutes=1)
    await released.ask_alone(2, clock.now())
    async with database.read() as db:
        events = await history.of_note(db, released.meeting)
    stands = replay(events)
    assert {event.did for event in events} >= {Did.CHOSE, Did.ASKED_ALONE, Did.HANDED_OVER}
    for item in (1, 2, 3):
        shown = await released.shown(item)
        assert stands[item].leaving == shown.revision
        assert (stands[item].out == shown.revision) == shown.is_out
    assert stands[2].chosen.in_the_call_or_by_voice
    # Without the voice it would not count: the events carry it.
    told = replay(event for event in events if event.did != Did.ASKED_ALONE)
    assert not told[2].chosen.in_the_call_or_by_voice


async def test_before_anything_left_there_is_nothing_to_show(note, sofie, cast, database, clock):
    await note.ready(clock.now())
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await (await sofie.get("/choosing/receipts")).text()
    assert "Lene og Karl har ikke fået noget at vide fra noten." in page


@pytest.mark.parametrize("page", PAGES)
async def test_it_opens_for_nobody_else_and_on_no_other_device(
    page, released, as_kind, cast, browser
):
    """U8, P6, C15."""
    bare = await as_kind(seat=cast.sofies_seat)
    response = await bare.get(f"/choosing/{page}")
    text = await response.text()
    assert response.status == 403
    assert [secret for secret in (ON, JONAS, MEDICINE, "Lene") if secret in text] == []
    others = [await as_kind(seat=cast.ayas_seat), await as_kind(account=cast.mette)]
    others += [await as_kind(placement=cast.holms), browser()]
    for who in others:
        assert (await who.get(f"/choosing/{page}")).status == 404
    assert (await bare.post(f"/choosing/{page}")).status == 405
