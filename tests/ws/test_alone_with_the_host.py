"""The talk alone with the host, and the end of the start, over real sockets."""

from typing import Any

from server.domain.roles import Role
from tests.talks import deeds, sound_on, ways


def besides_opening(state: dict[str, Any]) -> list[str]:
    """The host's alerts, but for the opening words, which stand until they are said."""
    return [alert["id"] for alert in state["alerts"] if alert["id"] != "opening"]


async def test_a_moment_alone_is_the_young_persons_to_take_and_to_end(
    mette_in, sofie_in, aya_in, clock, rooms, opened
):
    """3.3 phase 5, P9: Aya waits outside in neutral words, reads nothing that is written
    meanwhile, and comes back without sound."""
    await sound_on(aya_in)
    assert (await aya_in.ask("alone"))["error"] == "young-person-only"
    await sofie_in.ask("alone")
    state = await aya_in.phase("waits")
    assert state["title"] == "Sofie og Mette taler alene nu"
    assert (state["people"], state["roster"]) == ([], [])
    assert ways(rooms, opened.meeting) == {("Sofie", "Mette"), ("Mette", "Sofie")}
    await mette_in.until(lambda m: m["type"] == "news" and m["text"] == "Aya venter udenfor nu.")
    assert "Aya" not in str(mette_in.state["roster"])
    assert (await aya_in.ask("chat", text="Hej"))["error"] == "no-chat-here"
    assert (await aya_in.ask("together", seat=opened.ayas_seat))["type"] == "refused"
    clock.move(seconds=1)
    await sofie_in.ask("chat", text="Det her er kun til dig, Mette")
    clock.move(seconds=1)
    await sofie_in.sees(lambda state: state["aside"]["deeds"])
    assert deeds(sofie_in) == ["Kald Aya ind igen"]
    await sofie_in.ask("to_meeting")
    state = await aya_in.phase("call")
    assert not state["you"]["microphone"]
    await mette_in.until(lambda message: message["type"] == "chat")
    await aya_in.caught_up()
    assert aya_in.told("chat") == []


async def test_who_was_wanted_at_the_start_is_moved_out_and_the_young_person_says_so(
    mette_in, join, let_in, clock, rooms, opened
):
    """U5, S30: after three minutes the server moves Aya out, in the words of any talk alone, and
    Sofie is asked whether it is only the two of them; she may let Aya stay after all."""
    sofie = await join(Role.YOUNG_PERSON, company="at_start")
    await let_in(mette_in, sofie)
    aya = await join(Role.BISIDDER)
    await let_in(mette_in, aya)
    await sofie.caught_up()
    assert sofie.state["aside"]["ask"] is None
    clock.move(minutes=3)
    await rooms.changed(opened.meeting)
    state = await aya.phase("waits")
    assert "start" not in str(state)
    assert ways(rooms, opened.meeting) == {("Sofie", "Mette"), ("Mette", "Sofie")}
    await sofie.sees(lambda state: state["aside"]["ask"])
    assert sofie.state["aside"]["ask"]["title"] == "Er det kun dig og Mette nu?"
    assert (await aya.ask("just_us", yes=False))["error"] == "young-person-only"
    await mette_in.sees(lambda state: besides_opening(state) == ["at-start"])
    await sofie.ask("just_us", yes=True)
    await sofie.sees(lambda state: state["aside"]["ask"] is None)
    await mette_in.sees(lambda state: besides_opening(state) == [])
    assert (await aya.ask("to_meeting"))["error"] == "young-person-only"
    await aya.caught_up()
    assert aya.state["phase"] == "waits"


async def test_who_was_to_go_after_the_start_may_stay(mette_in, join, let_in, clock, rooms, opened):
    """U5, P8: said by the young person on the admitted device; Aya turns her own sound on again."""
    sofie = await join(Role.YOUNG_PERSON, company="at_start")
    await let_in(mette_in, sofie)
    aya = await join(Role.BISIDDER)
    await let_in(mette_in, aya)
    await sound_on(aya)
    clock.move(minutes=3)
    await rooms.changed(opened.meeting)
    await aya.phase("waits")
    await sofie.ask("just_us", yes=False)
    state = await aya.phase("call")
    assert not state["you"]["microphone"]


async def test_somebody_under_15_is_not_let_in_by_another_device(mette_in, sofie_in, join):
    """B4, § 6: a bisidder is 15 or older; "ven på sidelinjen" waits and is in no call."""
    first = await join(Role.BISIDDER, secrecy="under_15")
    assert (await first.ask("knock"))["error"] == "gate-not-ready"
    second = await join(Role.BISIDDER)
    await second.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    (knock,) = mette_in.state["knocks"]
    assert not knock["may_admit"]
    assert "ven på sidelinjen" in knock["why_not"]
    await mette_in.send("open_door", visit=knock["visit"])
    await second.phase("door")
    await mette_in.send("admit", visit=knock["visit"])
    refusal = await mette_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "under-age"
    await second.caught_up()
    assert second.state["phase"] == "door"
