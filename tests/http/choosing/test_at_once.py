"""Two presses at the same moment, from two tabs or two people (P4, P10)."""

import asyncio

from server.domain.note import WordKind
from server.domain.sharing import Choice, Outcome
from tests.notes import ON


async def test_two_choices_at_once_are_both_kept_and_one_of_them_stands(reader, note):
    """The one kept last is what the page shows, and neither is half there."""
    forms = [{"revision": "1", "choice": choice} for choice in ("as_written", "not_to_home")] * 3
    answers = await asyncio.gather(
        *(reader.post("/choosing/1", data=form, allow_redirects=False) for form in forms)
    )
    assert {answer.status for answer in answers} == {303}
    shown = await note.shown(1)
    assert (shown.choice, shown.outcome) in (
        (Choice.AS_WRITTEN, Outcome.WAITS_FOR_VOICE),
        (Choice.NOT_TO_HOME, Outcome.STAYS),
    )


async def test_a_yes_that_meets_new_words_on_its_way_is_no_yes_to_them(reader, note, clock):
    """P4: whichever comes first, nobody has said yes to words they have not read."""
    yes = {"revision": "1", "choice": "as_written"}
    answer, _ = await asyncio.gather(
        reader.post("/choosing/1", data=yes, allow_redirects=False),
        note.reword(1, WordKind.LINE, f"{ON} Og om natten.", clock.now()),
    )
    assert answer.status in (303, 409)
    assert (await note.shown(1)).choice is None
    assert (await note.shown(1)).outcome in (Outcome.CHANGED, Outcome.UNANSWERED)


async def test_a_yes_in_the_call_chosen_again_from_elsewhere_stays_what_it_was(reader, note, clock):
    """Saying the same again takes nothing back, and a no is a no from anywhere."""
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await reader.post("/choosing/1", data={"revision": "1", "choice": "as_written"})
    assert (await note.shown(1)).outcome == Outcome.GOES
    await reader.post("/choosing/1", data={"revision": "1", "choice": "not_to_home"})
    assert (await note.shown(1)).outcome == Outcome.STAYS
    await reader.post("/choosing/1", data={"revision": "1", "choice": "as_written"})
    assert (await note.shown(1)).outcome == Outcome.WAITS_FOR_VOICE
