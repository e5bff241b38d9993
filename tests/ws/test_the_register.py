"""The register in the call (R5): held away at once, and blurred whole."""

from datetime import timedelta

from server.domain.roles import Role


async def test_whom_a_decision_holds_away_is_out_of_the_call_at_once(
    aya_in, sofie_in, mette_in, opened, clock
):
    """R5, P2: from the middle of the call, in the words of a smaller circle."""
    last = (clock.now() + timedelta(days=9)).date().isoformat()
    form = {"kind": "contact_suspended", "whom": "Aya", "until": last}
    await mette_in.browser.post(f"/young-people/{opened.sofie}/register", data=form)
    await aya_in.phase("smaller_circle")
    await sofie_in.sees(lambda state: "Aya" not in str(state["people"]))


async def test_a_protected_address_has_the_young_persons_picture_blurred(
    sofie_in, aya_in, mette_in, opened
):
    """R5: the page is told by the server that the whole picture is to be blurred; hers alone."""
    assert sofie_in.state["you"]["blur_required"] is False
    await mette_in.browser.post(
        f"/young-people/{opened.sofie}/register", data={"kind": "protected_address"}
    )
    await sofie_in.sees(lambda state: state["you"]["blur_required"])
    assert aya_in.state["you"]["blur_required"] is False
    assert mette_in.state["you"]["blur_required"] is False


async def test_in_a_protected_case_nobody_knocks_without_a_code(mette_in, join, opened):
    """Design 2: the line asks as the page does."""
    await mette_in.browser.post(
        f"/young-people/{opened.sofie}/register", data={"kind": "protected_address"}
    )
    sofie = await join(Role.YOUNG_PERSON)
    answer = await sofie.ask("knock")
    assert (answer["type"], answer["error"]) == ("refused", "code-needed")


async def seen(rooms, talker, opened) -> bool:
    """Whether Mette's browser gets the young person's picture, once all that was said is done."""
    await talker.caught_up()
    here = rooms.rooms[opened.meeting]
    (line,) = [line for line in here.lines if line.seat == opened.sofies_seat]
    return any(way.video for way in here.ways if way.source == line.media)


async def test_a_protected_place_is_not_told_at_the_door_and_not_shown_there_either(
    mette_in, join, opened, rooms
):
    """R5, P6: a device nobody has admitted learns nothing, and no sharp picture of it goes out,
    nor after it was let in before it says that it blurs."""
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await sofie.send("camera", on=True)
    await mette_in.sees(lambda state: len(state["knocks"]) == 1)
    visit = mette_in.visit
    await mette_in.send("open_door", visit=visit)
    await sofie.phase("door")
    assert await seen(rooms, sofie, opened)
    await mette_in.browser.post(
        f"/young-people/{opened.sofie}/register", data={"kind": "protected_address"}
    )
    await mette_in.caught_up()
    assert not await seen(rooms, sofie, opened)
    assert sofie.state["you"]["blur_required"] is False
    await mette_in.send("admit", visit=visit)
    await sofie.sees(lambda state: state["phase"] == "call" and state["you"]["blur_required"])
    assert sofie.state["you"]["camera"] is False
    assert not await seen(rooms, sofie, opened)
    await sofie.send("camera", on=True, veiled=True)
    await sofie.sees(lambda state: state["you"]["camera"])
    assert await seen(rooms, sofie, opened)
    await sofie.send("camera", on=True)
    await sofie.sees(lambda state: not state["you"]["camera"])
    assert not await seen(rooms, sofie, opened)


async def test_who_blurs_by_their_own_choice_is_seen_blurred_at_the_door_of_a_protected_case(
    mette_in, join, opened, rooms
):
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await sofie.send("camera", on=True, veiled=True)
    await mette_in.sees(lambda state: len(state["knocks"]) == 1)
    await mette_in.send("open_door", visit=mette_in.visit)
    await sofie.phase("door")
    await mette_in.browser.post(
        f"/young-people/{opened.sofie}/register", data={"kind": "protected_address"}
    )
    await mette_in.caught_up()
    assert await seen(rooms, sofie, opened)
