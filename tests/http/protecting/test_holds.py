"""A hold on what is deleted by the clock, on the young person's page (D13)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from server.services.forgetting import Planned
from server.store.hold_tables import Hold
from server.store.tables import Trail
from server.tools import retention


@pytest.fixture
def path(cast) -> str:
    return f"/young-people/{cast.sofie}"


async def test_it_is_set_with_a_ground_by_whose_case_it_is_and_lifted(
    mette, jens, path, cast, database
):
    """D13: with a name and a day; twice is once."""
    ground = {"why": "Klage over en afgørelse"}
    for other in ("/hold", "/hold/lifted"):
        assert (await jens.post(path + other, data=ground)).status == 404
    for _ in range(2):
        page = await (await mette.post(f"{path}/hold", data=ground)).text()
        assert "Mette Lund satte sletningen på pause onsdag den 25. november." in page
        assert "Klage over en afgørelse" in page
    for _ in range(2):
        page = await (await mette.post(f"{path}/hold/lifted")).text()
        assert "satte sletningen på pause" not in page
    async with database.read() as db:
        (row,) = (await db.scalars(select(Hold))).all()
        deeds = list(await db.scalars(select(Trail.deed).where(Trail.deed.contains("hold"))))
    assert (row.account_id, row.lifted_by) == (cast.mette, cast.mette)
    assert deeds == ["hold", "lift-hold"]


@pytest.mark.parametrize(
    ("why", "said"), [(" ", "Skriv, hvorfor der skal ventes."), ("x" * 201, "xxx")]
)
async def test_without_a_ground_there_is_none_and_what_was_typed_stays(
    mette, path, database, why, said
):
    answer = await mette.post(f"{path}/hold", data={"why": why})
    page = await answer.text()
    assert answer.status == 400
    assert said in page
    async with database.read() as db:
        assert (await db.scalars(select(Hold))).all() == []


def test_the_operator_reads_tables_and_numbers_and_no_name() -> None:
    """D13, P6: what is said in a terminal."""
    on = datetime(2027, 3, 1, 12, tzinfo=UTC)
    said = retention.report([Planned("marks", 3, 1), Planned("replies", 12, 0)], on)
    assert said.splitlines()[0] == "By 2027-03-01 12:00 would be gone:"
    assert [line.split() for line in said.splitlines()[2:]] == [
        ["marks", "week", "7", "3", "1"], ["replies", "answers", "own", "12", "0"],
    ]  # fmt: skip
    assert retention.report([], on) == "Nothing would be gone."


def test_a_wrong_setting_and_a_wrong_day_are_told_apart(monkeypatch, capsys, tmp_path) -> None:
    """A setting that cannot be used was once told as a day that cannot be read."""
    monkeypatch.setenv("ENERUM_DATA_DIR", str(tmp_path))
    for words, port, said in (
        ([], "http", "ENERUM_PORT"),
        (["tomorrow"], "80", "2027-03-01"),
        ([], "80", "There is no database"),
    ):
        monkeypatch.setenv("ENERUM_PORT", port)
        with pytest.raises(SystemExit):
            retention.main(words)
        assert said in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


async def test_it_asks_a_database_and_changes_nothing_in_it(settings, cast) -> None:
    found = await retention.planned(settings, datetime(2027, 3, 1, tzinfo=UTC))
    assert [one for one in found if one.held] == []
