"""What each answer changes, that the person sees at once: "Så gør vi sådan" (domain pack 4.0).

An answer without an effect does not belong on the list. Each line is an icon and, in the
catalogues, the sentence `e.<question>.<answer>.<n>`.
"""

from collections.abc import Mapping

EFFECTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "way": {
        "video": ("video",),
        "video_host_only": ("video-off", "eye"),
        "phone": ("phone",),
        "write": ("message-square-text", "folder"),
        "meet": ("armchair", "video"),
        "walk": ("footprints",),
    },
    "heard": {
        "no": ("check",),
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
    "not_there": {"nobody": ("check",), "someone_else": ("message-circle",), "named": ("users",)},
    "bisidder": {
        "know_who": ("users",),
        "find_one": ("users", "phone"),
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
    "written": {"tell_me": ("folder", "users", "house"), "fine": ("check",)},
    "another_way": {
        "write": ("message-square-text", "folder"),
        "phone": ("phone",),
        "time": ("clock",),
        "place": ("map-pin",),
        "meet": ("armchair",),
    },
    "guest_room": {"alone": ("check",), "beside": ("users",), "not_alone": ("map-pin",)},
    "secrecy": {"understood": ("check",), "under_15": ("users",)},
}

# After these the page offers other ways at once, before anybody has to ask (U4).
OFFERS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("heard", "maybe"): ("write", "phone", "time", "place", "meet"),
    ("heard", "find_other"): ("write", "phone", "time", "place", "meet"),
}
OFFER_ICONS: Mapping[str, str] = {
    "write": "message-square-text",
    "phone": "phone",
    "time": "clock",
    "place": "map-pin",
    "meet": "armchair",
}


def effect(question: str, answer: str) -> tuple[str, tuple[str, ...]]:
    """Name the effect of an answer and its icons; several people or topics have one effect."""
    known = EFFECTS[question]
    if answer in known:
        return answer, known[answer]
    other = "named" if question == "not_there" else "chosen"
    return other, known[other]
