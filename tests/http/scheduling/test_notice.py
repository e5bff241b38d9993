"""How long before a meeting somebody added to it counts as told in good time."""

from dataclasses import replace

import pytest

LATE = "bliver udenfor, til Sofie har sagt ja."


@pytest.fixture
def settings(settings, hours):
    return replace(settings, notice_hours=hours)


@pytest.mark.parametrize(("hours", "told"), [(24, True), (1, False)])
async def test_the_hours_are_the_houses_own_and_stand_in_the_words(mette, cast, hours, told):
    """S31: the meeting is in an hour. Where a day is asked for, Ida was added late; where an hour
    is, she was not."""
    form = {"companion": "Ida", "companion_why": "Er din lærer"}
    await mette.post(f"/meetings/{cast.meeting}/people", data=form)
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert (LATE in page) is told
    assert (f"mindre end {hours} timer" in page) is told
