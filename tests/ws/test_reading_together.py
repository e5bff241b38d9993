"""Reading the note together: the host and the young person look at the same line, in the talk."""

import pytest

from server.domain.roles import Role
from tests.notes import ON

JSON = {"Accept": "application/json"}


@pytest.fixture
async def lines(mette_in, sofie_in, opened):
    """Mette writes two lines while they talk; both have been told of them."""
    for text in (ON, "Du vil gerne have en kanin."):
        sent = {"section": "talked_about", "text": text}
        path = f"/meetings/{opened.meeting}/items"
        assert (await mette_in.browser.post(path, data=sent, headers=JSON)).status == 200
    for who in (mette_in, sofie_in):
        await who.until(lambda message: message["type"] == "items" and len(message["items"]) == 2)
    return [1, 2]


async def reads(talker, item):
    """Wait until somebody is told that both look at this line; it may have come already."""
    told = talker.told("reading")
    if told and told[-1]["item"] == item:
        return told[-1]
    return await talker.until(
        lambda message: message["type"] == "reading" and message["item"] == item
    )


async def test_the_host_shows_a_line_and_both_are_told_the_same(mette_in, sofie_in, lines):
    """Issue 5: together in a call, with both seeing the same item."""
    assert (await mette_in.ask("point", item=lines[1]))["type"] == "done"
    theirs, own = await reads(sofie_in, 2), await reads(mette_in, 2)
    assert theirs["label"] == "Mette viser dig en linje i noten."
    assert own["label"] == "Sofie ser linjen sammen med dig."


async def test_the_young_person_leads_and_either_lets_go_for_both(mette_in, sofie_in, lines):
    """P8: whoever pointed last leads, and one press ends it for both."""
    await mette_in.ask("point", item=1)
    await reads(sofie_in, 1)
    await sofie_in.ask("point", item=2)
    assert (await reads(mette_in, 2))["label"] == "Sofie viser dig en linje i noten."
    assert (await reads(sofie_in, 2))["label"] == "Du viser Mette linjen."
    await sofie_in.ask("point", item=0)
    await reads(mette_in, 0)
    await reads(sofie_in, 0)


async def test_a_device_that_may_not_show_the_note_is_told_nothing(mette_in, join, let_in, opened):
    """U8: and the host is told to read it aloud."""
    sofie = await join(Role.YOUNG_PERSON, device="borrowed")
    await let_in(mette_in, sofie)
    sent = {"section": "talked_about", "text": ON}
    await mette_in.browser.post(f"/meetings/{opened.meeting}/items", data=sent, headers=JSON)
    await mette_in.until(lambda message: message["type"] == "items" and message["items"])
    await mette_in.ask("point", item=1)
    told = await reads(mette_in, 1)
    assert told["label"] == "Sofie kan ikke se noten på sin skærm. Læs linjen højt."
    await sofie.caught_up()
    assert sofie.told("reading") == []


async def test_a_device_that_may_not_show_the_note_cannot_find_out_that_there_is_one(
    mette_in, join, let_in, opened
):
    """P4, U8: the tablet may be the home's, and whoever holds it counts through the lines."""
    sofie = await join(Role.YOUNG_PERSON, device="borrowed")
    await let_in(mette_in, sofie)
    before = [await sofie.ask("point", item=item) for item in (1, 2)]
    sent = {"section": "talked_about", "text": ON}
    await mette_in.browser.post(f"/meetings/{opened.meeting}/items", data=sent, headers=JSON)
    await mette_in.until(lambda message: message["type"] == "items" and message["items"])
    after = [await sofie.ask("point", item=item) for item in (1, 2)]
    assert [told["error"] for told in before + after] == ["not-found"] * 4


async def test_nobody_else_hears_of_it_or_points(mette_in, sofie_in, aya_in, lines):
    """C15: a bisidder reads no note, also not over somebody's shoulder."""
    await mette_in.ask("point", item=1)
    await reads(sofie_in, 1)
    await aya_in.caught_up()
    assert aya_in.told("reading") == []
    assert (await aya_in.ask("point", item=1))["error"] == "young-person-only"


async def test_only_a_line_of_this_note_can_be_shown(mette_in, sofie_in, lines):
    assert (await mette_in.ask("point", item=99))["error"] == "not-found"
    assert (await sofie_in.ask("point", item=99))["error"] == "not-found"


async def test_another_device_with_the_same_link_points_at_nothing(sofie_in, join, lines):
    """P1: it is not in the call."""
    other = await join(Role.YOUNG_PERSON)
    assert (await other.ask("point", item=1))["type"] == "refused"
    await other.caught_up()
    assert other.told("reading") == []


async def test_in_a_pause_nothing_is_shown_and_afterwards_it_is_again(mette_in, sofie_in, lines):
    """P8: nobody sees anything together while one of them has a pause."""
    await mette_in.ask("point", item=1)
    await reads(sofie_in, 1)
    await sofie_in.ask("pause")
    await reads(mette_in, 0)
    await sofie_in.ask("resume")
    await reads(mette_in, 1)
