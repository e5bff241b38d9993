"""The questions before a call, as data: who is asked what, and which answers there are.

The ids are those of docs/words.md; the sentences stand in the text catalogues by id and age.
Order is the order on screen. A question without an effect on anything is not asked at all.

Each age has one set that is asked on screen and that the gate waits for (`asked`). What else may
be said stands behind "vil du sige mere?" (`more`), is asked aloud by the host in the first
minutes (`aloud`), or on the way out (`way_out`). Adding a question is adding a row here, its
effect in offers.py and its sentences.
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
    SEVERAL = "several"  # some of the answers, or none
    LINES = "lines"  # lines of a list of their own, which the answer does not hold


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

TIME = Question("time", Kind.ONE, ("fits", "another", "unsure"))
WAY = Question("way", Kind.ONE, ("video", "video_host_only", "phone", "write", "meet", "walk"))
PLACE = Question(
    "place",
    Kind.ONE,
    ("own_room", "common_room", "car_or_bus", "school_or_club", "outdoors", "elsewhere", "unsure"),
)
HEARD = Question("heard", Kind.ONE, ("no", "yes_okay", "maybe", "find_other"))
COMPANY = Question("company", Kind.ONE, ("alone", "throughout", "at_start", "outside", "unsure"))
NOT_THERE = Question("not_there", Kind.PEOPLE, ("nobody", "caseworker", "someone_else"))
BISIDDER = Question(
    "bisidder", Kind.ONE, ("know_who", "find_one", "no_thanks", "tell_me_more", "maybe_later")
)
DEVICE = Question("device", Kind.ONE, ("own", "borrowed", "others_read", "unsure"))
TOPIC = Question("topics", Kind.TOPICS, ("yes", "not_today", "when_we_meet"))
FIRST = Question("first", Kind.ONE, ("own",), frozenset({"own"}))  # before anything of ours (S1)
STOP = Question(
    "stop", Kind.ONE, ("cat", "pizza", "football", "hand", "own", "button"), frozenset({"own"})
)
AFTERWARDS = Question(
    "afterwards",
    Kind.ONE,
    ("alone", "with_someone", "something_fun", "talk_to_adult", "host_calls", "nothing"),
)
EASIER = Question(
    "easier",
    Kind.SEVERAL,
    (
        "read_aloud", "larger_text", "drawing", "pauses",
        "short_questions", "language", "sign_language", "other",
    ),
    frozenset({"language", "other"}),
)  # fmt: skip
# Things, not people, that hear, show or keep what is said at the young person's own end (S36).
AROUND = Question("around", Kind.SEVERAL, ("speaker", "camera", "screen", "messages", "keep"))
KNOWN = Question("known", Kind.ONE, ("nobody", "home", "unsure"))
WRITTEN = Question("written", Kind.ONE, ("tell_me", "fine"))

ROOM = Question("room", Kind.ONE, ("alone", "with_one", "open_office"), frozenset({"with_one"}))
TOLD = Question("told", Kind.ONE, ("yes", "not_yet", "with_reason"), frozenset({"with_reason"}))
READ = Question("read", Kind.ONE, ("read",))
FALLBACK = Question("fallback", Kind.ONE, ("caseworker_calls", "young_person_calls"))
PURPOSE = Question("purpose", Kind.ONE, ("fits", "in_person", "anyway"), frozenset({"anyway"}))
RIGHT = Question("right", Kind.ONE, ("told", "not_told"))
AFTER = Question("after", Kind.ONE, ("someone", "call_back", "move"), frozenset({"someone"}))
EMERGENCY = Question("emergency", Kind.ONE, ("known", "not_known"))
INTERPRETER = Question("interpreter", Kind.ONE, ("not_needed", "invited", "missing"))
FOCUS = Question("focus", Kind.ONE, ("ready",))
MIRROR = Question("mirror", Kind.ONE, ("looked",))  # said where one's own picture is (S27)
PARENTS = Question("parents", Kind.ONE, ("they_know", "without"), frozenset({"without"}))

GUEST_ROOM = Question("guest_room", Kind.ONE, ("alone", "beside", "not_alone"))
SECRECY = Question("secrecy", Kind.ONE, ("understood", "under_15"))
TIME_ALONE = Question("time_alone", Kind.ONE, ("yes", "not_yet"))
OUR_LIST = Question("our_list", Kind.LINES, ("written", "later"))
OUR_SIGN = Question("our_sign", Kind.LINES, ("written", "later"))
ON_SIDE = Question("on_side", Kind.ONE, ("no", "yes"))
IN_TOUCH = Question("in_touch", Kind.ONE, ("after_room", "by_phone", "we_find_out"))

# Who interprets, and who works with the caseworker: bound to secrecy by their own office, and
# somebody the family may know in a small community (domain pack 2.2).
INTERPRETS = Question("interpreter_secrecy", Kind.ONE, ("understood", "call_first"))
WORKS_WITH = Question("professional_secrecy", Kind.ONE, ("understood", "call_first"))
ACQUAINTED = Question("acquainted", Kind.ONE, ("no", "unsure", "yes"))
DIALECT = Question("dialect", Kind.ONE, ("sure", "try_first"))
_OWN_ROOM = Question("guest_room", Kind.ONE, ("alone", "not_alone"))

_INTERPRETER = (INTERPRETS, ACQUAINTED, DIALECT, _OWN_ROOM)
_SECOND_PROFESSIONAL = (WORKS_WITH, ACQUAINTED, _OWN_ROOM)

# B1-B7 of the domain pack 4.3, in the order they are asked.
_BISIDDER = (SECRECY, GUEST_ROOM, TIME_ALONE, OUR_LIST, ON_SIDE, OUR_SIGN, IN_TOUCH)

# The neutral button (P3). Never part of a set: it is on every screen.
ANOTHER_WAY = Question("another_way", Kind.ONE, ("write", "phone", "walk", "time", "place", "meet"))

# After the call (E1 to E4, G1 and G2): a tap each, none of them needed.
FEELING = Question("feeling", Kind.ONE, ("fine", "bit_off", "bad", "unsure"))
COMFORT = Question(
    "comfort", Kind.ONE, ("host_calls", "someone_i_know", "children_line", "in_peace")
)
IN_PEACE = Question("in_peace", Kind.ONE, ("yes", "almost", "no"))
NEXT_TIME = Question(
    "next_time", Kind.ONE, ("as_now", "another_way", "another_time", "other_people")
)
GOOD_PLACE = Question("good_place", Kind.ONE, ("own",), frozenset({"own"}))  # (S26)
READING = Question(
    "reading", Kind.ONE, ("on_screen", "read_aloud", "on_paper", "together", "rather_not")
)
SEND_ON = Question("send_on", Kind.ONE, ("yes", "no"))
GOT_SAID = Question("got_said", Kind.ONE, ("yes", "partly", "no"))
TO_CORRECT = Question("to_correct", Kind.ONE, ("own",), frozenset({"own"}))

# Six to nine years type nothing: they point, and say the rest aloud.
_POINTED_AROUND = Question("around", Kind.SEVERAL, AROUND.answers[:-1])
_POINTED_STOP = Question("stop", Kind.ONE, ("cat", "pizza", "football", "hand", "button"))
_POINTED_EASIER = Question("easier", Kind.SEVERAL, EASIER.answers[:-1])

_GROWN = (WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, STOP, WRITTEN)
_YOUNG: Mapping[Band, tuple[Question, ...]] = {
    Band.SIX: (WAY, HEARD, COMPANY, BISIDDER, WRITTEN),
    Band.TEN: (WAY, HEARD, COMPANY, NOT_THERE, BISIDDER, TOPIC, WRITTEN),
    Band.THIRTEEN: _GROWN,
    Band.EIGHTEEN: _GROWN,
}
_MORE: Mapping[Band, tuple[Question, ...]] = {
    Band.SIX: (
        PLACE, _POINTED_AROUND, NOT_THERE, TOPIC, _POINTED_STOP, AFTERWARDS, _POINTED_EASIER,
    ),
    Band.TEN: (FIRST, PLACE, AROUND, STOP, AFTERWARDS, EASIER),
    Band.THIRTEEN: (FIRST, PLACE, AROUND, AFTERWARDS, EASIER),
    Band.EIGHTEEN: (FIRST, PLACE, AROUND, AFTERWARDS, EASIER, KNOWN),
}  # fmt: skip
_ALOUD = {Band.SIX: (PLACE, _POINTED_AROUND, NOT_THERE, _POINTED_STOP, AFTERWARDS)}
_WAY_OUT = {Band.SIX: (DEVICE,), Band.TEN: (DEVICE,)}

# The card about what is written is shown to all and asks nothing: it is not counted (U13).
NOT_COUNTED = frozenset({"written"})

ALL: Mapping[str, Question] = {
    question.id: question
    for question in (
        TIME, WAY, PLACE, HEARD, COMPANY, NOT_THERE, BISIDDER, DEVICE, TOPIC, FIRST, STOP,
        AFTERWARDS, EASIER, AROUND, KNOWN, WRITTEN, FEELING, COMFORT, IN_PEACE, NEXT_TIME,
        GOOD_PLACE, READING, SEND_ON, GOT_SAID, TO_CORRECT, ROOM, TOLD, READ, FALLBACK, PURPOSE,
        RIGHT, AFTER, EMERGENCY, INTERPRETER, FOCUS, MIRROR, PARENTS, *_BISIDDER, INTERPRETS,
        WORKS_WITH, ACQUAINTED, DIALECT, ANOTHER_WAY,
    )
}  # fmt: skip


def asked(role: Role, band: Band) -> tuple[Question, ...]:
    """Say which questions somebody gets, in order."""
    match role:
        case Role.CASEWORKER:
            return (READ, PURPOSE, TOLD, RIGHT, ROOM, FALLBACK, AFTER, EMERGENCY)
        case Role.BISIDDER:
            return _BISIDDER
        case Role.INTERPRETER:
            return _INTERPRETER
        case Role.SECOND_PROFESSIONAL:
            return _SECOND_PROFESSIONAL
        case Role.YOUNG_PERSON:
            return _YOUNG[band]


def more(role: Role, band: Band) -> tuple[Question, ...]:
    """Say what somebody may tell besides, if they like: "vil du sige mere?"."""
    if role == Role.CASEWORKER:
        besides = (INTERPRETER, FOCUS, MIRROR)
        return besides if band == Band.EIGHTEEN else (*besides, PARENTS)
    return _MORE[band] if role == Role.YOUNG_PERSON else ()


def aloud(band: Band) -> tuple[Question, ...]:
    """Say what the host asks by voice in the first minutes, since it is not asked on screen."""
    return _ALOUD.get(band, ())


def way_out(role: Role, band: Band) -> tuple[Question, ...]:
    """Say what is asked on the way out instead of before; unanswered counts as the careful one."""
    return _WAY_OUT.get(band, ()) if role == Role.YOUNG_PERSON else ()


def after(role: Role, band: Band) -> tuple[Question, ...]:
    """Say what is asked when the call is over, of somebody who was in it. How to be comforted is
    asked only of who says that they feel bad, and about sending on only where there is something
    of the bisidder's to send."""
    match role:
        case Role.YOUNG_PERSON:
            typed = () if band == Band.SIX else (GOOD_PLACE,)
            asked = (FEELING, COMFORT, IN_PEACE, NEXT_TIME, *typed, READING)
            return (*asked, *way_out(role, band), SEND_ON)
        case Role.BISIDDER:
            return (GOT_SAID, TO_CORRECT)
        case _:
            return ()


def answerable(role: Role, band: Band) -> Mapping[str, Question]:
    """Everything somebody of this role and age may answer, by id."""
    found = (*asked(role, band), *more(role, band), *after(role, band))
    if role == Role.YOUNG_PERSON:
        found = (TIME, *found, ANOTHER_WAY)
    return {question.id: question for question in found}
