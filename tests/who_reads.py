"""The field matrix of the follow-up: each kind of words around a note, who may read it, and when.

Rows are the columns of all tables: each holds words of a follow-up, or none, or words of something
else that other tests ask for; a column nobody listed fails. Everybody who can be in a meeting is in
it by their role. A cell is one kind of words, one person and one state of the note: they are found
at some address (or on the line), or at none.
"""

from collections.abc import Mapping
from enum import StrEnum

from server.domain.roles import Role
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
    LEYLA = "leyla"  # who interprets, where a code was typed
    BIRK = "birk"  # a colleague of Mette's who came along, where a code was typed
    HOLMS = "holms"  # where she lives
    NEW_HOME = "new home"  # where she lives since
    DAHLS = "dahls"  # another home
    STRANGER = "stranger"


ROLES: Mapping[Role, Who] = {
    Role.CASEWORKER: Who.METTE,
    Role.YOUNG_PERSON: Who.SOFIE,
    Role.BISIDDER: Who.AYA,
    Role.INTERPRETER: Who.LEYLA,
    Role.SECOND_PROFESSIONAL: Who.BIRK,
}

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
    "requests.told (answer)": "Ja, det kan du godt",
    "chats.text": "Skrevet under samtalen",
    "drafts.text": "Endnu ikke sendt",
    "handovers.text": "Noget med kaniner.",
    "comments.words": "Sådan var det ikke",
    "word_wishes.words": "Sig noget om søvn",
    "aftercares.who": "Moster Ulla",
    "home_answers.text": "Hun sov godt i nat.",
    "home_answers.about": "Torsdag: Døren er lukket",
    "home_replies.name": "Søster Lise",
    "pass_on_entries.words": "Noget, der står på listen",
    "pass_on_lists.approved_by": "Karen Godkender",
    "pass_on_lists.approved_post": "Leder af det hele",
}
# Ours, by which things are told apart; and an owner who is the caseworker until another is written.
NO_WORDS = {
    "items.section", "handovers.wish", "home_answers.kind", "home_replies.answer", "requests.owner",
    "requests.tag", "chats.ref", "drafts.place", "comments.stand", "receipts.home",
    "choices.notice", "accounts.password_hash", "asked_again.question", "codes.digest",
    "first_links.digest",
    "jobs.kind", "known_devices.digest", "marks.answer", "marks.value", "meetings.room",
    "placements.handle", "remembered.wishes", "replies.answer", "replies.question", "seats.handle",
    "sessions.device", "sessions.digest", "sessions.next_digest", "sessions.vouched_as",
    "support_requests.wish", "ticks.subject", "trail.deed", "trail.subject", "trail.who",
    "visits.device", "visits.left_mark", "exports.mark", "exports.content", "exports.pdf_sha256",
    "exports.json_sha256", "exports.waits_as", "meetings.topics",
    "home_mails.language",
}  # fmt: skip
# Words of something else, and who asks for them.
ELSEWHERE: Mapping[str, str] = {
    "tests/http/test_every_route.py": "accounts.first_name accounts.phone young_people.name "
    "young_people.phone placements.home_name meetings.title seats.name seats.why seats.company "
    "seats.code_why",
    "tests/http/signing_in/test_account.py": "accounts.login accounts.name accounts.greeting",
    "tests/http/test_who_reaches_what.py": "replies.text emergency_cards.address "
    "emergency_cards.leader emergency_cards.leader_phone",
    "tests/http/arriving/test_as_last.py": "remembered.text",
    "tests/http/mailing/test_whom.py": "home_mails.address",
    "tests/http/protecting/test_decisions.py": "decisions.whom decisions.reason decisions.words",
    "tests/http/protecting/test_holds.py": "holds.why",
    "tests/http/protecting/test_incidents.py": "incident_ticks.words",
    "tests/http/protecting/test_register.py": "restrictions.whom",
    "tests/http/ways/test_places_on_a_copy.py": "options.place ticks.place",
    "tests/ws/test_the_list_of_two.py": "team_lines.text",
}

ALWAYS = frozenset(State)
TO_READ = ALWAYS - {State.WRITING}  # outside the call
AT_HOME = frozenset({State.RELEASED, State.LOCKED})
NEVER: frozenset[State] = frozenset()

THE_LIST = {name for name in WORDS if name.startswith("pass_on")}
HERS = {
    "wordings.text", "wordings.text (for the home)", "wordings.text (kept back)",
    "wordings.text (agreement)", "wordings.text (must be passed on)", "items.reason",
    "promises.words", "chats.text", "handovers.text", "home_answers.text", "home_answers.about",
    "comments.words", "word_wishes.words", "items.said_by", "promises.owner", "aftercares.who",
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
            if name in ("requests.words", "requests.told (answer)") or name in THE_LIST:
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
    "items.said_by", "promises.owner", "aftercares.who",
}  # fmt: skip
# On the line, in the call. Outside of it no line tells anybody anything of a note.
IN_THE_CALL = ALWAYS - {State.RELEASED}  # the hour comes days later
ON_THE_LINE: Mapping[Who, frozenset[str]] = {
    Who.METTE: frozenset(HERS - ON_PAGES),
    Who.SOFIE: frozenset(HERS - ON_PAGES),
    Who.AYA: frozenset({"chats.text"}),
    Who.LEYLA: frozenset({"chats.text"}),
    Who.BIRK: frozenset({"chats.text"}),
}
ON_A_BORROWED_DEVICE = frozenset({"chats.text"})


def unlisted() -> set[str]:
    """Columns that hold words and stand in no list, and what is listed and is no column."""
    found = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
        if column.type.python_type is str
    }
    elsewhere = {column for columns in ELSEWHERE.values() for column in columns.split()}
    return found ^ (NO_WORDS | elsewhere | {row.partition(" ")[0] for row in WORDS})
