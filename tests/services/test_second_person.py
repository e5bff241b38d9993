"""The codes of a second person, as they are kept for ten minutes (C11)."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.errors import Invalid, Refused
from server.domain.roles import AccountId, Caseworker, SessionId
from server.services.unlocking import LASTS, Colleagues

NOW = datetime(2026, 11, 25, 14, tzinfo=UTC)
METTE = Caseworker(AccountId(1), SessionId(1), "Mette")
METTE_ELSEWHERE = Caseworker(AccountId(1), SessionId(9), "Mette")
JENS = Caseworker(AccountId(2), SessionId(2), "Jens")


def test_in_another_browser_one_is_no_second_person():
    """C11: two people, and not two windows."""
    codes = Colleagues()
    code = codes.say(METTE_ELSEWHERE, now=NOW)
    with pytest.raises(Invalid):
        codes.take(METTE, code, now=NOW)


def test_a_code_is_good_once_and_for_ten_minutes():
    codes = Colleagues()
    code = codes.say(JENS, now=NOW)
    assert codes.take(METTE, f" {code[:3]} {code[3:]} ", now=NOW + LASTS / 2) == JENS.account
    with pytest.raises(Invalid):
        codes.take(METTE, code, now=NOW + LASTS / 2)
    late = codes.say(JENS, now=NOW)
    with pytest.raises(Invalid):
        codes.take(METTE, late, now=NOW + LASTS)


def test_a_step_that_was_refused_leaves_the_code_good():
    codes = Colleagues()
    code = codes.say(JENS, now=NOW)
    with pytest.raises(Refused), codes.beside(METTE, code, now=NOW):
        raise Refused("not-locked")
    assert codes.take(METTE, code, now=NOW) == JENS.account


def test_a_code_given_back_does_not_live_beside_a_newer_one():
    """Whoever draws another means the one before to be dead, also where a step was under way."""
    codes = Colleagues()
    code = codes.say(JENS, now=NOW)
    step = codes.beside(METTE, code, now=NOW)
    step.__enter__()
    newer = codes.say(JENS, now=NOW + timedelta(seconds=1))
    assert not step.__exit__(Refused, Refused("not-locked"), None)
    with pytest.raises(Invalid):
        codes.take(METTE, code, now=NOW)
    assert codes.take(METTE, newer, now=NOW) == JENS.account
