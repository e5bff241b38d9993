"""A note that is to be locked, marked in the call (D10)."""


async def test_a_slip_of_the_hand_is_taken_back_at_once_and_later_it_takes_two(
    mette_in, sofie_in, clock
):
    """D10, domain pack 5.6."""
    await mette_in.ask("lock_note", on=True)
    assert (await mette_in.ask("lock_note", on=False))["type"] == "done"
    await mette_in.ask("lock_note", on=True)
    clock.move(seconds=61)
    refused = await mette_in.ask("lock_note", on=False)
    assert (refused["type"], refused["error"]) == ("refused", "lock-takes-two")
    assert "kollega" in refused["text"]
    await mette_in.sees(lambda state: state["help"]["locked"])
