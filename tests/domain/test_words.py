"""What people write about one another reads as it was written."""

import pytest

from server.domain.errors import Invalid
from server.domain.words import are_odd, fault, pasted, require, shown


@pytest.mark.parametrize(
    "odd",
    [
        "\0",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200b",
        "\ufeff",
        "\u3164",  # a letter that is blank
        "\u2800",
        "\x1b",
        "\x7f",
        "\ue000",
        "\ud800",
    ],
)
def test_what_turns_the_letters_after_it_round_is_odd(odd):
    """A name like "Aya, then Mette" could else read as anybody's."""
    assert are_odd(f"Aya{odd}etteM")


@pytest.mark.parametrize(
    "name",
    [
        "Åse Bjørk-Ærø",
        "يوسف\u200f",
        "Ма\u0301ша",
        "Liv 🐈\u200d⬛",
        "a\nb\tc",
        "sko\xadle",
        "می\u200cرا",
    ],
)
def test_names_and_lines_of_any_language_are_not(name):
    assert not are_odd(name)


@pytest.mark.parametrize("same", ["Peter", "Pe\xadter", "Pe\u200dter", "Peter\u200f", "Ｐeter"])
def test_names_that_look_the_same_are_the_same(same):
    assert shown(same) == "Peter"


def test_what_came_along_unseen_with_what_was_pasted_is_left_out():
    """Nobody could find it if they were told of it."""
    assert pasted("\ufeffDu vil\u200b gerne") == "Du vil gerne"
    assert (
        pasted("Liv 🐈\u200d⬛, sko\xadle, می\u200cرا") == "Liv 🐈\u200d⬛, sko\xadle, می\u200cرا"
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "words-missing"),
        (" \n", "words-missing"),
        ("Hej Sofie", ""),
        ("Hej Sofie!", "too-long"),
        ("Hej\u202e", "odd-characters"),
    ],
)
def test_every_field_says_what_is_wrong_with_what_was_typed(text, wrong):
    assert fault(text, len("Hej Sofie"), "words-missing") == wrong
    if wrong:
        with pytest.raises(Invalid) as said:
            require("words", text, len("Hej Sofie"), "words-missing")
        assert said.value.fields == {"words": wrong}
    else:
        assert require("words", text, len("Hej Sofie"), "words-missing") == text


def test_where_nothing_has_to_stand_nothing_is_fine():
    assert fault("", 5) == ""
