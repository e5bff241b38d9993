"""The register (R5): what may stand in it, when it holds, and whom it holds away."""

from datetime import date, timedelta

import pytest

from server.domain import restricting
from server.domain.errors import Invalid
from server.domain.restricting import Restriction, RestrictionKind, holds_away, restrict

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
SUSPENDED = RestrictionKind.CONTACT_SUSPENDED


def test_a_suspension_names_somebody_and_its_last_day():
    """R5, § 105: nobody is held away without a name and an end."""
    with pytest.raises(Invalid) as problem:
        restrict(SUSPENDED, " ", None, TODAY)
    assert set(problem.value.fields) == {"whom", "until"}
    assert restrict(SUSPENDED, " Peter  Hansen ", TODAY, TODAY).whom == "Peter Hansen"
    with pytest.raises(Invalid) as problem:
        restrict(SUSPENDED, "?", TODAY, TODAY)  # would hold away everybody
    assert set(problem.value.fields) == {"whom"}
    nobody = Restriction(SUSPENDED, "?", TODAY)
    assert restricting.holds_away([nobody], "Aya") is None


@pytest.mark.parametrize("until", [TODAY - DAY, date.min, TODAY + timedelta(days=6 * 366 + 1)])
def test_its_last_day_is_to_come(until):
    with pytest.raises(Invalid) as problem:
        restrict(SUSPENDED, "Peter", until, TODAY)
    assert set(problem.value.fields) == {"until"}


def test_a_protected_address_concerns_nobody_in_particular():
    assert restrict("protected_address", "Peter", None, TODAY) == Restriction(
        RestrictionKind.PROTECTED_ADDRESS
    )
    with pytest.raises(Invalid):
        restrict("castle", "", None, TODAY)


def test_it_holds_through_its_last_day_and_no_longer():
    line = Restriction(SUSPENDED, "Peter", TODAY)
    assert restricting.is_active(line, TODAY)
    assert not restricting.is_active(line, TODAY + DAY)
    assert restricting.ends_soon(line, TODAY - timedelta(days=30))
    assert not restricting.ends_soon(line, TODAY - timedelta(days=31))


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Peter", True),
        ("peter hansen", True),
        ("Peter Hansen (far)", True),
        ("Hansen", True),
        ("Peter Holm", False),
        ("Petra", False),
        ("", False),
    ],
)
def test_a_name_is_taken_for_the_same_person_rather_than_missed(name, held):
    """R5: it is better to ask once too often than to let the wrong one in."""
    register = [Restriction(RestrictionKind.PROTECTED_ADDRESS),
                Restriction(SUSPENDED, "Peter Hansen", TODAY)]  # fmt: skip
    assert (restricting.holds_away(register, name) is not None) == held


def test_a_name_that_is_made_to_look_the_same_is_the_same():
    """R5: something unseen inside a name, or a letter written in two parts, hides nobody."""
    held = [Restriction(RestrictionKind.CONTACT_SUSPENDED, "Renée Holm")]
    for name in ("Rene\u0301e", "Ren\u00ade\u0301e Holm", "Renée\u200d Holm", "ＲＥＮÉＥ"):
        assert holds_away(held, name) is not None, name
