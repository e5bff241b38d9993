"""What happens around the talk, told on the line: to whom it is told, and what goes to whom."""

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.store.during_tables import MarkRow
from server.store.protection_tables import Promise
from server.store.tables import Reply, Trail
from tests.ws.test_the_room import device, law, without_version


def alert(talker, name):
    return next((a for a in talker.state["alerts"] if a["id"] == name), None)


async def sees_alert(talker, name):
    await talker.sees(lambda state: any(a["id"] == name for a in state["alerts"]))
    return alert(talker, name)


async def open_both(mette_in, sofie_in):
    for talker in (mette_in, sofie_in):
        await talker.send("microphone", on=True)
        await talker.send("camera", on=True)
        await talker.sees(lambda state: state["you"]["microphone"] and state["you"]["camera"])


# D1, yes and no


async def test_skift_emne_gives_the_host_one_line_and_one_press_to_another_way(
    mette_in, sofie_in, database, rooms
):
    """D1, S34, P3: her card says nothing; a yes to another time is her own wish, kept as such."""
    await sofie_in.send("change_subject", on=True)
    turned = await sees_alert(mette_in, "change-subject")
    assert turned["title"] == "Skift emne. Kun ja/nej."
    assert turned["say"].startswith("Sig for eksempel: ”Nå, vi når ikke mere")
    deed = turned["presses"][0]["deed"]
    assert deed == {"type": "ask", "line": "another_time"}
    await mette_in.ask(**{"kind": deed["type"], "line": deed["line"]})
    await sofie_in.sees(lambda state: state["ask"] is not None)
    asked = sofie_in.state["ask"]
    assert asked["text"] == "Skal vi tage resten en anden gang?"
    assert sofie_in.told("news") == []
    await sofie_in.ask("answer", ask=asked["id"], yes=True)
    answered = await sees_alert(mette_in, "answered")
    assert answered["title"] == "Sofie svarede: Ja"
    await sofie_in.sees(lambda state: state["ask"] is None)
    async with database.read() as db:
        wished = (await db.scalars(select(Reply).where(Reply.question == "another_way"))).all()
    assert [(r.answer, r.session_id) for r in wished] == [("time", int(device(rooms, sofie_in)))]


async def test_a_no_changes_nothing_and_a_question_that_has_gone_is_not_answered(
    mette_in, sofie_in, database
):
    """P3, S34: stale, twice, and by nobody else."""
    await mette_in.ask("ask", line="phone")
    await sofie_in.sees(lambda state: state["ask"] is not None)
    first = sofie_in.state["ask"]["id"]
    await mette_in.ask("ask", line="break")
    await sofie_in.sees(lambda state: state["ask"] is not None and state["ask"]["id"] != first)
    assert (await sofie_in.ask("answer", ask=first, yes=True))["error"] == "question-gone"
    second = sofie_in.state["ask"]["id"]
    assert (await sofie_in.ask("answer", ask=second, yes=False))["type"] == "done"
    assert (await sofie_in.ask("answer", ask=second, yes=True))["error"] == "question-gone"
    assert (await sees_alert(mette_in, "answered"))["title"] == "Sofie svarede: Nej"
    async with database.read() as db:
        assert (await db.scalars(select(Reply).where(Reply.question == "another_way"))).all() == []


async def test_each_alert_keeps_its_line_and_the_most_pressing_comes_first(mette_in, sofie_in):
    """S25, S37: whichever the page opens (tests/web/notices.test.mjs), its line can be said."""
    await sofie_in.ask("card", card="hard")
    await sees_alert(mette_in, "card")
    await sofie_in.send("change_subject", on=True)
    await sees_alert(mette_in, "change-subject")
    said = [a["id"] for a in mette_in.state["alerts"] if a["say"]]
    assert said[:2] == ["change-subject", "card"]


# D3


async def test_called_away_nothing_goes_either_way_and_the_way_back_is_honest(
    mette_in, sofie_in, rooms, opened
):
    """D3, S28, S35, P1: no sound and no picture in either direction, whoever's browser sends
    what; she reads that Mette is away, and afterwards whether anybody heard."""
    await open_both(mette_in, sofie_in)
    sofie, mette = device(rooms, sofie_in), device(rooms, mette_in)
    await sofie_in.sees(lambda state: sofie_in.people["Mette"]["microphone"])
    assert law(rooms, opened.meeting)[sofie, mette] == (True, True)
    await mette_in.ask("step_away")
    await sofie_in.sees(lambda state: sofie_in.people["Mette"]["slot"] is None)
    assert law(rooms, opened.meeting) == {}
    assert sofie_in.people["Mette"]["state_label"] == "er lige væk, og lyden er slukket"
    assert (sofie_in.state["phase"], mette_in.state["phase"]) == ("call", "room")
    away = await sees_alert(mette_in, "away")
    assert [p["deed"]["type"] for p in away["presses"]] == [
        "come_back",
        "come_back",
        "promise_call",
    ]
    assert mette_in.people["Sofie"]["slot"] is None
    await mette_in.ask("step_away")
    await mette_in.ask("come_back", heard="somebody")
    news = await sofie_in.until(lambda m: m["type"] == "news" and "tilbage" in m["text"])
    assert "nogen kan have hørt lidt" in news["text"]
    assert not news["sound"]
    assert law(rooms, opened.meeting)[sofie, mette] == (True, True)
    assert "nogen kan have hørt" in (await sees_alert(mette_in, "back"))["say"]
    await mette_in.ask("step_away")
    await mette_in.ask("come_back", heard="nobody")
    news = await sofie_in.until(lambda m: m["type"] == "news" and "Ingen hørte" in m["text"])
    assert (await sees_alert(mette_in, "back"))["say"].startswith(
        "Sig for eksempel: ”Undskyld. Der kom en ind. Ingen hørte dig. Hvor var vi?”"
    )


async def test_the_others_go_on_while_the_host_is_called_away(mette_in, aya_in, sofie_in, rooms,
                                                              opened):  # fmt: skip
    """D3: as while the host is at the door; away outlives the host's line."""
    await mette_in.ask("step_away")
    await sofie_in.sees(lambda _: sofie_in.people["Mette"]["state_label"].startswith("er lige"))
    pairs = {frozenset(pair) for pair in law(rooms, opened.meeting)}
    assert pairs == {frozenset({device(rooms, sofie_in), device(rooms, aya_in)})}
    assert (await aya_in.ask("come_back", heard="nobody"))["error"] == "host-only"


async def test_looking_away_is_said_on_the_hosts_tile(mette_in, sofie_in):
    """S28: one tap, and the young person reads it."""
    await mette_in.send("look_away", on=True)
    await sofie_in.sees(lambda state: sofie_in.people["Mette"]["looking_away"])
    assert sofie_in.people["Mette"]["writing_label"] == "kigger lige væk"


# D6, D7, D8


async def test_the_written_word_waits_while_the_host_wants_to_hear_a_voice(mette_in, sofie_in):
    """D6, S34, P10: nobody is accused; what was typed is refused with words, not lost."""
    await sofie_in.ask("chat", text="Jeg vil ikke mere")
    written = await mette_in.until(lambda m: m["type"] == "chat")
    assert written["young"]
    assert (await sofie_in.ask("doubt", on=True, message=None))["error"] == "host-only"
    await mette_in.ask("doubt", on=True, message=written["id"])
    await sofie_in.sees(lambda state: state["chat_pause"] != "")
    refused = await sofie_in.ask("chat", text="Hallo")
    assert (refused["error"], refused["text"]) == ("chat-waits", sofie_in.state["chat_pause"])
    doubt = await sees_alert(mette_in, "doubt")
    assert "høre din stemme" in doubt["say"]
    assert (await mette_in.ask("chat", text="Jeg ringer"))["type"] == "done"
    await mette_in.ask("doubt", on=False, message=None)
    await sofie_in.sees(lambda state: state["chat_pause"] == "")
    assert (await sofie_in.ask("chat", text="Hallo"))["type"] == "done"


async def test_a_camera_turned_off_reminds_the_host_that_it_is_a_free_choice(
    mette_in, sofie_in, clock, rooms, opened
):
    """D7, P8: nothing is asked, and the reminder goes by itself."""
    await sofie_in.send("camera", on=True)
    await sofie_in.sees(lambda state: state["you"]["camera"])
    assert alert(mette_in, "camera-off") is None
    await sofie_in.send("camera", on=False)
    found = await sees_alert(mette_in, "camera-off")
    assert found["title"] == "Kamera fra er et frit valg. Fortsæt."
    clock.move(minutes=2)
    await rooms.changed(opened.meeting)
    await mette_in.sees(lambda state: not any(a["id"] == "camera-off" for a in state["alerts"]))


@pytest.mark.parametrize("card", ["hard", "write", "done"])
async def test_a_card_goes_to_the_host_and_changes_nothing_on_her_screen(mette_in, sofie_in, card):
    """D8, S34, S37: nothing she presses shows in her own picture, at any end."""
    before = without_version(sofie_in.state)
    await sofie_in.ask("card", card=card)
    shown = await sees_alert(mette_in, "card")
    assert shown["say"]
    await sofie_in.caught_up()
    assert without_version(sofie_in.state) == before
    assert mette_in.people["Sofie"]["state_label"] == ""
    await mette_in.ask("take_away", what="card")
    await mette_in.sees(lambda state: not any(a["id"] == "card" for a in state["alerts"]))
    assert (await mette_in.ask("card", card=card))["error"] == "young-person-only"


# D9


async def test_when_she_is_upset_there_is_a_calm_card_and_she_picks_who_comes(
    mette_in, aya_in, sofie_in, database, opened
):
    """D9, S44, P2: the card from either end; whom she asks for is told to the host alone, and
    the call back is booked as a promise with its hour."""
    await mette_in.ask("calm", on=True)
    await sofie_in.sees(lambda state: state["calm"] is not None)
    assert sofie_in.state["calm"]["title"] == "Vi har god tid"
    assert aya_in.state["calm"] is None
    assert [a["label"] for a in sofie_in.state["adults"]] == [
        "Aya", "Lene og Karl", "Mette skal ringe til mig"
    ]  # fmt: skip
    assert (await sofie_in.ask("fetch_adult", who="999"))["error"] == "nobody-known"
    await sofie_in.ask("fetch_adult", who=str(opened.ayas_seat))
    assert (await sees_alert(mette_in, "adult"))["title"] == "Sofie vil gerne have Aya hos sig"
    await mette_in.ask("promise_call", minutes=60)
    await mette_in.ask("promise_call", minutes=120)
    assert (await mette_in.ask("promise_call", minutes=7))["error"] == "not-a-promise"
    await sofie_in.sees(lambda state: state["calm"]["calls_back"] != "")
    async with database.read() as db:
        (promised,) = (await db.scalars(select(Promise))).all()
    assert (promised.kind, promised.meeting_id) == ("call_back", opened.meeting)
    await sofie_in.ask("calm", on=False)
    await mette_in.sees(lambda state: not any(a["id"] == "calm" for a in state["alerts"]))
    await sofie_in.ask("calm", on=True)
    await sees_alert(mette_in, "calm")
    assert (await aya_in.ask("calm", on=True))["error"] == "young-person-only"


async def test_a_note_marked_as_to_be_locked_changes_not_a_byte_at_her_end(
    mette_in, aya_in, sofie_in, database, rooms, opened
):
    """D10, P4: nothing is sent on her line, or on anybody else's but the host's, and the next
    thing that is reads as if nothing had been."""
    for talker in (sofie_in, aya_in):
        await talker.caught_up()
    before = [without_version(sofie_in.state), without_version(aya_in.state)]
    heard = [len(sofie_in.heard), len(aya_in.heard)]
    assert (await mette_in.ask("lock_note", on=True))["type"] == "done"
    await mette_in.sees(lambda state: state["help"]["locked"])
    for talker, count in zip((sofie_in, aya_in), heard, strict=True):
        await talker.caught_up()
        news = [m["type"] for m in talker.heard[count:]]
        assert news == ["refused"]  # the answer to its own question
    await rooms.changed(opened.meeting)
    assert [without_version(sofie_in.state), without_version(aya_in.state)] == before
    assert (await sofie_in.ask("lock_note", on=False))["error"] == "host-only"
    async with database.read() as db:
        deeds = [row.deed for row in (await db.scalars(select(Trail))).all()]
    assert "mark-note-locked" in deeds


# D13


async def test_the_end_for_all_but_her_is_in_neutral_words_and_an_incident(
    mette_in, aya_in, sofie_in, database, rooms, opened
):
    """D13, P2, C4: whoever else was in reads what everybody reads at an end and cannot knock
    again; she goes on talking with Mette, and sees that the others are gone."""
    assert (await sofie_in.ask("end_for_others"))["error"] == "host-only"
    await mette_in.ask("end_for_others")
    ended = await aya_in.phase("ended")
    assert (ended["title"], ended["text"]) == ("Mødet er slut", "Tak for i dag.")
    await sofie_in.sees(lambda state: "Aya" not in sofie_in.people)
    assert sofie_in.state["phase"] == "call"
    pairs = {frozenset(pair) for pair in law(rooms, opened.meeting)}
    assert pairs == {frozenset({device(rooms, sofie_in), device(rooms, mette_in)})}
    assert (await aya_in.ask("knock"))["error"] == "not-open"
    assert (await sees_alert(mette_in, "two-left"))["title"] == "Nu er det kun Sofie og dig"
    await mette_in.ask("end_for_others")
    async with database.read() as db:
        deeds = [row.deed for row in (await db.scalars(select(Trail))).all()]
        kinds = [row.kind for row in (await db.scalars(select(MarkRow))).all()]
    assert deeds.count("end-for-others") == kinds.count("others_out") == 1


async def test_how_it_is_written_down_stands_there_until_it_was_said(mette_in, join, let_in):
    """S33: as a script for the host, and as text for her."""
    assert alert(mette_in, "opening") is None
    sofie_in = await join(Role.YOUNG_PERSON)
    await let_in(mette_in, sofie_in)
    assert "Jeg er alene her." in (await sees_alert(mette_in, "opening"))["say"]
    await mette_in.ask("company", text="Ida")
    await mette_in.sees(lambda _: "Ida sidder her" in alert(mette_in, "opening")["say"])
    said = alert(mette_in, "opening")["say"]
    assert "Dine forældre kan nogle gange bede om at se det." in said
    assert sofie_in.state["opening"] == "Mette skriver det vigtige ned. Du kan læse det bagefter."
    await mette_in.ask("said")
    await sofie_in.sees(lambda state: state["opening"] == "")
    await mette_in.sees(lambda state: not any(a["id"] == "opening" for a in state["alerts"]))


async def test_the_hosts_deeds_are_the_hosts_from_inside_the_room(mette_in, sofie_in, join):
    """P1, P8: not from another browser, not after having left."""
    knocks = await join(Role.YOUNG_PERSON)
    for kind, fields in (
        ("step_away", {}), ("come_back", {"heard": "nobody"}), ("ask", {"line": "yes_no"}),
        ("promise_call", {"minutes": 60}), ("said", {}), ("take_away", {"what": "card"}),
    ):  # fmt: skip
        assert (await knocks.ask(kind, **fields))["error"] == "host-only"
    assert (await knocks.ask("card", card="hard"))["error"] == "not-here"
    await mette_in.ask("leave")
    assert (await mette_in.ask("step_away"))["error"] == "not-admitted"
