"""That Sofie wants to talk in private is hers to say, and stands on no page of the home's (S43)."""

import pytest

from tests.http.arriving.test_answers import say

WISHES = (
    ("company", "alone"), ("heard", "find_other"), ("place", "common_room"), ("way", "walk"),
)  # fmt: skip


async def pages(holms) -> list[bytes]:
    return [await (await holms.get(path)).read() for path in ("/home", "/home/before")]


@pytest.mark.parametrize(("question", "answer"), WISHES)
async def test_the_home_is_asked_the_same_whatever_she_answered(sofie, holms, question, answer):
    """S43, S42, P4: asked on her own link, without the home; the home is asked about a door that
    can be shut before every talk it knows of, and never told that she asked for one."""
    before = await pages(holms)
    assert b"rum med en d" in before[1]
    page = await (await sofie.get(f"/arriving/questions/{question}")).text()
    assert f'value="{answer}"' in page
    assert (await say(sofie, question, answer)).status == 303
    assert await pages(holms) == before
    assert (await holms.get(f"/arriving/questions/{question}")).status == 404
