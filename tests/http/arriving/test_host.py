"""The caseworker's own checklist: R2, R3, R4 and R8 before the room can be opened (S24)."""

READY = {"room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls"}


def address(cast):
    return f"/meetings/{cast.meeting}/answers"


async def test_it_keeps_all_answers_at_once(mette, cast):
    response = await mette.post(address(cast), data=READY, allow_redirects=False)
    assert response.status == 303
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert page.count("checked") == 4
    assert "Mangler" not in page


async def test_an_open_office_keeps_the_room_shut_and_says_what_would_open_it(mette, cast, clock):
    clock.move(minutes=50)
    await mette.post(address(cast), data=READY | {"room": "open_office"})
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Rummet åbner, når du sidder alene." in page
    assert "Åbn rummet" not in page
    await mette.post(address(cast), data=READY)
    assert "Åbn rummet" in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()


async def test_with_somebody_needs_a_name_and_nothing_half_done_stays(mette, cast):
    """Bad input: the sentence stands at the field, and what was typed is still there."""
    typed = READY | {"room": "with_one", "told": "with_reason", "told-text": "Sofie ringede selv"}
    response = await mette.post(address(cast), data=typed)
    page = await response.text()
    assert response.status == 400
    assert "Skriv, hvem det er, eller hvorfor." in page
    assert 'value="Sofie ringede selv"' in page
    kept = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert kept.count("checked") == 0


async def test_another_caseworker_finds_no_such_meeting(jens, cast):
    assert (await jens.post(address(cast), data=READY)).status == 404
    assert (await jens.get(f"/meetings/{cast.meeting}/brief")).status == 404


async def test_a_guest_is_sent_to_sign_in(sofie, cast):
    response = await sofie.post(address(cast), data=READY, allow_redirects=False)
    assert response.headers["Location"] == "/signing-in"


async def test_an_unknown_answer_is_refused(mette, cast):
    assert (await mette.post(address(cast), data={"room": "castle"})).status == 400


async def test_answering_twice_keeps_the_last(mette, cast):
    await mette.post(address(cast), data=READY)
    await mette.post(address(cast), data={"fallback": "young_person_calls"})
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert page.count("checked") == 4
