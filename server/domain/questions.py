"""The questions before a call, as data: who is asked what, and which answers there are.

The ids are those of docs/words.md; the sentences stand in the text catalogues by id and age.
Order is the order on screen. A question without an effect on anything is not asked at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.domain.ages import Band
from server.domain.roles import Role


class Kind(StrEnum):
    ONE = "one"  # one of the answers
    TOPICS = "topics"  # each topic may get one of the answers
    PEOPLE = "people"  # nobody, or some of those invited


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    kind: Kind
    answers: tuple[str, ...]
    asks_text: frozenset[str] = frozenset()  # answers that come with some words


TOPICS = (
    "school", "friends", "home", "family", "money",
    "leisure", "something_good", "something_hard", "something_else",
)  # fmt: skip

WAY = Question("way", Kind.ONE, ("video", "video_host_only", "phone", "write", "meet", "walk"))
HEARD = Question("heard", Kind.ONE, ("no", "yes_okay", "maybe", "find_other"))
COMPANY = Question("company", Kind.ONE, ("alone", "throughout", "at_start", "outside", "unsure"))
NOT_THERE = Question("not_there", Kind.PEOPLE, ("nobody", "someone_else"))
BISIDDER = Question(
    "bisidder", Kind.ONE, ("know_who", "find_one", "no_thanks", "tell_me_more", "maybe_later")
)
DEVICE = Question("device", Kind.ONE, ("own", "borrowed", "others_read", "unsure"))
TOPIC = Question("topics", Kind.TOPICS, ("yes", "not_today", "when_we_meet"))
WRITTEN = Question("written", Kind.ONE, ("tell_me", "fine"))

ROOM = Question("room", Kind.ONE, ("alone", "with_one", "open_office"), frozenset({"with_one"}))
TOLD = Question("told", Kind.ONE, ("yes", "not_yet", "with_reason"), frozenset({"with_reason"}))
READ = Question("read", Kind.ONE, ("read",))
FALLBACK = Question("fallback", Kind.ONE, ("caseworker_calls", "young_person_calls"))

GUEST_ROOM = Question("guest_room", Kind.ONE, ("alone", "beside", "not_alone"))
SECRECY = Question("secrecy", Kind.ONE, ("understood", "under_15"))

# The neutral button (P3). Never part of a set: it is on every screen.
ANOTHER_WAY = Question("another_way", Kind.ONE, ("write", "phone", "time", "place", "meet"))

_YOUNG: Mapping[Band, tuple[Question, ...]] = {
    Band.SIX: (WAY, HEARD, COMPANY, BISIDDER, DEVICE, WRITTEN),
    Band.TEN: (WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, WRITTEN),
    Band.THIRTEEN: (WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, WRITTEN),
    Band.EIGHTEEN: (WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, WRITTEN),
}

ALL: Mapping[str, Question] = {
    question.id: question
    for question in (
        WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, WRITTEN,
        ROOM, TOLD, READ, FALLBACK, GUEST_ROOM, SECRECY, ANOTHER_WAY,
    )
}  # fmt: skip


def asked(role: Role, band: Band) -> tuple[Question, ...]:
    """Say which questions somebody gets, in order."""
    match role:
        case Role.CASEWORKER:
            return (ROOM, TOLD, READ, FALLBACK)
        case Role.BISIDDER:
            return (GUEST_ROOM, SECRECY)
        case Role.YOUNG_PERSON:
            return _YOUNG[band]
