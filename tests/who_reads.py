"""The field matrix of the follow-up: each kind of words around a note, who may read it, and when.

Rows are columns of the tables; a column nobody listed fails. A cell is one kind of words, one
person and one state of the note: they are found at some address (or on the line), or at none.
"""

from collections.abc import Mapping
from enum import StrEnum

from server.store.schema import METADATA


class State(StrEnum):
    """Each is reached from the one before."""

    WRITING = "writing"
    READY = "ready"  # the reading window
    RELEASED = "released"
    LOCKED = "locked"  # something was told since that must not reach the home
    MOVED = "moved"  # the young person lives somewhere else now


class Who(StrEnum):
    METTE = "mette"  # whose case it is
    JENS = "jens"  # another caseworker
    SOFIE = "sofie"  # whose note it is, where a code was typed
    BARE = "sofie by her link"  # and nothing more
    AYA = "aya"  # her bisidder, where a code was typed
    HOLMS = "holms"  # where she lives
    NEW_HOME = "new home"  # where she lives since
    DAHLS = "dahls"  # another home
    STRANGER = "stranger"


# By column: the words that stand there.
WORDS: Mapping[str, str] = {
    "wordings.text": "Kaninen hedder Plet.",
    "wordings.text (for the home)": "Noget med kaniner.",
    "wordings.text (kept back)": "Jeg kan ikke sove.",
    "wordings.text (agreement)": "Jeg ringer til Hanne.",
    "wordings.text (must be passed on)": "Du skal have din medicin om aftenen.",
    "wordings.text (struck)": "Den her linje er strøget.",
    "items.said_by": "Storesøster",
    "items.reason": "Grunden er din astma",
    "told.spoken_to": "Lene i køkkenet",
    "promises.words": "Jeg ringer til Hanne.",
    "promises.owner": "Hannes mor",
    "requests.words": "Jeg vil hjem om søndagen.",
    "requests.told": "Jeg taler med en mere om det",
    "chats.text": "Skrevet under samtalen",
    "drafts.text": "Endnu ikke sendt",
    "handovers.text": "Noget med kaniner.",
    "comments.words": "Sådan var det ikke",
    "word_wishes.words": "Sig noget om søvn",
    "home_answers.text": "Hun sov godt i nat.",
    "home_answers.about": "Torsdag: Døren er lukket",
    "home_replies.name": "Søster Lise",
    "pass_on_entries.words": "Noget, der står på listen",
    "pass_on_lists.approved_by": "Karen Godkender",
    "pass_on_lists.approved_post": "Leder af det hele",
}
TABLES = (
    "items", "wordings", "choices", "asked_alone", "told", "place_reviews", "handovers", "releases",
    "home_answers", "home_replies", "promises", "requests", "chats", "drafts", "seconded",
    "pass_on_lists", "pass_on_entries", "comments", "word_wishes", "receipts",
)  # fmt: skip
# Words of ours, and an owner who is the caseworker until somebody writes another.
NO_WORDS = {
    "items.section", "wordings.kind", "choices.choice", "choices.notice", "told.to",
    "handovers.wish",
    "home_answers.kind", "home_replies.question", "home_replies.answer", "promises.kind",
    "requests.owner", "requests.tag", "chats.ref", "drafts.place", "seconded.step",
    "comments.stand", "receipts.home",
}  # fmt: skip

ALWAYS = frozenset(State)
TO_READ = ALWAYS - {State.WRITING}  # outside the call
AT_HOME = frozenset({State.RELEASED, State.LOCKED})
NEVER: frozenset[State] = frozenset()

THE_LIST = {name for name in WORDS if name.startswith("pass_on")}
HERS = {
    "wordings.text", "wordings.text (for the home)", "wordings.text (kept back)",
    "wordings.text (agreement)", "wordings.text (must be passed on)", "items.reason",
    "promises.words", "chats.text", "handovers.text", "home_answers.text", "home_answers.about",
    "comments.words", "word_wishes.words", "items.said_by", "promises.owner",
}  # fmt: skip
THEIRS = {"wordings.text (for the home)", "wordings.text (must be passed on)", "handovers.text"}


def may_read(who: Who, name: str) -> frozenset[State]:
    """In which states somebody finds these words at some address. No line is nobody's."""
    if name == "wordings.text (struck)":
        return NEVER
    match who:
        case Who.METTE:
            return ALWAYS
        case Who.JENS:
            return ALWAYS if name in THE_LIST else NEVER
        case Who.SOFIE:
            if name == "requests.words" or name in THE_LIST:
                return ALWAYS  # it counts from when it was said; the limits are said beforehand
            return TO_READ if name in HERS else NEVER
        case Who.BARE:
            return ALWAYS if name in THE_LIST else NEVER
        case Who.HOLMS:
            return AT_HOME if name in THEIRS else NEVER
        case _:
            return NEVER


ON_PAGES = {
    "home_answers.text", "home_answers.about", "comments.words", "word_wishes.words",
    "items.said_by", "promises.owner",
}  # fmt: skip
# On the line, while the note is written in the call.
ON_THE_LINE: Mapping[str, frozenset[str]] = {
    "mette": frozenset(HERS - ON_PAGES),
    "sofie": frozenset(HERS - ON_PAGES),
    "sofie on a borrowed device": frozenset({"chats.text"}),
    "aya": frozenset({"chats.text"}),
}


def unlisted() -> set[str]:
    """Columns that hold words and stand in no row, and rows without a column."""
    found = {
        f"{name}.{column.name}"
        for name in TABLES
        for column in METADATA.tables[name].columns
        if column.type.python_type is str
    }
    return (found - NO_WORDS) ^ {row.partition(" ")[0] for row in WORDS}
