"""What each person is told: the roster and its news, chat, and what goes to the host alone."""

from server.domain.roles import Role


def news(talker) -> list[str]:
    return [message["text"] for message in talker.told("news")]


async def test_everybody_sees_who_is_here_at_every_end(mette_in, sofie_in, aya_in):
    """P9, S32: the complete list, also the child, the same at each end but for who is "you"."""
    await sofie_in.sees(lambda state: len(state["roster"]) == 3)
    for talker in (mette_in, sofie_in, aya_in):
        await talker.caught_up()
        assert len(talker.state["roster"]) == 3
    assert [row["where"] for row in sofie_in.state["roster"]] == ["Hos Mette", "Hos dig", "Hos Aya"]


async def test_who_comes_and_goes_is_said_aloud(mette_in, sofie_in, aya_in):
    """P9, W12: in words and with a sound, to everybody in the talk but the one it is about."""
    await sofie_in.caught_up()
    assert news(sofie_in) == ["Aya er kommet ind."]
    assert all(message["sound"] for message in sofie_in.told("news"))
    await aya_in.ask("leave")
    await aya_in.caught_up()
    for talker in (mette_in, sofie_in):
        await talker.caught_up()
        assert news(talker)[-1] == "Aya er gået."
    assert news(aya_in) == []


async def test_an_adults_company_is_told_at_once_and_stays_in_the_roster(mette_in, sofie_in):
    """P9, S32: nobody sits unseen beside the caseworker's camera."""
    await mette_in.ask("company", text="Ida")
    await mette_in.caught_up()
    await sofie_in.caught_up()
    assert news(sofie_in) == ["Ida sidder nu ved siden af Mette."]
    row = sofie_in.state["roster"][0]
    assert (row["with"], row["fresh"]) == ("Ida", True)
    assert sofie_in.people["Mette"]["company"] == "Ida"
    await mette_in.ask("company", text="")
    await mette_in.caught_up()
    await sofie_in.caught_up()
    assert news(sofie_in)[-1] == "Mette er alene igen."


async def test_the_young_persons_own_company_makes_no_sound_and_no_change(mette_in, sofie_in):
    """P9: what the young person tells about their own end goes to the caseworker alone."""
    assert (await sofie_in.ask("company", text="Karl"))["error"] == "adults-only"
    before = dict(sofie_in.state)
    await sofie_in.browser.post(
        "/arriving/answers", data={"question": "heard", "answer": "maybe"}, allow_redirects=False
    )
    await sofie_in.caught_up()
    await mette_in.caught_up()
    assert sofie_in.state == before
    assert news(sofie_in) == news(mette_in)[1:] == []
    assert "Måske" in mette_in.state["brief"]["band"]


async def test_another_way_reaches_the_host_alone(mette_in, sofie_in, aya_in):
    """P3: no reason, no sound, and nothing on anybody's screen but the caseworker's."""
    await sofie_in.caught_up()
    await aya_in.caught_up()
    heard = len(aya_in.heard)
    said = len(sofie_in.told("state"))
    await sofie_in.ask("another_way", way="phone")
    await sofie_in.caught_up()
    await mette_in.sees(lambda state: state["alerts"])
    assert mette_in.state["alerts"][0]["id"] == "another-way"
    await aya_in.caught_up()
    assert [m["type"] for m in aya_in.heard[heard:]] == ["refused"]
    gates = {m["you"]["gate"] for m in sofie_in.told("state")[said:]}
    assert gates <= {"another_way"}
    assert all(m["alerts"] == [] and m["brief"] is None for m in sofie_in.told("state"))


async def test_only_the_young_person_asks_for_another_way(mette_in, aya_in):
    assert (await aya_in.ask("another_way", way="time"))["error"] == "not-found"
    assert (await mette_in.ask("another_way", way="time"))["error"] == "guests-only"


async def test_changing_the_subject_lays_the_same_harmless_card_everywhere(
    mette_in, sofie_in, aya_in
):
    """S34, P3: only the host reads what it means."""
    await sofie_in.send("change_subject", on=True)
    for talker in (mette_in, sofie_in, aya_in):
        await talker.sees(lambda state: state["card"])
    assert [alert["id"] for alert in mette_in.state["alerts"]] == ["change-subject"]
    assert aya_in.state["alerts"] == sofie_in.state["alerts"] == []
    await aya_in.send("change_subject", on=False)
    refusal = await aya_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "young-person-only"


async def test_the_host_sees_that_old_answers_are_to_be_asked_again(mette_in, sofie_in, clock):
    """S26, S30: older than ten minutes, until the host has ticked them."""
    clock.move(minutes=11)
    await mette_in.send("asked_again", question="way")
    await mette_in.until(
        lambda m: (
            m["type"] == "state"
            and [r["ask_again"] for r in m["brief"]["rows"]][:2] == [None, "company"]
        )
    )


async def test_the_host_alone_is_told_that_the_start_is_over(
    mette_in, join, let_in, clock, rooms, opened
):
    """U5, S30, P3: after three minutes together, until who was wanted at the start has gone."""
    sofie = await join(Role.YOUNG_PERSON, company="at_start")
    await let_in(mette_in, sofie)
    await mette_in.ask("said")
    clock.move(minutes=9)  # alone with Mette: that is not the start Sofie meant
    aya = await join(Role.BISIDDER)
    await let_in(mette_in, aya)
    clock.move(minutes=2, seconds=59)
    await rooms.changed(opened.meeting)
    await mette_in.caught_up()
    assert mette_in.state["alerts"] == []
    clock.move(seconds=1)
    await rooms.changed(opened.meeting)
    await mette_in.sees(lambda state: [a["id"] for a in state["alerts"]] == ["at-start"])
    (alert,) = mette_in.state["alerts"]
    assert alert["text"].startswith("Sofie ville kun have Aya med i starten.")
    await aya.caught_up()
    assert "starten" not in str(aya.heard)
    await aya.ask("leave")
    await mette_in.sees(lambda state: state["alerts"] == [])


async def test_a_message_sent_again_is_one_message(mette_in, sofie_in, clock):
    """P10: a lost `done` makes no echo; the same `ref` is the same message."""
    for _ in range(3):
        await sofie_in.send("chat", ref="one", text="Hej Mette")
        done = await sofie_in.until(lambda m: m.get("ref") == "one")
        assert done["type"] == "done"
    await mette_in.until(lambda message: message["type"] == "chat")
    await sofie_in.caught_up()
    await mette_in.caught_up()
    (mine,), (theirs,) = sofie_in.told("chat"), mette_in.told("chat")
    assert (mine["mine"], theirs["mine"]) == (True, False)
    assert (theirs["name"], theirs["text"]) == ("Sofie", "Hej Mette")


async def test_what_was_written_is_there_after_a_reload(mette_in, sofie_in, connect):
    """P10: `done` means kept."""
    for number, text in enumerate(("Hej", "Er du der?")):
        await sofie_in.ask("chat", text=text)
        assert number >= 0
    await sofie_in.socket.close()
    back = await connect(sofie_in.browser, Role.YOUNG_PERSON)
    await back.caught_up()
    assert [message["text"] for message in back.told("chat")] == ["Hej", "Er du der?"]


async def test_nobody_outside_the_call_reads_or_writes_in_it(mette_in, sofie_in, join):
    """P1: no word reaches a knocker, and none comes from one."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await sofie_in.ask("chat", text="Kun til jer")
    assert (await aya.ask("chat", text="Hallo"))["error"] == "not-admitted"
    await sofie_in.caught_up()
    await aya.caught_up()
    assert aya.told("chat") == aya.told("items") == []
    assert "Sofie" not in str(aya.heard)


async def test_who_knocks_is_no_news_to_anybody_but_the_host(mette_in, sofie_in, join):
    """P1: the young person sees who comes in, not who stands outside."""
    await sofie_in.caught_up()
    heard = len(sofie_in.heard)
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await sofie_in.caught_up()
    assert {message["type"] for message in sofie_in.heard[heard:]} <= {"items", "refused"}
    assert sofie_in.state["knocks"] == []


async def test_what_another_device_answered_is_not_said_to_a_bare_link(join):
    """P6, P3: neither the locked camera nor the wish, before the host has let that device in."""
    await join(Role.YOUNG_PERSON, way="write")
    bare = await join(Role.YOUNG_PERSON)
    assert not bare.state["you"]["camera_locked"]
    assert not bare.state["you"]["write_only"]
    assert bare.state["you"]["name"] == ""
    await bare.send("camera", on=True)
    await bare.caught_up()
    assert bare.told("refused")[-1]["error"] == "host-only"


async def test_once_let_in_a_bisidder_is_spoken_to_by_names(mette_in, join, let_in):
    """P6, S33: a link alone names nobody; the line it opened goes on, and says names from then."""
    await let_in(mette_in, await join(Role.YOUNG_PERSON))
    aya = await join(Role.BISIDDER)
    await let_in(mette_in, aya)
    assert aya.heard[0]["phase"] == "outside"
    assert "Sofie" not in str(aya.heard[0])
    other = await join(Role.BISIDDER)
    assert "Sofie" not in str(other.state)
    words = "Mette skriver det vigtige ned, og Sofie kan læse det bagefter."
    await aya.sees(lambda state: state["opening"] == words)
