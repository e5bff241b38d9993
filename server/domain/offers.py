"""What each answer changes, that the person sees at once: "Så gør vi sådan" (domain pack 4.0).

An answer without an effect does not belong on the list. Each line is an icon and, in the
catalogues, the sentence `e.<question>.<answer>.<n>`.
"""

from collections.abc import Mapping

EFFECTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "time": {"fits": ("check",), "another": ("clock",), "unsure": ("clock",)},
    "way": {
        "video": ("video",),
        "video_host_only": ("video-off", "eye"),
        "phone": ("phone",),
        "write": ("message-square-text", "folder"),
        "meet": ("armchair", "video"),
        "walk": ("footprints",),
    },
    "place": {
        "own_room": ("check", "door-closed"),
        "common_room": ("door-closed",),
        "car_or_bus": ("video-off", "phone"),
        "school_or_club": ("check", "door-closed"),
        "outdoors": ("footprints", "headphones"),
        "elsewhere": ("map-pin",),
        "unsure": ("map-pin",),
    },
    "heard": {
        "no": ("check", "volume-2"),
        "yes_okay": ("check",),
        "maybe": ("message-circle", "headphones"),
        "find_other": ("split",),
    },
    "company": {
        "alone": ("users",),
        "throughout": ("users",),
        "at_start": ("users",),
        "outside": ("users",),
        "unsure": ("users",),
    },
    "not_there": {
        "nobody": ("check",),
        "caseworker": ("users", "clock", "phone"),
        "someone_else": ("message-circle",),
        "named": ("users",),
    },
    "bisidder": {
        "know_who": ("users",),
        "find_one": ("users", "clock", "phone"),
        "no_thanks": ("check",),
        "tell_me_more": ("users", "check"),
        "maybe_later": ("clock",),
    },
    "device": {
        "own": ("check",),
        "borrowed": ("eye",),
        "others_read": ("eye",),
        "unsure": ("eye",),
    },
    "topics": {"chosen": ("check",)},
    "first": {"own": ("message-circle", "shuffle")},
    "stop": {
        "cat": ("shuffle", "x"),
        "pizza": ("shuffle", "x"),
        "football": ("shuffle", "x"),
        "hand": ("hand", "x"),
        "own": ("shuffle", "x"),
        "button": ("shuffle",),
    },
    "afterwards": {
        "alone": ("check", "house"),
        "with_someone": ("heart", "house"),
        "something_fun": ("smile", "house"),
        "talk_to_adult": ("message-circle", "phone"),
        "host_calls": ("phone",),
        "nothing": ("check",),
    },
    "easier": {
        "read_aloud": ("volume-2",),
        "larger_text": ("type",),
        "drawing": ("palette",),
        "pauses": ("pause",),
        "short_questions": ("message-circle",),
        "language": ("languages",),
        "sign_language": ("hand",),
        "other": ("message-circle",),
        "nothing": ("check",),
    },
    "around": {
        "speaker": ("volume-2",),
        "camera": ("eye", "split"),
        "screen": ("eye",),
        "messages": ("message-square-text",),
        "keep": ("file-text", "message-circle"),
        "nothing": ("check",),
    },
    # fmt: off
    "feeling": {
        "fine": ("check",),
        "bit_off": ("heart",),
        "bad": ("heart",),
        "unsure": ("check",),
    },
    "comfort": {
        "host_calls": ("phone",),
        "someone_i_know": ("heart",),
        "children_line": ("phone",),
        "in_peace": ("moon",),
    },
    "in_peace": {"yes": ("check",), "almost": ("map-pin",), "no": ("map-pin",)},
    "next_time": {
        "as_now": ("check",),
        "another_way": ("split",),
        "another_time": ("clock",),
        "other_people": ("users",),
    },
    "good_place": {"own": ("check",)},
    "reading": {
        "on_screen": ("file-text",),
        "read_aloud": ("volume-2",),
        "on_paper": ("file-text",),
        "together": ("users",),
        "rather_not": ("check",),
    },
    "send_on": {"yes": ("send",), "no": ("check",)},
    "got_said": {"yes": ("check",), "partly": ("message-circle",), "no": ("message-circle",)},
    "to_correct": {"own": ("users",)},
    # fmt: on
    "known": {"nobody": ("check", "house"), "home": ("message-circle",), "unsure": ("check",)},
    "written": {"tell_me": ("folder", "users", "house"), "fine": ("check",)},
    "another_way": {
        "write": ("message-square-text", "folder"),
        "phone": ("phone",),
        "walk": ("footprints",),
        "time": ("clock",),
        "place": ("map-pin",),
        "meet": ("armchair",),
    },
    "guest_room": {
        "alone": ("check", "headphones", "volume-2"),
        "beside": ("users", "volume-2"),
        "not_alone": ("map-pin",),
    },
    "secrecy": {"understood": ("check",), "under_15": ("users", "house")},
    "interpreter_secrecy": {"understood": ("check",), "call_first": ("phone",)},
    "professional_secrecy": {"understood": ("check",), "call_first": ("phone",)},
    "acquainted": {"no": ("check",), "unsure": ("message-circle",), "yes": ("phone",)},
    "dialect": {"sure": ("check",), "try_first": ("languages",)},
    "time_alone": {"yes": ("check",), "not_yet": ("users", "clock")},
    "our_list": {"written": ("check", "eye"), "later": ("clock",)},
    "our_sign": {"written": ("check", "pause"), "later": ("clock",)},
    "on_side": {"no": ("check",), "yes": ("message-circle", "users")},
    "in_touch": {"after_room": ("users",), "by_phone": ("phone",), "we_find_out": ("users",)},
}

# After these the page offers other ways at once, before anybody has to ask (U4).
OFFERS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("place", "common_room"): ("place", "time", "write", "phone"),
    ("place", "car_or_bus"): ("phone", "walk", "time"),
    ("heard", "maybe"): ("write", "phone", "walk", "time", "place", "meet"),
    ("heard", "find_other"): ("write", "phone", "walk", "time", "place", "meet"),
}
OFFER_ICONS: Mapping[str, str] = {
    "write": "message-square-text",
    "phone": "phone",
    "walk": "footprints",
    "time": "clock",
    "place": "map-pin",
    "meet": "armchair",
}


def effects(question: str, answer: str) -> list[tuple[str, tuple[str, ...]]]:
    """Name the effects of an answer, each with its icons. Several people or topics have one
    effect together, several wishes one each; wishing for nothing has one as well."""
    known = EFFECTS[question]
    if answer in known:
        return [(answer, known[answer])]
    if "nothing" in known:
        return [(said, known[said]) for said in answer.split() or ["nothing"]]
    other = "named" if question == "not_there" else "chosen"
    return [(other, known[other])]
