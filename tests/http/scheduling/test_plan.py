"""Planning and changing a meeting, as forms."""

import re

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.store import handovers
from server.store.tables import Meeting, Seat
from server.store.way_tables import Option
from tests.conftest import NOON

FORM = {
    "title": "Hvordan du har det i skolen",
    "why": "Jeg vil gerne høre om den nye klasse",
    "day": "2026-11-26",
    "clock": "16.00".replace(".", ":"),
    "minutes": "30",
    "companion": "Aya",
    "companion_why": "Er på dit hold",
    "home": "told",
}


@pytest.fixture
def form(cast):
    return FORM | {"young_person": str(cast.sofie)}


async def send(browser, path, form):
    return await browser.post(path, data=form, allow_redirects=False)


OFFERS = {"day-1": "2026-11-27", "clock-1": "15:00", "place-club": "yes", "place-own": "hos mig"}


async def test_times_and_places_typed_while_planning_can_be_picked_instead(
    mette, database, form, as_kind
):
    """P3, U1: "en anden tid" and "et andet sted" have something to pick from, from the start."""
    response = await send(mette, "/meetings", form | OFFERS)
    assert response.status == 303
    meeting = int(response.headers["Location"].rsplit("/", 1)[1])
    async with database.read() as db:
        seat = await db.scalar(
            select(Seat.id).where(Seat.meeting_id == meeting, Seat.role == Role.YOUNG_PERSON)
        )
    sofie = await as_kind(seat=seat)
    await send(sofie, "/arriving/answers", {"question": "another_way", "answer": "time"})
    page = await (await sofie.get("/arriving/effects/another_way")).text()
    assert "Fredag den 27. november kl. 15.00" in page


async def test_a_time_that_cannot_be_offered_plans_nothing_and_loses_nothing(mette, database, form):
    """Bad input: said at its row, which is open; what was typed is still there."""
    typed = form | OFFERS | {"day-1": "2026-11-01"}
    response = await send(mette, "/meetings", typed)
    page = await response.text()
    assert response.status == 400
    assert '<details class="more plan-offers" open>' in page
    assert 'value="2026-11-01"' in page
    assert 'value="hos mig"' in page
    async with database.read() as db:
        planned = (await db.scalars(select(Meeting.title))).all()
        assert FORM["title"] not in planned
        assert (await db.scalars(select(Option))).all() == []


async def test_one_young_person_is_not_asked_for(mette, cast):
    page = await (await mette.get("/meetings/new")).text()
    assert "Sofie kan læse alt det, du skriver her." in page
    assert "Lene og Karl ved ikke, at I mødes" in page
    assert "tæller ikke som tilsynsbesøg" in page


async def test_a_talk_with_a_child_is_planned_shorter(mette, cast):
    """Domain pack 3.2: 10 to 20 minutes at six to nine."""
    noah = {"name": "Noah", "age": "8", "home": "Mormor", "phone": ""}
    where = (await send(mette, "/young-people", noah)).headers["Location"]
    for young, minutes in ((where.rsplit("/", 1)[1], 20), (cast.sofie, 30)):
        page = await (await mette.get(f"/meetings/new?young_person={young}")).text()
        assert f'name="minutes" type="number" value="{minutes}"' in page


async def test_nothing_is_chosen_beforehand_about_the_home(mette, cast):
    assert not re.search(
        r'name="home"[^>]*checked', await (await mette.get("/meetings/new")).text()
    )


async def test_jens_cannot_begin_with_sofie(jens, cast):
    page = await (await jens.get(f"/meetings/new?young_person={cast.sofie}")).text()
    assert "Sofie" not in page


async def test_a_plan_leads_to_its_meeting_in_local_time(mette, database, form):
    response = await send(mette, "/meetings", form)
    assert response.status == 303
    where = response.headers["Location"]
    page = await (await mette.get(where)).text()
    assert "Torsdag den 26. november kl. 16.00, 30 minutter" in page
    async with database.read() as db:
        row = await db.get(Meeting, int(where.rsplit("/", 1)[1]))
    assert row.starts_at.isoformat() == "2026-11-26T15:00:00+00:00"


async def test_sending_it_twice_plans_one_meeting(mette, form):
    first, second = await send(mette, "/meetings", form), await send(mette, "/meetings", form)
    assert first.headers["Location"] == second.headers["Location"]


async def test_another_meeting_at_the_same_moment_is_said_and_loses_nothing(mette, form):
    """P10: it is not taken for the same one sent twice, with all that was typed gone."""
    await send(mette, "/meetings", form)
    response = await send(mette, "/meetings", form | {"title": "Ferien"})
    page = await response.text()
    assert response.status == 400
    assert '<a href="#day">I har allerede et møde på det tidspunkt.' in page
    assert 'value="Ferien"' in page


WRONG = [
    ("title", "", "title", "Skriv, hvad mødet handler om."),
    ("title", "x" * 81, "title", "Det er for langt."),
    ("why", "", "why", "Skriv, hvorfor du gerne vil mødes."),
    ("day", "i morgen", "day", "Vælg en dag og et klokkeslæt."),
    ("day", "2026-11-20", "day", "Tiden er gået."),
    ("day", "2028-01-01", "day", "Vælg en tid inden for et år."),
    ("clock", "", "day", "Vælg en dag og et klokkeslæt."),
    ("minutes", "tredive", "minutes", "Mellem 5 og 180 minutter."),
    ("minutes", "600", "minutes", "Mellem 5 og 180 minutter."),
    ("companion_why", "", "companion_why", "Skriv, hvorfor personen er med."),
    ("home", "", "home", "Vælg, hvad Lene og Karl får at vide."),
]


async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(mette, form):
    """P10: the same form comes back with every word in it."""
    for field, value, place, words in WRONG:
        response = await send(mette, "/meetings", form | {field: value})
        page = await response.text()
        assert (field, value, response.status) == (field, value, 400)
        assert words in page
        assert f'href="#{place}"' in page
        kept = form | {field: value}
        assert all(f'value="{kept[name]}"' in page for name in ("title", "why", "day", "minutes"))


async def test_everything_wrong_is_said_at_once(mette, cast):
    page = await (await send(mette, "/meetings", {"young_person": str(cast.sofie)})).text()
    for field in ("title", "why", "day", "minutes", "home"):
        assert f'href="#{field}"' in page


async def test_a_young_person_who_is_not_hers_is_not_found(mette, jens, cast, form):
    assert (await send(jens, "/meetings", form)).status == 404
    assert (await send(mette, "/meetings", form | {"young_person": "x"})).status == 404


async def change_form(mette, cast, **more):
    page = await (await mette.get(f"/meetings/{cast.meeting}/plan")).text()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    return FORM | {"seen": seen, "home": "as_it_was"} | more


async def test_moving_keeps_the_links_and_the_homes_page(mette, cast, database):
    form = await change_form(mette, cast)
    response = await send(mette, f"/meetings/{cast.meeting}/plan", form)
    assert response.status == 303
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "Torsdag den 26. november kl. 16.00" in page
    assert "På deres side står: onsdag den 25. november kl. 14.00." in page
    assert "Det er ikke tiden nu" in page
    async with database.read() as db:
        assert len(await handovers.told_times(db, cast.holms, NOON)) == 1


async def test_an_old_tab_cannot_move_it_back(mette, cast):
    """Stale: somebody who looked at the old time is told so."""
    old = await change_form(mette, cast)
    await send(mette, f"/meetings/{cast.meeting}/plan", old)
    response = await send(mette, f"/meetings/{cast.meeting}/plan", old | {"clock": "10:00"})
    assert response.status == 409
    assert "flyttet i mellemtiden" in await response.text()


async def test_calling_off_takes_it_from_the_day(mette, cast):
    await send(mette, f"/meetings/{cast.meeting}/called-off", {"home": "told"})
    assert "Ingen møder i dag." in await (await mette.get("/")).text()
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "Aflyst" in page
    assert "Der står intet om mødet på deres side." in page


async def test_a_meeting_called_off_cannot_be_moved(mette, cast):
    form = await change_form(mette, cast)
    await send(mette, f"/meetings/{cast.meeting}/called-off", {})
    response = await send(mette, f"/meetings/{cast.meeting}/plan", form)
    assert response.status == 409
    assert "Planlæg et nyt." in await response.text()


async def test_the_home_is_told_and_untold_from_the_meetings_page(mette, cast):
    for home, words in (("not_told", "Der står intet"), ("told", "står: onsdag den 25.")):
        response = await send(mette, f"/meetings/{cast.meeting}/home-told", {"home": home})
        assert response.status == 303
        assert words in await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert (await send(mette, f"/meetings/{cast.meeting}/home-told", {})).status == 404
