"""How an end shows up: sound alone, a drawn picture, the host's screen, a weak line, a phone
that sleeps, who speaks, and the agreed length."""

import pytest

from server.domain.roles import Role
from server.media.events import Speaks, WayIs
from tests.ws.test_the_room import device


def edges(rooms, meeting):
    return {(w.source, w.target): (w.video, w.screen) for w in rooms.rooms[meeting].ways}


async def seen(talker, name, fits):
    await talker.sees(lambda state: name in talker.people and fits(talker.people[name]))
    return talker.people[name]


async def test_sound_alone_stops_every_picture_to_that_person_and_no_other(
    mette_in, aya_in, sofie_in, rooms, opened
):
    """P8, C29: one message about one's own end; what the others send goes on to everybody else."""
    await mette_in.send("camera", on=True)
    await seen(sofie_in, "Mette", lambda person: person["camera"])
    assert (await sofie_in.ask("only_sound", on=True))["type"] == "done"
    mette = await seen(sofie_in, "Mette", lambda person: not person["camera"])
    assert mette["without_picture_label"] == "kun lyd lige nu"
    law = edges(rooms, opened.meeting)
    host, sofie, aya = (device(rooms, one) for one in (mette_in, sofie_in, aya_in))
    assert law[host, sofie] == (False, False)
    assert law[host, aya] == (True, False)
    await sofie_in.ask("only_sound", on=False)
    await seen(sofie_in, "Mette", lambda person: person["camera"])


async def test_the_host_shows_a_window_beside_their_face(mette_in, sofie_in, rooms, opened):
    """L22: it has a slot of its own, and is announced; P8: it stops with one message."""
    await mette_in.ask("screen", on=True)
    mette = await seen(sofie_in, "Mette", lambda person: person["screen_slot"] is not None)
    assert mette["screen_slot"] != mette["slot"]
    assert mette["screen_label"] == "Mette viser noget"
    await mette_in.sees(lambda state: state["you"]["screen"])
    await sofie_in.caught_up()
    assert "Mette viser dig noget på sin skærm." in [n["text"] for n in sofie_in.told("news")]
    await mette_in.ask("screen", on=False)
    await seen(sofie_in, "Mette", lambda person: person["screen_slot"] is None)
    assert not any(screen for _, screen in edges(rooms, opened.meeting).values())


async def test_nobody_but_the_host_shows_a_screen(mette_in, sofie_in, rooms, opened):
    """L22: refused on the line, and not forwarded where a browser sends one all the same."""
    assert (await sofie_in.ask("screen", on=True))["error"] == "host-only"
    assert (await sofie_in.ask("screen", on=False))["type"] == "done"
    for line in rooms.rooms[opened.meeting].lines:
        line.showing.screen = not line.is_host
    await rooms.changed(opened.meeting)
    assert not any(screen for _, screen in edges(rooms, opened.meeting).values())


async def test_a_host_before_their_room_shows_nothing(join):
    mette = await join(Role.CASEWORKER)
    assert (await mette.ask("screen", on=True))["error"] == "not-here"


async def test_a_drawn_picture_is_seen_instead_of_the_lamp(mette_in, sofie_in):
    await sofie_in.ask("picture", name="cat")
    await seen(mette_in, "Sofie", lambda person: person["picture"] == "cat")
    await sofie_in.sees(lambda state: state["you"]["picture"] == "cat")


async def test_only_pictures_of_ours_have_a_name(sofie_in):
    await sofie_in.send("picture", ref="1", name="../photo")
    assert await sofie_in.close_code() == 4400


async def test_only_the_host_sees_whose_line_is_weak(mette_in, aya_in, sofie_in):
    """P9: what happens at the young person's end is the host's to know, and blames nobody."""
    await sofie_in.ask("line_is", level="weak")
    sofie = await seen(mette_in, "Sofie", lambda person: person["line_label"] != "")
    assert sofie["line_label"] == "har svag forbindelse"
    await sofie_in.ask("picture", name="cat")
    sofie = await seen(aya_in, "Sofie", lambda person: person["picture"] == "cat")
    assert sofie["line_label"] == ""
    await sofie_in.ask("line_is", level="fine")
    await seen(mette_in, "Sofie", lambda person: person["line_label"] == "")


async def test_the_host_sees_that_a_phone_has_gone_to_sleep(mette_in, sofie_in, connect):
    await sofie_in.ask("asleep", on=True)
    sofie = await seen(mette_in, "Sofie", lambda person: person["line_label"] != "")
    assert sofie["line_label"] == "telefonen er gået i dvale"
    await connect(sofie_in.browser, Role.YOUNG_PERSON)
    await seen(mette_in, "Sofie", lambda person: person["line_label"] == "")


async def test_who_comes_back_within_a_breath_shows_up_as_before(mette_in, sofie_in, connect):
    """P8: as it was or less; a new line opens nothing."""
    await sofie_in.ask("only_sound", on=True)
    await sofie_in.ask("picture", name="moon")
    back = await connect(sofie_in.browser, Role.YOUNG_PERSON)
    assert (back.state["you"]["only_sound"], back.state["you"]["picture"]) == (True, "moon")
    assert not back.state["you"]["screen"]


async def test_who_speaks_is_told_to_those_who_hear_them(mette_in, aya_in, sofie_in, rooms, opened):
    """P1: and to nobody else; at the door that is the host alone."""
    await mette_in.send("microphone", on=True)
    await seen(sofie_in, "Mette", lambda person: person["microphone"])
    room = rooms.rooms[opened.meeting]
    rooms.on_media(Speaks(room.name, device(rooms, mette_in), "pc"))
    said = await sofie_in.until(lambda message: message["type"] == "speaks")
    assert said["seat"] == mette_in.state["you"]["seat"]
    await mette_in.caught_up()
    assert mette_in.told("speaks") == []


@pytest.mark.parametrize("level", ["weak", "poor", "fine"])
async def test_how_a_way_down_is_is_told_to_whose_it_is(mette_in, sofie_in, rooms, opened, level):
    room = rooms.rooms[opened.meeting]
    rooms.on_media(WayIs(room.name, device(rooms, sofie_in), "phone", level))
    told = await sofie_in.until(lambda message: message["type"] == "way")
    assert told["level"] == level
    await mette_in.caught_up()
    assert mette_in.told("way") == []


async def test_a_worker_that_says_odd_things_of_a_way_is_not_passed_on(
    mette_in, sofie_in, rooms, opened
):
    room = rooms.rooms[opened.meeting]
    rooms.on_media(WayIs(room.name, device(rooms, sofie_in), "phone", "<b>"))
    await sofie_in.caught_up()
    assert sofie_in.told("way") == []


async def test_the_agreed_length_is_the_hosts_and_rounds_off_gently(
    mette_in, sofie_in, rooms, opened, clock
):
    """Design 7: nothing counts down at a young person: until when it was agreed stays the same
    words, and once they are told that it comes to its end, without a sound."""
    agreed = sofie_in.state["clock"]
    assert agreed["text"].startswith("I har aftalt at snakke til cirka kl. ")
    assert agreed["left"] == ""
    assert mette_in.state["clock"]["left"] == "30 minutter tilbage"
    clock.move(minutes=50)  # 25 until the start, and 25 of the 30
    await rooms._touch()
    await rooms.changed(opened.meeting)
    news = await sofie_in.until(lambda message: message["type"] == "news")
    assert news["text"].startswith("I skal snart runde af.")
    assert news["sound"] is False
    state = await mette_in.sees(lambda state: state["clock"]["left"] == "5 minutter tilbage")
    assert [alert["id"] for alert in state["alerts"]] == ["ending"]
    assert sofie_in.state["clock"] == agreed
    clock.move(minutes=5)
    await rooms.changed(opened.meeting)
    state = await mette_in.sees(lambda state: state["clock"]["left"] == "")
    assert state["clock"]["text"].endswith("Den tid er gået.")
    assert state["alerts"] == []
    await sofie_in.caught_up()
    assert sofie_in.state["clock"] is None  # nor does anything say that it has gone by
    assert len(sofie_in.told("news")) == 1
