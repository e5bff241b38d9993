"""What one press in the call costs: how often the database is asked, until everybody knows."""

from tests.asked import LOOKS, PAGES, asked

MOST = 28  # to look who may, to keep it, to read the room anew, and to tell three people


async def test_a_press_of_the_microphone_asks_little(
    database, mette_in, sofie_in, aya_in, monkeypatch
):
    """Design 6: fifty meetings go on at once, and in each somebody mutes or unmutes."""
    monkeypatch.setattr("server.ws.rooms.READ_AGAIN", 10**9)  # nobody but Aya makes it look
    for people in (mette_in, sofie_in, aya_in):
        await people.caught_up()
    with asked(database, PAGES, LOOKS) as heard:
        await aya_in.send("microphone", on=True)
        await mette_in.sees(lambda state: microphone_of("Aya", state))
    assert 0 < len(heard) <= MOST, f"{len(heard)}"


def microphone_of(name, state):
    return any(person["name"] == name and person["microphone"] for person in state["people"])
