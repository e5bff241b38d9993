"""Tasks, times and places in words: for the young person what will happen, for the caseworker
what is to be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.domain.ways import CALLS, OptionKind, Outcome, State, Task, TaskKind
from server.http.dates import spoken
from server.services.tasks import Waiting
from server.services.ways import Offered, Picked
from server.texts import Voice

Line = tuple[str, str]  # an icon and a sentence
ICONS: Mapping[TaskKind, str] = {
    TaskKind.CALL: "phone",
    TaskKind.TIME: "clock",
    TaskKind.PLACE: "map-pin",
    TaskKind.MEET: "armchair",
    TaskKind.TOPIC: "armchair",
    TaskKind.CALL_TOMORROW: "phone",
    TaskKind.CALL_ME: "phone",
    TaskKind.CALL_BACK: "phone",
    TaskKind.FAREWELL: "message-circle",
    TaskKind.SHARE: "house",
}
OWN_PLACES = frozenset(
    kind.value for kind in OptionKind if kind not in (OptionKind.PLACE, OptionKind.TIME)
)
ENDING = 2  # digits of a number that say which telephone it is, and to nobody else


def option_words(voice: Voice, zone: ZoneInfo, offered: Offered) -> str:
    """A time as a day and a clock time, a place by its name."""
    if offered.starts is not None:
        return spoken(offered.starts, zone, voice.language)
    return place_words(voice, offered.place or offered.kind.value)


def place_words(voice: Voice, place: str) -> str:
    return voice.say(f"ways.place.{place}") if place in OWN_PLACES else place


class Promises:
    """What one young person is told will happen, task by task, on a device of theirs."""

    def __init__(
        self,
        voice: Voice,
        zone: ZoneInfo,
        now: datetime,
        *,
        number: str,
        they_call: bool,
        picked: Mapping[TaskKind, Picked],
    ) -> None:
        self.voice = voice
        self.zone = zone
        self.now = now
        self.number = number
        self.they_call = they_call  # agreed beforehand: the young person rings (R8)
        self.picked = picked

    def lines(self, tasks: Sequence[Task]) -> list[Line]:
        return [(ICONS[task.kind], self._say(task)) for task in tasks if _is_told(task)]

    def _say(self, task: Task) -> str:
        key = f"promise.{task.kind.value.replace('_', '-')}"
        match task.kind, task.state:
            case TaskKind.TOPIC, State.OPEN:
                return self.voice.say(key, emne=self.voice.say(f"topic.{task.subject}"))
            case ((TaskKind.MEET | TaskKind.TIME), State.AGREED) if task.starts is not None:
                when = self._when(task.starts)
                where = place_words(self.voice, task.place)
                return self.voice.say(f"{key}.agreed", tid=when, sted=where)
            case ((TaskKind.MEET | TaskKind.PLACE), State.AGREED) if not task.place:
                return self.voice.say("promise.agreed-elsewhere")  # where is said to them alone
            case TaskKind.PLACE, State.AGREED:
                return self.voice.say(f"{key}.agreed", sted=place_words(self.voice, task.place))
            case ((TaskKind.TIME | TaskKind.PLACE), State.OPEN) if task.kind in self.picked:
                words = option_words(self.voice, self.zone, self.picked[task.kind].offered)
                return self.voice.say(f"{key}.picked", valgt=words, dag=self._day(task.due))
            case TaskKind.SHARE, State.DONE:
                return self.voice.say("promise.share.done")
            case _, State.DONE:
                return self.voice.say("promise.done")
            case _, State.NOT_REACHED:
                return self.voice.say("promise.not-reached")
            case TaskKind.CALL, _:
                return self._call(task)
            case _:
                return self.voice.say(key, dag=self._day(task.due))

    def _call(self, task: Task) -> str:
        """Who calls whom, when, and on which telephone: its last digits say enough (P6)."""
        later = task.due > self.now
        when = spoken(task.due, self.zone, self.voice.language, "at")
        day = self._day(task.due)
        if self.they_call or not self.number:
            key = "promise.call.you" if later else "promise.call.you-now"
        else:
            key = "promise.call" if later else "promise.call.now"
        return self.voice.say(key, dag=day, kl=when, ende=self.number[-ENDING:])

    def _day(self, moment: datetime) -> str:
        return spoken(moment, self.zone, self.voice.language, "day")

    def _when(self, moment: datetime) -> str:
        return spoken(moment, self.zone, self.voice.language)


def _is_told(task: Task) -> bool:
    """Nothing is said of having gone, until the caseworker has said something (P8)."""
    return task.kind != TaskKind.FAREWELL or task.state == State.AGREED


def task_words(voice: Voice, task: Task, name: str) -> str:
    """One task as the caseworker reads it."""
    key = f"task.{task.kind.value.replace('_', '-')}"
    topic = voice.say(f"topic.{task.subject}").lower() if task.subject else ""
    return voice.say(key, barn=name, emne=topic)


def state_words(voice: Voice, task: Task, zone: ZoneInfo, now: datetime) -> str:
    """Where a task stands: by when, tried, or settled."""
    when = spoken(task.due, zone, voice.language)
    if task.state == State.NOT_REACHED:
        return voice.say("task.state.not-reached")
    if task.state == State.AGREED:
        return voice.say("task.state.agreed", tid=when)
    if task.due <= now:
        return voice.say("task.state.now")
    return voice.say("task.state.due", tid=when)


def outcomes(task: Task) -> list[tuple[Outcome, str]]:
    """The presses beside a task, as (outcome, id of its words)."""
    match task.kind:
        case TaskKind.MEET if task.state == State.AGREED:
            return [(Outcome.DONE, "task.do.met")]
        case TaskKind.FAREWELL if task.state == State.AGREED:
            return [(Outcome.DONE, "task.do.written")]
        case TaskKind.FAREWELL:
            return [(Outcome.AGREED, "task.do.farewell")]
        case TaskKind.SHARE:
            return [(Outcome.DONE, "task.do.said-aloud")]
        case TaskKind.TOPIC:
            return [(Outcome.DONE, "task.do.talked-of")]
        case TaskKind.TIME | TaskKind.PLACE | TaskKind.MEET:
            return []
        case _:
            return [(Outcome.DONE, "task.do.talked"), (Outcome.NOT_REACHED, "task.do.not-reached")]


def waits(
    voice: Voice, found: Sequence[Waiting], zone: ZoneInfo, now: datetime
) -> list[dict[str, Any]]:
    """The rows of "Det venter de unge på" on the caseworker's day."""
    return [
        {
            "meeting": row.meeting,
            "url": f"/meetings/{row.meeting}/ways",
            "task": row.task.kind.value,
            "subject": row.task.subject,
            "words": task_words(voice, row.task, row.name),
            "state": state_words(voice, row.task, zone, now),
            "late": row.task.due <= now,
            "number": row.phone if row.task.kind in CALLS else "",
            "presses": [(o.value, voice.say(key)) for o, key in outcomes(row.task)],
        }
        for row in found
    ]
