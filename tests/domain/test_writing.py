"""The writing helper: plain rules about plain words (domain pack 5.4, S53)."""

import pytest

from server.domain.sections import Section
from server.domain.writing import (
    AVOID,
    EASY,
    Remark,
    Written,
    lix,
    measure,
    own_words,
    remarks,
)
from tests.example_notes import EXAMPLES

OFFICIAL = (
    "Barnet fremstår trist ved omtale af sociale relationer i skoleregi. "
    "Rådgiver vil følge op med skolen."
)


def found(section: Section, text: str, name: str = "", *, is_quote: bool = False) -> set[str]:
    return {one.remark for one in remarks(Written(section, text, is_quote), name)}


def test_the_measure_counts_as_others_do():
    assert lix("Mette ringer til dig.") == 4
    assert lix("Du bestemmer. Vi venter.") == 2 + 100 / 4
    assert lix("") == 0
    assert lix("Samarbejdet vedrørende foranstaltningen drøftes.") > EASY


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_notes_are_easy_to_read_and_nothing_is_remarked(name: str):
    """Domain pack 11: the three notes stand at 11, 13 and 18."""
    lines = EXAMPLES[name]
    whole = measure([line.text for line in lines])
    assert whole.lix is not None
    assert whole.is_easy
    assert [one for line in lines for one in remarks(line.written, name)] == []


def test_the_official_version_is_remarked_on():
    assert found(Section.NOTICED, OFFICIAL) == {
        Remark.AVOID, Remark.SEEN_OR_THOUGHT, Remark.ABOUT_THEM,
    }  # fmt: skip


def test_a_word_is_remarked_on_once_for_what_helps_most():
    """S53: "fremstår" is a word of the trade and a thought; it is asked about once."""
    told = remarks(Written(Section.NOTICED, "Pågældende fremstår trist, og barnet fremstår træt."))
    assert [(one.remark, one.word) for one in told] == [
        (Remark.SEEN_OR_THOUGHT, "fremstår"), (Remark.SEEN_OR_THOUGHT, "trist"),
        (Remark.AVOID, "Pågældende"), (Remark.ABOUT_THEM, "barnet"),
    ]  # fmt: skip


def test_a_few_words_are_not_measured():
    """One long word would move the figure by twenty."""
    assert measure(["Frikvarteret er kedeligt."]).lix is None
    assert measure([]).is_easy


def test_the_long_words_are_named_the_longest_first():
    told = measure(["Frikvarteret og støttekontaktpersonen", "og frikvarteret igen."])
    assert told.long_words == ("støttekontaktpersonen", "frikvarteret")


@pytest.mark.parametrize("word", AVOID)
def test_every_word_of_the_trade_is_known_also_inside_a_sentence(word: str):
    assert Remark.AVOID in found(Section.TALKED_ABOUT, f"Der er {word} her.")


def test_a_word_inside_another_is_not_taken_for_it():
    assert found(Section.TALKED_ABOUT, "Du gav et sammendrag af bogen, pga ja.") == set()


def test_seen_or_thought_is_asked_only_where_it_matters():
    line = "Du virkede træt."
    assert found(Section.NOTICED, line) == {Remark.SEEN_OR_THOUGHT}
    assert found(Section.THINKS, line) == set()
    assert found(Section.NOTICED, "Du gabte tre gange.") == set()


@pytest.mark.parametrize(
    "line", ["Barnet ville gerne hjem.", "Sofie ville gerne hjem.", "Sofies seng er ny."]
)
def test_du_is_suggested_where_a_line_speaks_about_them(line: str):
    assert found(Section.TALKED_ABOUT, line, "Sofie") == {Remark.ABOUT_THEM}


def test_a_line_that_says_du_may_say_the_name_too():
    assert found(Section.TALKED_ABOUT, "Du sagde til mig: Sofie er dit navn.", "Sofie") == set()


def test_nobody_is_corrected_in_what_they_said_themselves():
    assert found(Section.OWN_WORDS, "Min mor virker trist, siger barnet.") == set()
    assert found(Section.TALKED_ABOUT, "Der er bekymring.", is_quote=True) == set()
    assert found(Section.TALKED_ABOUT, "Du sagde: ”Jeg hader det samarbejde.”") == set()


def test_the_lines_with_their_own_words_are_counted():
    lines = [
        Written(Section.TALKED_ABOUT, "Du sagde: ”Jeg kan ikke sove.”"),
        Written(Section.OWN_WORDS, "Jeg vil ikke.", is_quote=True),
        Written(Section.THINKS, "Jeg tænker, at søvn er vigtigt."),
    ]
    assert own_words(lines) == (2, 3)
    assert own_words([]) == (0, 0)
