"""What the home has to do and by when: on its page, in the young person's preview of it (C9), and
in what the home says about one of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.http.dates import spoken
from server.services.handing_over import Handover
from server.texts import Voice

Due = tuple[datetime, str]


def rows(tasks: Iterable[Due], zone: ZoneInfo, language: str) -> list[dict[str, Any]]:
    return [
        {
            "weekday": spoken(due, zone, language, "weekday"),
            "day": spoken(due, zone, language, "short-day"),
            "words": words,
        }
        for due, words in tasks
    ]


def of_home(voice: Voice, handover: Handover) -> list[Due]:
    """Everything the home has to do, the next first: a room at each time it was told, and what was
    agreed and chosen to be told."""
    rooms = [(time.starts, voice.say("home.tasks.room")) for time in handover.times]
    agreed = [(task.due, task.words) for task in handover.tasks]
    return sorted([*rooms, *agreed], key=lambda task: task[0])


def sentences(tasks: Iterable[Due], zone: ZoneInfo, language: str) -> list[str]:
    """Each as the home names it when it cannot be kept, with its day."""
    return [f"{_begun(spoken(due, zone, language, 'day'))}: {words}" for due, words in tasks]


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
