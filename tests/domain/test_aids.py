"""Which aids were asked for and used in one meeting (S9)."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain import aids
from server.domain.aids import Aid
from server.domain.checklist import Reply
from server.domain.during import Ask, Card, Kind, Mark

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def said(question: str, answer: str, minute: int = 0) -> Reply:
    return Reply(question, answer, NOON + timedelta(minutes=minute), 1, admitted=True)


def mark(kind: Kind, value: str = "") -> Mark:
    return Mark(1, kind, 7, NOON, value)


@pytest.mark.parametrize(
    ("replies", "marks", "used"),
    [
        ([], [], ()),
        ([said("easier", "larger_text pauses")], [], (Aid.LARGER_TEXT,)),
        ([said("way", "write")], [], (Aid.WRITING,)),
        ([said("way", "write"), said("way", "video", 1)], [], ()),
        ([said("help", "helped"), said("help", "gone", 1)], [], (Aid.HELPED,)),
        ([said("help", "alone")], [], ()),
        ([], [mark(Kind.CARD, Card.HARD), mark(Kind.CARD, Card.DONE)], (Aid.CARDS,)),
        ([], [mark(Kind.ASK, Ask.YES_NO), mark(Kind.CALM)], (Aid.YES_NO, Aid.CALM)),
        ([], [mark(Kind.ASK, Ask.PHONE), mark(Kind.CAMERA_OFF), mark(Kind.DOUBT)], ()),
    ],
)
def test_what_was_used_is_read_from_what_was_said_and_what_happened(replies, marks, used):
    """S9: what is pressed to get out of a talk, or a camera turned off, is no aid."""
    assert aids.used(replies, marks, interpreted=False) == used
    assert set(aids.used(replies, marks, interpreted=True)) == {*used, Aid.INTERPRETER}


def test_the_last_word_about_what_makes_it_easier_counts():
    both = [said("easier", "pauses"), said("easier", "drawing read_aloud", 1)]
    assert aids.asked_for(both) == ("drawing", "read_aloud")
    assert aids.asked_for([]) == ()
