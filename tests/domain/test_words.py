"""What people write about one another reads as it was written."""

import pytest

from server.domain.words import are_odd


@pytest.mark.parametrize("odd", ["\0", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_what_turns_the_letters_after_it_round_is_odd(odd):
    """A name like "Aya, then Mette" could else read as anybody's."""
    assert are_odd(f"Aya{odd}etteM")


@pytest.mark.parametrize(
    "name", ["Åse Bjørk-Ærø", "يوسف\u200f", "Ма\u0301ша", "Liv 🐈\u200d⬛", "a\nb"]
)
def test_names_and_lines_of_any_language_are_not(name):
    assert not are_odd(name)
