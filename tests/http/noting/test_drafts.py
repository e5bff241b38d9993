"""POST /drafts: unsent words, in two windows at once, and what the helper says of them."""

import pytest

JSON = {"Accept": "application/json"}


@pytest.fixture
def note(after_the_meeting):
    return f"/meetings/{after_the_meeting.meeting}"


async def test_two_windows_cannot_overwrite_each_other(note, mette, cast):
    """P10: the second one is told what the first one wrote, and neither text is lost."""
    place = f"meeting:{cast.meeting}:noticed"

    async def keep(text, revision):
        sent = {"place": place, "text": text, "revision": str(revision)}
        response = await mette.post("/drafts", data=sent, headers=JSON)
        return response.status, await response.json()

    assert await keep("Fra den første", 0) == (200, {"revision": 1, "hints": []})
    status, told = await keep("Fra den anden", 0)
    assert (status, told["error"]) == (409, "written-elsewhere")
    assert (told["other"], told["revision"]) == ("Fra den første", 1)
    assert "Fra den første</textarea>" in await (await mette.get(f"{note}/note")).text()
    assert (await keep("Fra dem begge", 1))[0] == 200
    assert (await keep("Fra dem begge", 0))[0] == 200  # a lost answer, sent again


async def test_a_window_that_missed_the_sending_is_told(note, mette, cast):
    """P10: the words were sent elsewhere; this window's own are not mistaken for them."""
    place = f"meeting:{cast.meeting}:noticed"
    first = {"place": place, "text": "Jeg så dig grine.", "revision": "0"}
    await mette.post("/drafts", data=first, headers=JSON)
    sent = {"section": "noticed", "text": "Jeg så dig grine."}
    assert (await mette.post(f"{note}/items", data=sent, headers=JSON)).status == 200
    again = {"place": place, "text": "Noget helt andet", "revision": "1"}
    told = await mette.post("/drafts", data=again, headers=JSON)
    assert (told.status, (await told.json())["other"]) == (409, "")


@pytest.mark.parametrize("revision", ["", "x", "-1"])
async def test_a_draft_names_what_it_has_seen(note, mette, cast, revision):
    sent = {"place": f"meeting:{cast.meeting}:noticed", "text": "x", "revision": revision}
    assert (await mette.post("/drafts", data=sent, headers=JSON)).status == 400


async def test_the_helper_looks_at_what_is_being_typed(note, mette, cast):
    sent = {
        "place": f"meeting:{cast.meeting}:noticed", "text": "Du virkede glad.", "revision": "0",
    }  # fmt: skip
    told = await (await mette.post("/drafts", data=sent, headers=JSON)).json()
    assert any("noget, du så" in hint for hint in told["hints"])


async def test_the_helper_knows_where_an_old_line_stands_and_whose_note_it_is(note, mette, cast):
    """S53: a line being put anew is looked at as one of its own section; a quote is left alone; and
    whoever is spoken about by name is asked about too."""

    async def item(section, text, **more):
        sent = {"section": section, "text": text} | more
        answer = await mette.post(f"{note}/items", data=sent, headers=JSON)
        return (await answer.json())["item"]

    async def hints(place, text):
        sent = {"place": place, "text": text, "revision": "0"}
        answer = await mette.post("/drafts", data=sent, headers=JSON)
        return (await answer.json())["hints"]

    seen = await item("noticed", "Du gabte.")
    asks = await hints(f"item:{seen}:line", "Du virkede glad.")
    assert asks == ["”virkede”, ”glad”: er det noget, du så, eller noget, du tænker?"]
    assert await hints(f"item:{seen}:home", "Sofie virkede glad.") == []  # told to others
    quote = await item("own_words", "Jeg er ked af det.", said_by="Sofie")
    assert await hints(f"item:{quote}:line", "Barnet fremstår trist.") == []
    (about,) = await hints(f"meeting:{cast.meeting}:talked_about", "Sofie gabte.")
    assert "Brug du" in about


async def test_the_measure_is_there_while_one_types_once_there_is_enough(note, mette, cast):
    """S53: LIX of the line, not of three words of it."""
    place = f"meeting:{cast.meeting}:talked_about"
    long = "Du fortalte om skolen. " * 8
    sent = {"place": place, "text": long, "revision": "0"}
    told = await (await mette.post("/drafts", data=sent, headers=JSON)).json()
    assert told["hints"] == ["LIX 29. Kortere sætninger gør det lettere."]


async def test_what_she_said_aloud_is_kept_as_it_is_written_down(note, mette, cast):
    """P10: the words beside a line are a draft like any other, until they are sent."""
    sent = {"section": "talked_about", "text": "Du viste mig Plet."}
    item = (await (await mette.post(f"{note}/items", data=sent, headers=JSON)).json())["item"]
    draft = {"place": f"item:{item}:heard", "text": "Hun var ikke bange.", "revision": "0"}
    assert (await mette.post("/drafts", data=draft, headers=JSON)).status == 200
    page = await (await mette.get(f"{note}/note")).text()
    assert f'data-place="item:{item}:heard" data-revision="1"' in page
    field = page[page.index(f'<textarea class="field__box" id="item-{item}-heard"') :]
    assert field[: field.index("</textarea>")].endswith("Hun var ikke bange.")
    line = page[page.index(f'action="{note}/items/{item}/heard"') :].partition("revision")[2]
    revision = line.partition('name="revision" value="')[2].partition('"')[0]
    sent = {"revision": revision, "words": "Hun var ikke bange.", "stand": "right"}
    await mette.post(f"{note}/items/{item}/heard", data=sent, headers=JSON)
    page = await (await mette.get(f"{note}/note")).text()
    field = page[page.index(f'<textarea class="field__box" id="item-{item}-heard"') :]
    assert field[: field.index("</textarea>")].strip().endswith(">")
