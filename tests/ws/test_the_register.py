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
