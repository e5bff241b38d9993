"""The register (R5): who may write in it, and what a line does to the meetings."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.store.protection_tables import Restriction
from server.store.tables import Seat, Trail
from tests.conftest import NOON

LAST = (NOON + timedelta(days=20)).date()
PETER = {"kind": "contact_suspended", "whom": "Peter Hansen", "until": LAST.isoformat()}
ADDRESS = {"kind": "protected_address", "whom": "", "until": ""}


@pytest.fixture
def register(cast):
    return f"/young-people/{cast.sofie}/register"


async def test_a_line_shows_its_end_and_is_lifted(mette, register, database):
    """R5: expiry is shown, and soon over it is lit."""
    await mette.post(register, data=PETER)
    await mette.post(register, data=PETER)
    page = await (await mette.get(register)).text()
    assert page.count("Gælder Peter Hansen") == 1
    assert "tag--lit" in page
    assert "Gælder til og med tirsdag den 15. december" in page
    async with database.read() as db:
        (row,) = (await db.scalars(select(Restriction))).all()
    await mette.post(f"{register}/{row.id}/lifted")
    await mette.post(f"{register}/{row.id}/lifted")
    assert "Peter" not in await (await mette.get(register)).text()


async def test_another_last_day_leaves_a_trace(mette, register, database):
    """R5, § 105: who ends a suspension earlier is known, as who began it."""
    for until in (PETER["until"], PETER["until"], (LAST - timedelta(days=5)).isoformat()):
        await mette.post(register, data=PETER | {"until": until})
    async with database.read() as db:
        deeds = [row.deed for row in await db.scalars(select(Trail).order_by(Trail.id))]
    assert [deed for deed in deeds if "restrict" in deed] == ["restrict", "restrict-until"]
    assert "til og med torsdag den 10. december" in await (await mette.get(register)).text()


async def test_what_is_missing_is_said_and_what_was_typed_stays(mette, register):
    answer = await mette.post(register, data=PETER | {"until": "i morgen"})
    page = await answer.text()
    assert answer.status == 400
    assert 'value="Peter Hansen"' in page
    assert "Vælg en dag fra i dag" in page


async def test_nobody_else_reads_or_writes_it(jens, sofie, holms, register):
    """P2, S42: least of all whom it protects against, by way of a home or a guest."""
    assert (await jens.get(register)).status == 404
    assert (await jens.post(register, data=PETER)).status == 404
    assert (await jens.post(f"{register}/1/lifted")).status == 404
    for browser in (sofie, holms):
        away = await browser.get(register, allow_redirects=False)
        assert away.headers["Location"] == "/signing-in"


async def test_whom_a_decision_holds_away_cannot_be_invited(mette, cast, register, database):
    """R5, § 105: blocked by name, in the words of a decision; after its last day no more."""
    await mette.post(register, data=PETER)
    person = {"companion": "Peter", "companion_why": "Er hendes far"}
    answer = await mette.post(f"/meetings/{cast.meeting}/people", data=person)
    assert answer.status == 409
    assert "Det er der truffet en afgørelse om" in await answer.text()
    async with database.read() as db:
        assert [s.name for s in await db.scalars(select(Seat)) if s.name == "Peter"] == []


async def test_somebody_already_invited_is_held_outside_and_sofie_is_to_be_told(
    mette, aya, cast, register, clock, as_kind
):
    """R5, P2, C4: their link says what everybody's says; the caseworker is led to a decision."""
    await mette.post(register, data=PETER | {"whom": "Aya"})
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert f"/decisions/new?seat={cast.ayas_seat}" in page
    before = await (await aya.get("/arriving")).text()
    assert "mindre kreds" not in before
    clock.move(minutes=61)
    late = await as_kind(seat=cast.ayas_seat)
    page = await (await late.get("/arriving")).text()
    assert "mindre kreds" in page
    assert "afgørelse" not in page


async def test_a_protected_address_asks_every_link_for_a_code_and_names_no_place(
    mette, sofie, aya, cast, register
):
    """Design 2, R5: required when the case is marked protected."""
    await mette.post(register, data=ADDRESS)
    for browser in (sofie, aya):
        page = await (await browser.get("/arriving/code")).text()
        assert "Skriv koden" in page
    code_page = await mette.post(f"/meetings/{cast.meeting}/people/{cast.ayas_seat}/code")
    shown = await code_page.text()
    code = shown.split('said-code__digits">')[1].split("<")[0].replace(" ", "")
    await aya.post("/arriving/code", data={"code": code})
    for address in ("/arriving", "/arriving/ready", "/arriving/questions/guest_room"):
        assert "Lene og Karl" not in await (await aya.get(address)).text()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("title", "Mødet på Egevej 14", id="what it is about"),
        pytest.param("why", "Vi ses på Nordre Skole", id="why"),
        pytest.param("companion_why", "Er fra Solhuset", id="why somebody comes"),
        pytest.param("brought_why", "Kommer fra Solhuset", id="why whom she brings comes"),
        pytest.param("why", "Vi taler om lene og karl", id="the home by its name"),
    ],
)
async def test_where_an_address_is_protected_no_plan_names_a_place(
    mette, register, cast, field, text
):
    """C13: whoever has a link reads these words; said at the field, and nothing typed is lost."""
    plan = {
        "young_person": str(cast.sofie), "title": "Skolen", "why": "Vil høre, hvordan det går",
        "day": "2026-12-02", "clock": "14:00", "minutes": "30", "home": "not_told",
        "companion": "Bo", "companion_why": "Er på dit hold",
        "brought": "Leyla", "brought_role": "interpreter", "brought_why": "Taler dit sprog",
    }  # fmt: skip
    plan |= {field: text}
    await mette.post(register, data=ADDRESS)
    answer = await mette.post("/meetings", data=plan)
    page = await answer.text()
    assert answer.status == 400
    assert "kan være et sted" in page
    assert text in page
