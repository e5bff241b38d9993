"""Sentences for the host to begin with, chosen by what the young person answered (4.2, 4.5).

They are said aloud, so they stand in words the young person's own age understands.
"""

from server.domain import checklist
from server.services.snapshot import Snapshot
from server.texts import Voice

NO_SESSION = 0
AT_MOST = 4
# What was answered, and the line that fits it; the first of a question that fits is taken.
BY_ANSWER = (
    ("heard", ("maybe", "find_other"), "script.yes-no"),
    ("way", ("video_host_only",), "script.not-seen"),
    ("way", ("write",), "script.write"),
    ("company", ("at_start",), "script.at-start"),
    ("company", ("unsure",), "script.company"),
    ("bisidder", ("tell_me_more", "maybe_later"), "script.bisidder"),
    ("first", ("own",), "script.first"),
)
ALWAYS = ("script.hello", "script.place")


def lines(shot: Snapshot, voice: Voice) -> list[str]:
    """At most four sentences, the first to be said first."""
    counted = checklist.standing(shot.young.replies, NO_SESSION)
    found = [
        sentence
        for question, answers, sentence in BY_ANSWER
        if question in counted and counted[question].answer in answers
    ]
    if checklist.topics(counted.get("topics")) and "script.first" not in found:
        found.append("script.topics")
    chosen = [ALWAYS[0], *found]
    if "script.yes-no" not in found:
        chosen.insert(1, ALWAYS[1])
    return [as_the_child_hears_it(shot, voice, one) for one in chosen[:AT_MOST]]


def frame(shot: Snapshot, voice: Voice) -> str:
    """The one honest text at the start of every talk, by age (S33; domain pack 3.0.8)."""
    return as_the_child_hears_it(shot, voice, "frame.text")


def as_the_child_hears_it(shot: Snapshot, voice: Voice, sentence: str) -> str:
    """A sentence in the words of the young person's age, for whoever says it aloud."""
    known = voice.known | {
        "navn": shot.host.name,
        "barn": shot.young.name,
        "hjem": shot.home,
    }
    return voice.texts.say(voice.language, shot.band, sentence, **known)
