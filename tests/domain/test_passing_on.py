"""The list of what must be passed on: short, dated, in somebody's name (C11, domain pack 5.5)."""

from datetime import date, timedelta

import pytest

from server.domain import passing_on
from server.domain.ages import Band
from server.domain.errors import Invalid
from server.domain.passing_on import MOST, WORDS_LIMIT, Approval, Entry
from server.domain.sharing import Choice, Chosen, Item, ItemId, Revision, goes_against

TODAY = date(2026, 11, 25)


def test_a_list_is_its_lines_without_the_empty_ones() -> None:
    typed = [("Fare for liv", True), ("", False), ("  Medicin  om\taftenen ", False)]
    found = passing_on.entries(typed)
    assert found == (Entry("Fare for liv", urgent=True), Entry("Medicin om aftenen"))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ([("", False)], {"entry_1": "entry-missing"}),
        ([("Medicin", False), ("medicin ", True)], {"entry_2": "entry-twice"}),
        ([("x" * (WORDS_LIMIT + 1), False)], {"entry_1": "too-long"}),
        ([("Medi\u202ecin", False)], {"entry_1": "odd-characters"}),
        ([(f"Linje {n}", False) for n in range(MOST + 1)], {"entry_9": "entry-too-many"}),
    ],
)
def test_what_is_wrong_is_said_at_its_line(typed, wrong) -> None:
    with pytest.raises(Invalid) as caught:
        passing_on.entries(typed)
    assert caught.value.fields == wrong


def test_a_list_is_approved_by_somebody_with_a_post_on_a_day() -> None:
    """C11: in nobody's name there is no list."""
    found = passing_on.approval(" Karen  Holm ", "Leder", TODAY, TODAY)
    assert found == Approval("Karen Holm", "Leder", TODAY)
    with pytest.raises(Invalid) as caught:
        passing_on.approval("", " ", TODAY + timedelta(days=1), TODAY)
    assert caught.value.fields == {
        "approved_by": "approver-missing",
        "approved_post": "approver-post-missing",
        "approved_on": "approved-on-range",
    }
    with pytest.raises(Invalid):
        passing_on.approval("Karen", "Leder", TODAY - timedelta(days=367), TODAY)


def test_whoever_was_phoned_has_a_name() -> None:
    assert passing_on.spoken_to(" Lene ") == "Lene"
    for wrong in ("", " ", "x" * 61, "Le\u200bne"):
        with pytest.raises(Invalid):
            passing_on.spoken_to(wrong)


@pytest.mark.parametrize(
    ("choice", "about", "is_against"),
    [
        (Choice.AS_WRITTEN, 1, False),
        (Choice.AS_WRITTEN, 2, False),
        (Choice.OTHER_WORDS, 1, False),  # they got other words since
        (Choice.OTHER_WORDS, 2, True),
        (Choice.NOT_TO_HOME, 1, True),  # a no is about the thing, whatever the words are now
        (Choice.NOT_TO_HOME, 2, True),
        (Choice.TELL_MYSELF, 2, True),
        (Choice.TELL_TOGETHER, 1, True),
    ],
)
def test_what_overrules_the_young_person(choice: Choice, about: int, is_against: bool) -> None:
    """C11: nobody does that alone, and rewording makes no yes of a no."""
    chosen = Chosen(Revision(about), choice)
    assert goes_against(Item(ItemId(1), Revision(2), "Ord", chosen)) == is_against


def test_an_item_nobody_chose_about_overrules_nobody() -> None:
    assert not goes_against(Item(ItemId(1), Revision(2), "Ord"))


def test_from_eighteen_on_only_danger_stands_above_a_choice() -> None:
    """Domain pack 9, row 17: as their own page says."""
    for band in (Band.SIX, Band.TEN, Band.THIRTEEN):
        assert passing_on.overrules(False, band)
    assert not passing_on.overrules(False, Band.EIGHTEEN)
    assert passing_on.overrules(True, Band.EIGHTEEN)
