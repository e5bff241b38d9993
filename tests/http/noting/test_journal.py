"""The note's page sends the note to the case system and shows the receipt; what arrives is read."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from server import keys
from server.http.exporting import export_due
from server.store.note_tables import Chat
from tests import example_notes, exports, notes, pdf, schema

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "export.schema.json").read_text("utf-8"))
JOURNAL = '<section class="ruled" id="journal">'


@pytest.fixture
def settings(settings, tmp_path):
    return exports.sending(settings, tmp_path / "case-system")


@pytest.fixture
def folder(settings):
    return settings.export_dir


@pytest.fixture
async def address(after_the_meeting, database, clock):
    """Mette's note of one of the domain pack's examples, with words from the chat."""
    cast = after_the_meeting
    async with database.begin() as db:
        note = await notes.begin(db, cast, clock.now(), database)
        line = {"seat_id": cast.sofies_seat, "ref": "x", "at": clock.now()}
        db.add(Chat(meeting_id=cast.meeting, text="Jeg vil selv sige det.", **line))
    await note.write("Du viste mig din nye kanin. Den hedder Plet.", clock.now())
    return f"/meetings/{cast.meeting}/note"


async def journal(browser, address: str) -> str:
    page = await (await browser.get(address)).text()
    return page.partition(JOURNAL)[2].partition("</section>")[0]


async def test_one_press_sends_it_and_the_receipt_stands_on_the_page(
    address, mette, app, folder, clock
):
    """Issue 5: "Sendt til journalen", with who, when and the digests."""
    assert "Noten er ikke sendt til journalen endnu." in await journal(mette, address)
    response = await mette.post(f"{address}/journal", allow_redirects=False)
    assert response.headers["Location"] == f"{address}#journal"
    await mette.post(f"{address}/journal")
    told = await journal(mette, address)
    assert "Noten er på vej til journalen." in told
    assert "<form" not in told  # nothing more to press
    assert await export_due(app) == 1
    told = await journal(mette, address)
    (name,) = exports.arrived(folder)
    assert "Sendt til journalen onsdag den 25. november kl. 15.00. Udgave 1." in told
    assert name in told
    assert "Mette Lund" in told
    assert len(re.findall(r"[0-9a-f]{64}", told)) == 2
    assert "<form" not in told


async def test_a_note_that_has_changed_says_so_and_the_new_version_replaces(
    address, mette, app, folder, clock
):
    await mette.post(f"{address}/journal")
    await export_due(app)
    clock.move(minutes=5)
    words = {"section": "talked_about", "text": "Kaninen er hvid."}
    await mette.post(address.replace("/note", "/items"), data=words)
    told = await journal(mette, address)
    assert "Siden noten blev sendt, er den ændret" in told
    assert "Send den nye udgave til journalen" in told
    await mette.post(f"{address}/journal")
    await export_due(app)
    told = await journal(mette, address)
    assert "Udgave 2." in told
    assert "Udgave 1 blev sendt onsdag den 25. november kl. 15.00. Den er erstattet." in told
    first, second = exports.arrived(folder)
    assert exports.read(folder, second)["replaces"] == first


async def test_a_note_that_does_not_arrive_stands_on_the_day(
    address, mette, jens, app, folder, clock
):
    """P10: the sender is told, also who does not open the note again."""
    folder.rename(folder.parent / "away")
    await mette.post(f"{address}/journal")
    await export_due(app)
    late = "Noten til Sofie er ikke nået frem til journalen"
    assert late not in await (await mette.get("/")).text()
    clock.move(minutes=11)
    assert late in await (await mette.get("/")).text()
    assert late not in await (await jens.get("/")).text()
    (folder.parent / "away").rename(folder)
    await export_due(app)
    assert late not in await (await mette.get("/")).text()


async def test_the_file_has_it_the_same_day(address, mette, app, folder):
    """Domain 5.1: what is ready for her to read goes to the file without another press."""
    await mette.post(f"{address}/ready", data={"supports": "Lene"})
    await mette.post(f"{address}/ready", data={"supports": "Lene"})
    assert await export_due(app) == 1
    assert len(exports.arrived(folder)) == 1


async def test_a_house_without_a_case_system_says_so_and_sends_nothing(
    address, mette, app, settings, folder
):
    """D16: off by default; and what went before it was switched off keeps its receipt."""
    await mette.post(f"{address}/journal")
    await export_due(app)
    app._state[keys.SETTINGS] = replace(settings, export_dir=None)
    told = await journal(mette, address)
    assert "Noten går ikke af sig selv til journalen herfra." in told
    assert "Sendt til journalen" in told
    assert "<form" not in told
    assert (await mette.post(f"{address}/journal")).status == 404
    assert (await mette.post(f"{address}/ready", data={"supports": "Lene"})).status == 200


async def test_nobody_else_sends_it_and_nobody_else_reads_that_it_went(
    address, mette, jens, sofie, holms, stranger, app, folder
):
    """L11, P4: another caseworker's looks like none."""
    await mette.post(f"{address}/journal")
    await export_due(app)
    for who in (jens, sofie, holms, stranger):
        response = await who.post(f"{address}/journal", allow_redirects=False)
        assert response.status in (303, 404)
        assert response.headers.get("Location", "/signing-in") == "/signing-in"
        assert "SHA-256" not in await (await who.get(address)).text()
    assert len(exports.arrived(folder)) == 1


async def test_what_arrives_is_read_back_by_its_schema(address, mette, app, folder, sofie):
    """Issue 5: the JSON file is what docs/export.schema.json says, with every word of the note."""
    meeting = address.removesuffix("/note")
    for line in example_notes.EXAMPLES["Amira"]:
        data = {"section": line.section, "text": line.text}
        data |= {"said_by": "Sofie"} if line.section == "own_words" else {}
        data |= {"owner": "Mette", "due": "2026-12-01"} if line.section == "agreed" else {}
        assert (await mette.post(f"{meeting}/items", data=data)).status == 200
    await mette.post(f"{address}/chat", data={"chat": "1"})
    await mette.post(f"{meeting}/items/1/tag", data={"tag": "request"})
    await mette.post(
        f"{meeting}/items/1/must-pass-on", data={"reason": "Det er medicin", "entry": "1"}
    )
    await mette.post(f"{address}/journal")
    await export_due(app)
    (name,) = exports.arrived(folder)
    told = exports.read(folder, name)
    assert schema.faults(told, SCHEMA, SCHEMA) == []
    texts = [line["text"] for line in told["lines"]]
    assert [line.text for line in example_notes.EXAMPLES["Amira"] if line.text not in texts] == []
    assert (told["municipality"], told["kle"]) == (
        "Nordby Kommune",
        {"subject": "27.36.04", "facet": "G01"},
    )
    assert told["lines"][0]["must_pass_on"]["reason"] == "Det er medicin"
    assert told["requests"][0]["line"] == told["lines"][0]["line"]
    assert told["chat"][0]["quoted_in_line"] == told["lines"][-1]["line"]


def test_the_reader_of_schemas_sees_what_is_wrong() -> None:
    """Or the test above would say nothing."""
    wrong = {"schema": "other", "version": True, "kle": {"subject": "27"}, "more": 1}
    found = schema.faults(wrong, SCHEMA, SCHEMA)
    assert any("more: not listed" in fault for fault in found)
    assert any("lines: missing" in fault for fault in found)
    assert any(".schema: is not" in fault for fault in found)
    assert any(".version: no integer" in fault for fault in found)
    assert any(".kle.subject: not" in fault for fault in found)


async def test_the_pdf_is_tagged_and_names_nobody_outside(address, mette, app, folder):
    """Issue 5, S53, P6: a screen reader can read it; no name stands in a file's name."""
    await mette.post(f"{address}/journal")
    await export_due(app)
    (name,) = exports.arrived(folder)
    assert re.fullmatch(r"enerum-[0-9a-f]{12}-v1", name)
    assert sorted(path.name for path in (folder / name).iterdir()) == ["note.json", "note.pdf"]
    made = folder / name / "note.pdf"
    assert made.read_bytes().startswith(b"%PDF-1.7")
    assert pdf.is_tagged(made)
    assert pdf.is_for_everybody(made)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("שלום عالم ሰላም 🐇 \u200dx", id="letters from far away"),
        pytest.param('#panic("x") = * _ $ \\ ` <a> @b "c" [d] // /* ', id="typst's own marks"),
        pytest.param("Første linje\nAnden linje\n\nTredje", id="several lines"),
        pytest.param("x" * 1000, id="one long word"),
    ],
)
async def test_whatever_somebody_wrote_it_goes_as_it_was_written(
    words, address, mette, app, folder
):
    """V1.2: nothing is read as markup, and no letter stops a note on its way to the file."""
    meeting = address.removesuffix("/note")
    await mette.post(f"{meeting}/items", data={"section": "talked_about", "text": words})
    await mette.post(f"{address}/journal")
    assert await export_due(app) == 1
    (name,) = exports.arrived(folder)
    assert exports.read(folder, name)["lines"][-1]["text"] == words.strip()


async def test_a_meeting_to_which_nobody_came_has_its_entry_too(
    after_the_meeting, mette, app, folder
):
    """S22: documented on an equal footing."""
    address = f"/meetings/{after_the_meeting.meeting}/note"
    assert (await mette.post(f"{address}/journal")).status == 200
    await export_due(app)
    (name,) = exports.arrived(folder)
    assert exports.read(folder, name)["meeting"]["held"] == "nobody_came"
