"""What a young person may say about a line of their note (server/domain/commenting.py)."""

import pytest

from server.domain.commenting import WORDS_LIMIT, Stand, comment
from server.domain.errors import Invalid


def test_a_mark_alone_some_words_alone_or_both():
    """S54: pointing is enough, and so is writing."""
    assert comment("right", "").stand == Stand.RIGHT
    assert comment("", "  Jeg var vred.  ").words == "Jeg var vred."
    both = comment("not_quite", "Det var mandag.")
    assert (both.stand, both.words) == (Stand.NOT_QUITE, "Det var mandag.")


@pytest.mark.parametrize(
    ("stand", "words", "wrong"),
    [
        ("", "   ", {"stand": "comment-empty"}),
        ("wrong", "", {"stand": "unknown-answer"}),
        ("right", "x" * (WORDS_LIMIT + 1), {"words": "too-long"}),
        ("right", "vendt \u202e om", {"words": "odd-characters"}),
        ("wrong", "x" * (WORDS_LIMIT + 1), {"stand": "unknown-answer", "words": "too-long"}),
    ],
)
def test_what_cannot_be_used_is_said_about_every_field(stand, words, wrong):
    with pytest.raises(Invalid) as problem:
        comment(stand, words)
    assert problem.value.fields == wrong
