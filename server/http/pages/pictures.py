"""A picture for each answer, for those who point rather than read (6-9 years).

How to talk has drawings of its own (parts/drawings); all else an icon on the same wall.
"""

from collections.abc import Mapping

DRAWINGS: Mapping[str, Mapping[str, str]] = {
    "way": {
        "video": "video_both",
        "video_host_only": "video_one",
        "phone": "ring",
        "write": "write",
        "meet": "meet",
        "walk": "walk",
    },
}
ICONS: Mapping[str, Mapping[str, str]] = {
    "place": {
        "own_room": "bed",
        "common_room": "sofa",
        "car_or_bus": "bus",
        "school_or_club": "school",
        "outdoors": "trees",
        "elsewhere": "map-pin",
        "unsure": "circle-question-mark",
    },
    "heard": {
        "no": "door-closed",
        "yes_okay": "users",
        "maybe": "circle-question-mark",
        "find_other": "split",
    },
    "company": {
        "alone": "user",
        "throughout": "users",
        "at_start": "clock",
        "outside": "door-closed",
        "unsure": "circle-question-mark",
    },
    "not_there": {
        "nobody": "check",
        "caseworker": "users",
        "someone_else": "circle-question-mark",
    },
    "bisidder": {
        "know_who": "heart",
        "find_one": "handshake",
        "no_thanks": "x",
        "tell_me_more": "book-open",
        "maybe_later": "clock",
    },
    "device": {
        "own": "monitor-smartphone",
        "borrowed": "handshake",
        "others_read": "eye",
        "unsure": "circle-question-mark",
    },
    "topics": {
        "school": "school",
        "friends": "users",
        "home": "house",
        "family": "heart",
        "money": "coins",
        "leisure": "volleyball",
        "something_good": "sun",
        "something_hard": "frown",
        "something_else": "circle-question-mark",
    },
    "stop": {
        "cat": "cat",
        "pizza": "pizza",
        "football": "volleyball",
        "hand": "hand",
        "button": "shuffle",
    },
    "afterwards": {
        "alone": "moon",
        "with_someone": "heart",
        "something_fun": "volleyball",
        "talk_to_adult": "message-circle",
        "host_calls": "phone",
        "nothing": "check",
    },
    "easier": {
        "read_aloud": "volume-2",
        "larger_text": "type",
        "drawing": "palette",
        "pauses": "pause",
        "short_questions": "message-circle",
        "language": "languages",
        "sign_language": "hand",
    },
    "around": {
        "speaker": "volume-2",
        "camera": "video",
        "screen": "monitor-smartphone",
        "messages": "message-square-text",
    },
    "feeling": {
        "fine": "smile",
        "bit_off": "meh",
        "bad": "frown",
        "unsure": "circle-question-mark",
    },
    "written": {"tell_me": "book-open", "fine": "check"},
}
SOMEBODY = "user"


def drawings(question: str) -> Mapping[str, str]:
    return DRAWINGS.get(question, {})


def icon(question: str, said: str) -> str:
    """The icon of an answer, of a topic, or of somebody who is invited."""
    return ICONS.get(question, {}).get(said, SOMEBODY)
