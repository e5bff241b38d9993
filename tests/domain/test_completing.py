"""What a note of a talk has to have, by the municipality's own template (S53, S56)."""

import pytest

from server.domain.completing import Lack, lacks, template, unsaid
from server.domain.sections import Section
from server.domain.writing import Written
from tests.example_notes import EXAMPLES

PLAIN = Written(Section.TALKED_ABOUT, "Du viste mig din kanin. Den hedder Plet.")
QUOTE = Written(Section.OWN_WORDS, "Det er sjovt i skolen.", is_quote=True)
AGREED = Written(Section.AGREED, "Jeg ringer til Hanne på fredag.")
HEAVY = Written(
    Section.THINKS,
    "Kommunikationsmulighederne mellem skolemyndighederne og forvaltningen understøttes løbende af "
    "tværfaglige koordineringsmøder, hvor bekymringsgrupperne drøfter udviklingsperspektiverne for "
    "skolegangen, fritidsaktiviteterne og familiesamarbejdet i overensstemmelse med "
    "handleplanens retningslinjer og de lovgivningsmæssige forpligtelser i kommunen",
)


def test_it_needs_their_own_words_an_agreement_and_words_they_can_read() -> None:
    """S53, S56: said in this order; what is quoted is not measured."""
    assert lacks([PLAIN]) == (Lack.OWN_WORDS, Lack.AGREED)
    assert lacks([PLAIN, QUOTE, AGREED]) == ()
    assert lacks([QUOTE, AGREED, HEAVY]) == (Lack.EASY,)
    assert lacks([AGREED, Written(Section.OWN_WORDS, HEAVY.text, is_quote=True)]) == ()


def test_quotation_marks_in_a_line_are_their_own_words_too() -> None:
    line = Written(Section.TALKED_ABOUT, "Du sagde: \u201dJeg kan ikke sove.\u201d")
    assert Lack.OWN_WORDS not in lacks([line])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_notes_are_easy_to_read(name: str) -> None:
    """S53, domain pack 5.4."""
    lines = [
        Written(Section(one.section), one.text, is_quote=bool(one.said_by))
        for one in EXAMPLES[name]
    ]
    assert Lack.EASY not in lacks(lines)


def test_only_what_is_mandatory_has_to_be_said() -> None:
    lacking = (Lack.OWN_WORDS, Lack.AGREED)
    assert unsaid(lacking, [], []) == ()
    assert unsaid(lacking, [Lack.AGREED, Lack.EASY], []) == (Lack.AGREED,)
    assert unsaid(lacking, [Lack.AGREED], [Lack.AGREED]) == ()


def test_the_setting_names_them() -> None:
    assert template("own_words, easy") == {Lack.OWN_WORDS, Lack.EASY}
    assert template("") == frozenset()
    with pytest.raises(ValueError, match="wishes"):
        template("own_words,wishes")
