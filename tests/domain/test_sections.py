"""The note's ten sections as data: what each takes, and whose words a line is."""

from datetime import date

import pytest

from server.domain.errors import Invalid
from server.domain.sections import (
    NAME_LIMIT,
    WRITTEN,
    Agreement,
    Quote,
    Section,
    agreement,
    quote,
    written_in,
)

TODAY = date(2026, 11, 25)


def test_there_are_ten_sections_and_six_are_written_in():
    """S56: the same sections in every note."""
    assert len(Section) == 10
    assert len(WRITTEN) == 6


@pytest.mark.parametrize(
    "section", [section.value for section in Section if section not in WRITTEN] + ["diary", ""]
)
def test_nobody_writes_into_a_section_that_fills_itself(section: str):
    with pytest.raises(Invalid):
        written_in(section)


def test_a_line_without_a_name_is_the_caseworkers_own():
    assert quote(Section.TALKED_ABOUT, " ", None, TODAY) is None
    assert quote(Section.TALKED_ABOUT, " Sofie ", None, TODAY) == Quote("Sofie", TODAY)


def test_own_words_are_always_somebodys():
    """S55: who said it and when stand with the words."""
    with pytest.raises(Invalid):
        quote(Section.OWN_WORDS, "", None, TODAY)
    said = date(2026, 11, 24)
    assert quote(Section.OWN_WORDS, "Sofie", said, TODAY) == Quote("Sofie", said)


def test_what_the_adult_saw_or_thinks_is_no_quote():
    """Observation and assessment stand apart from what somebody said."""
    assert quote(Section.NOTICED, "Sofie", None, TODAY) is None
    assert quote(Section.THINKS, "Sofie", None, TODAY) is None


def test_nothing_was_said_after_the_meeting_it_is_a_note_of():
    with pytest.raises(Invalid) as problem:
        quote(Section.OWN_WORDS, "Sofie", date(2026, 11, 26), TODAY)
    assert problem.value.fields == {"said_on": "said-later"}


def test_an_agreement_has_an_owner_and_a_day():
    due = date(2026, 12, 1)
    assert agreement(Section.AGREED, " Mette ", due, TODAY) == Agreement("Mette", due)
    assert agreement(Section.TALKED_ABOUT, "Mette", due, TODAY) is None


@pytest.mark.parametrize(
    ("owner", "due", "wrong"),
    [
        pytest.param("", date(2026, 12, 1), "owner", id="nobody's"),
        pytest.param("x" * (NAME_LIMIT + 1), date(2026, 12, 1), "owner", id="too long a name"),
        pytest.param("Me\u202ette", date(2026, 12, 1), "owner", id="letters turned round"),
        pytest.param("Mette", None, "due", id="no day"),
        pytest.param("Mette", date(2026, 11, 24), "due", id="yesterday"),
        pytest.param("Mette", date(2028, 1, 1), "due", id="in another life"),
    ],
)
def test_an_agreement_of_nobodys_or_of_no_day_is_none(owner: str, due: date | None, wrong: str):
    with pytest.raises(Invalid) as problem:
        agreement(Section.AGREED, owner, due, TODAY)
    assert list(problem.value.fields) == [wrong]
