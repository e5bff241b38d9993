"""What makes it easier really changes something (U12)."""

from tests.http.arriving.test_answers import say

LARGER = 'class="larger"'


async def pick(browser, *wishes):
    picked = {f"pick-{wish}": "yes" for wish in wishes}
    return await browser.post(
        "/arriving/answers", data={"question": "easier", **picked}, allow_redirects=False
    )


async def test_larger_text_is_on_every_page_from_then_on_and_can_be_taken_back(sofie, cast):
    """S9: an aid that was asked for is given at once, on this device alone."""
    assert LARGER not in await (await sofie.get("/arriving")).text()
    assert (await pick(sofie, "larger_text", "pauses")).status == 303
    for path in ("/arriving/effects/easier", "/arriving", "/arriving/ready", "/arriving/more"):
        assert LARGER in await (await sofie.get(path)).text(), path
    await pick(sofie)
    assert LARGER not in await (await sofie.get("/arriving")).text()


async def test_another_device_is_not_told_what_was_asked_for(sofie, as_kind, cast):
    """P6: a bare link looks the same whatever was answered elsewhere."""
    await pick(sofie, "larger_text")
    other = await as_kind(seat=cast.sofies_seat)
    assert LARGER not in await (await other.get("/arriving")).text()


async def test_the_caseworker_reads_what_makes_it_easier_before_the_call(sofie, mette, cast):
    """S9: the aids asked for stand with the meeting, and who needs an interpreter on the day."""
    await pick(sofie, "pauses", "sign_language")
    brief = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Pauser, Tegnsprogstolk" in brief
    assert "tegnsprogstolk" in await (await mette.get("/")).text()


async def test_another_language_says_which_or_is_asked_for_it(sofie, mette, cast):
    answer = await pick(sofie, "language")
    assert answer.status == 400
    assert "Skriv, hvilket sprog" in await answer.text()
    await sofie.post(
        "/arriving/answers", data={"question": "easier", "pick-language": "yes", "text": "Somali"}
    )
    assert "Somali" in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()


async def test_the_list_says_which_language_was_asked_for(sofie, mette, cast):
    """R7, S9: beside who is invited to interpret, in the words it was asked for."""
    path = f"/meetings/{cast.meeting}/brief"
    assert "har bedt om" not in await (await mette.get(path)).text()
    await sofie.post(
        "/arriving/answers", data={"question": "easier", "pick-language": "yes", "text": "Somali"}
    )
    page = await (await mette.get(path)).text()
    assert "Sofie har bedt om et andet sprog: ”Somali”. Ingen tolk er inviteret." in page


async def test_the_stop_word_is_read_by_the_caseworker_and_shown_back_to_nobody(sofie, mette, cast):
    """U10: not on the page it was chosen on, not among the answers."""
    await say(sofie, "stop", "own", text="Banankage")
    for path in ("/arriving/questions/stop", "/arriving/ready", "/arriving/effects/stop"):
        assert "Banankage" not in await (await sofie.get(path)).text(), path
    brief = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Banankage" in brief
