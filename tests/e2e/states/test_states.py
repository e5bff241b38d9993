"""Every state of every page: nothing for axe to find, and a picture of it.

The states to be seen come from the tables the routes, the gate and the call are built from
(tables.py); how each is reached stands in guests.py, caseworkers.py, calls.py and notes.py.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from server.settings import Settings
from tests.conftest import StoppedClock
from tests.e2e.states import (
    by_age,
    by_name,
    calls,
    calls_apart,
    calls_end,
    caseworkers,
    errors,
    exporting,
    forms,
    guests,
    interruptions,
    mails,
    no_calls,
    note_lines,
    notes,
    passing_on,
    promises,
    protecting,
    rooms,
    states,
    tables,
    telling,
    ways,
    what_leaves,
    world,
    younger,
)
from tests.e2e.states.look import look
from tests.e2e.states.world import LOCALES, World
from tests.exports import sending
from tests.mails import writing

# In this order: a later state of a group goes on from where an earlier one left its people.
MODULES = (
    calls,
    calls_apart,
    interruptions,
    calls_end,
    caseworkers,
    errors,
    guests,
    no_calls,
    note_lines,
    notes,
    exporting,
    protecting,
    passing_on,
    mails,
    rooms,
    telling,
    ways,
    what_leaves,
    younger,
    by_name,
    by_age,
    forms,
)
TOLD = [module.__name__ for module in MODULES]
states.ALL.sort(key=lambda state: TOLD.index(state.reach.__module__))
GROUPS = sorted({state.group for state in states.ALL})
TITLE = {"da": "Aftale", "en": "Appointment"}
WITH_MEDIA = ("calls", "rooms", "ways-call", "by-name-call")
# How more faces are laid out, the same pages at other ages, and how each answer looks at both ends;
# what each page says is in the other groups.
LONG = ("rooms", "by-age", "effects", "by-name", "letters", "passing-on")
NOBODY = 9  # where no mail server answers
# The same pages in their other language differ in how long their words are: `--all` looks at
# every one, the suite at these.
IN_ENGLISH = ("errors",)


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    settings: Settings,
    clock: StoppedClock,
    chromium: Browser,
    group: str,
    language: str,
    pytestconfig: pytest.Config,
) -> AsyncIterator[World]:
    settings = writing(sending(settings, settings.data_dir / "case-system"), NOBODY)
    made = await world.begin(
        settings,
        clock,
        chromium,
        language,
        media=group in WITH_MEDIA,
        drawn=takes_pictures(pytestconfig),
    )
    yield made
    await world.end(made)


def takes_pictures(config: pytest.Config) -> bool:
    """A third of the time goes into them, and nobody looks at those of a run of the whole suite."""
    return not hasattr(config, "workeroutput")


def _cases() -> list[object]:
    return [
        pytest.param(group, language, marks=pytest.mark.long if _is_long(group, language) else ())
        for group in GROUPS
        for language in LOCALES
    ]


def _is_long(group: str, language: str) -> bool:
    return group in LONG or (language == "en" and group not in IN_ENGLISH)


@pytest.mark.parametrize(("group", "language"), _cases())
async def test_every_state_can_be_read_and_has_its_ways_out(
    house: World, group: str, language: str, pytestconfig: pytest.Config
) -> None:
    """P3, P6, P12: axe finds nothing, by day or in the evening; the title names nobody; the
    content security policy has nothing to stop; before and in the call a young person can ask
    for another way from every screen; and where nobody gets further there are people to ring."""
    wrong = []
    pictures = takes_pictures(pytestconfig)
    for state in [state for state in states.ALL if state.group == group]:
        page = await state.reach(house)
        wrong += await promises.broken(house, state, page, language)
        wrong += await look(page, state.name, language, pictures=pictures)
        if await page.title() != TITLE[language]:
            wrong.append(f"{state.name}: its title is {await page.title()!r}")
    assert wrong + house.heard == []


def test_no_row_of_the_tables_is_without_its_state() -> None:
    covered = {row for state in states.ALL for row in state.covers}
    assert sorted(tables.rows() - covered) == []


def test_no_state_claims_a_row_that_is_not_there() -> None:
    covered = {row for state in states.ALL for row in state.covers}
    assert sorted(covered - tables.rows()) == []


def test_no_promise_speaks_of_a_state_that_is_not_there() -> None:
    known = {state.name for state in states.ALL} | tables.rows()
    assert {*promises.NO_OTHER_WAY, *promises.NOBODY_TO_RING, *promises.DEAD_ENDS} <= known


def test_what_the_suite_and_all_differ_in_are_groups_there_are() -> None:
    assert {*LONG, *IN_ENGLISH} <= {*GROUPS}


def test_no_two_states_share_a_name() -> None:
    names = [state.name for state in states.ALL]
    assert len(names) == len(set(names))
