"""What the young person says about the note in the talk is at the caseworker's panel at once."""

from tests.notes import ON

JSON = {"Accept": "application/json"}


async def test_words_beside_a_line_and_a_line_of_her_own_reach_the_panel(
    mette_in, sofie_in, opened
):
    """S54, C20: over the line, without anybody reading the page again."""
    sent = {"section": "talked_about", "text": ON}
    path = f"/meetings/{opened.meeting}/items"
    assert (await mette_in.browser.post(path, data=sent, headers=JSON)).status == 200
    await sofie_in.until(lambda message: message["type"] == "items" and len(message["items"]) == 1)
    said = {"revision": "1", "stand": "not_quite", "words": "Det var kl. 20."}
    await sofie_in.browser.post("/choosing/1/own-words", data=said)
    await mette_in.until(
        lambda message: message["type"] == "items" and message["items"][0]["comments"] == 1
    )
    await sofie_in.browser.post("/choosing/own-line", data={"text": "Og så om min bror."})
    told = await mette_in.until(
        lambda message: message["type"] == "items" and len(message["items"]) == 2
    )
    assert told["items"][1]["text"] == "Og så om min bror."
