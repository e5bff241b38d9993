"""What the home is asked before a talk: about the place and the hour, and two names (4.4)."""

import pytest

from server.domain.errors import Invalid
from server.domain.home_questions import CHOICES, Ask, Said, read


def test_whatever_was_answered_is_taken_and_nothing_has_to_be() -> None:
    form = {"room": "yes", "help": "yes", "help_name": " Karl ", "afterwards_name": "Lene"}
    assert read(form) == (
        Said(Ask.ROOM, "yes"),
        Said(Ask.HELP, "yes", "Karl"),
        Said(Ask.AFTERWARDS, "somebody", "Lene"),
    )
    assert read({"others": "not_sure"}) == (Said(Ask.OTHERS, "not_sure"),)


def test_a_name_stands_with_the_answer_that_asks_for_one() -> None:
    assert read({"help": "no", "help_name": "Karl"}) == (Said(Ask.HELP, "no"),)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"form": "nothing-answered"}),
        ({"room": "maybe"}, {"room": "unknown-answer"}),
        ({"afterwards_name": "x" * 41}, {"afterwards_name": "too-long"}),
        ({"help": "yes", "help_name": "Ka\u200brl"}, {"help_name": "odd-characters"}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(form: dict[str, str], wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as caught:
        read(form)
    assert caught.value.fields == wrong


def test_there_is_no_place_for_words_about_the_young_person() -> None:
    """H4 of the domain pack: time only."""
    assert set(CHOICES) == set(Ask)
    assert not [name for name in Said.__slots__ if name not in ("ask", "answer", "name")]
