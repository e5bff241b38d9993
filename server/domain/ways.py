"""What follows when a young person asks for another way: tasks, and where each of them stands.

A task is never kept. It is worked out from what was said (replies), from which of the
caseworker's times and places was picked, and from what the caseworker ticked. Pressing asks no
reason and goes to the caseworker alone (P3); the young person reads what will happen, and a day
by which they have an answer (S14). Start reading at `tasks`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain import checklist
from server.domain.checklist import Reply
from server.domain.weekdays import SATURDAY, answer_by, next_weekday

CLOSES = time(16, 0)  # an answer promised for a day is there before the office closes
TALK_WITHIN = timedelta(days=30)  # about a topic that is kept for when the two meet
ONE_USE = timedelta(minutes=1)  # presses this close are one change of mind, or a mail scanner
USES = 3  # in a row, before the caseworker is quietly asked to think of meeting
ANY_SESSION = 0


class TaskKind(StrEnum):
    CALL = "call"  # phone instead, or a walk with the phone
    TIME = "time"
    PLACE = "place"
    MEET = "meet"
    TOPIC = "topic"  # "kun når vi mødes"
    CALL_TOMORROW = "call_tomorrow"  # what was wished for afterwards (U11)
    CALL_ME = "call_me"  # asked for after leaving (D11)
    CALL_BACK = "call_back"  # the line broke and has not come back (D4)
    SHARE = "share"  # the wish for afterwards, to be said aloud before the home hears it (S44)
    FAREWELL = "farewell"  # "Tak for i dag", for who has left (D11)


class OptionKind(StrEnum):
    TIME = "time"
    SCHOOL = "school"
    CLUB = "club"
    MUNICIPALITY = "municipality"
    PLACE = "place"  # in the caseworker's own words


class Outcome(StrEnum):
    """What the caseworker says became of a task."""

    DONE = "done"
    NOT_REACHED = "not_reached"
    AGREED = "agreed"  # a time or a place is settled; to be met in person, not met yet


class State(StrEnum):
    OPEN = "open"
    NOT_REACHED = "not_reached"
    AGREED = "agreed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing the caseworker said about one task. A change of mind is another tick."""

    kind: TaskKind
    outcome: Outcome
    at: datetime
    subject: str = ""  # the topic, where there are several tasks of a kind
    starts: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    kind: TaskKind
    since: datetime
    due: datetime
    state: State = State.OPEN
    subject: str = ""
    session: int = ANY_SESSION  # the device it was asked for on
    starts: datetime | None = None
    place: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        if self.kind == TaskKind.FAREWELL:
            return self.state == State.AGREED  # said, and so to be kept
        if self.state == State.DONE:
            return False
        return self.state != State.AGREED or self.kind == TaskKind.MEET


@dataclass(frozen=True, slots=True)
class Plan:
    """What tasks are counted from: the meeting's times, and a line that broke and is not back."""

    starts: datetime
    ends: datetime
    broken_at: datetime | None = None
    left_at: datetime | None = None


# What each wish turns into. Writing and not being seen need nobody to do anything (forwarding).
FROM_BUTTON: Mapping[str, TaskKind] = {
    "phone": TaskKind.CALL,
    "walk": TaskKind.CALL,
    "time": TaskKind.TIME,
    "place": TaskKind.PLACE,
    "meet": TaskKind.MEET,
}
FROM_ANSWER: Mapping[tuple[str, str], TaskKind] = {
    ("way", "phone"): TaskKind.CALL,
    ("way", "walk"): TaskKind.CALL,
    ("way", "meet"): TaskKind.MEET,
    ("time", "another"): TaskKind.TIME,
    ("afterwards", "host_calls"): TaskKind.CALL_TOMORROW,
    ("call_me", "today"): TaskKind.CALL_ME,
}
# What the people one lives with can do something about, without a word of the talk (S44).
SHAREABLE = frozenset({"alone", "with_someone", "something_fun"})
CALLS = frozenset({TaskKind.CALL, TaskKind.CALL_TOMORROW, TaskKind.CALL_ME, TaskKind.CALL_BACK})
# Settled by the caseworker's yes, so that the gate opens again at the new time or place.
GRANTED = frozenset({TaskKind.TIME, TaskKind.PLACE})
MAY_BECOME: Mapping[TaskKind, frozenset[Outcome]] = {
    kind: frozenset(
        {Outcome.DONE, Outcome.NOT_REACHED}
        if kind in CALLS
        else {Outcome.AGREED, Outcome.DONE}
        if kind in {TaskKind.MEET, TaskKind.FAREWELL, *GRANTED}
        else {Outcome.DONE}
    )
    for kind in TaskKind
}


def tasks(
    replies: Iterable[Reply], ticks: Iterable[Tick], plan: Plan, zone: ZoneInfo
) -> tuple[Task, ...]:
    """Work out every task of one meeting, the most pressing first."""
    said = list(replies)
    ticked = sorted(ticks, key=lambda t: t.at)
    found: dict[tuple[TaskKind, str], Task] = {}
    for asked in _asked(said):
        kind, subject, reply = asked
        task = Task(
            kind, reply.at, _due(kind, reply.at, plan, zone), subject=subject, session=reply.session
        )
        known = found.get((kind, subject))
        if known is None or known.since < task.since:
            found[kind, subject] = task
    if plan.broken_at is not None:
        found[TaskKind.CALL_BACK, ""] = Task(TaskKind.CALL_BACK, plan.broken_at, plan.broken_at)
    if plan.left_at is not None:
        due = datetime.combine(next_weekday(plan.left_at.astimezone(zone).date()), CLOSES, zone)
        found[TaskKind.FAREWELL, ""] = Task(TaskKind.FAREWELL, plan.left_at, due)
    standing = [_ticked(task, ticked) for task in found.values()]
    return tuple(sorted(standing, key=lambda t: (t.due, t.kind, t.subject)))


def leads_to(reply: Reply) -> TaskKind | None:
    """The kind of task an answer makes, if it makes one."""
    if reply.question == "another_way":
        return FROM_BUTTON.get(reply.answer)
    if reply.question == "topics":
        return TaskKind.TOPIC
    return FROM_ANSWER.get((reply.question, reply.answer))


def to_say_aloud(replies: Iterable[Reply], ticks: Iterable[Tick]) -> str:
    """The wish for afterwards that the young person would let the home hear, until it has been
    said aloud; empty when there is none. A new wish is to be asked about anew (S44, P4)."""
    asked = _to_share(checklist.standing(replies, ANY_SESSION))
    if asked is None:
        return ""
    wish_now, since = asked
    said = any(t.kind == TaskKind.SHARE and t.at >= since for t in ticks)
    return "" if said else wish_now


def waits_for_goodbye(left_at: datetime | None, ticks: Iterable[Tick]) -> bool:
    """Whether they went and nothing has been said to them since (D11)."""
    return left_at is not None and not any(
        t.kind == TaskKind.FAREWELL and t.at >= left_at for t in ticks
    )


def _to_share(newest: Mapping[str, Reply]) -> tuple[str, datetime] | None:
    wished, shared = newest.get("afterwards"), newest.get("afterwards_shared")
    if wished is None or shared is None or shared.answer != "yes" or shared.at < wished.at:
        return None
    return (wished.answer, shared.at) if wished.answer in SHAREABLE else None


def ungranted(replies: Iterable[Reply], ticks: Iterable[Tick]) -> tuple[Reply, ...]:
    """Leave out wishes that were met: once another time or place is settled, the gate asks no
    more about it. A press after that is a new wish."""
    met = [tick.at for tick in ticks if tick.kind in GRANTED and tick.outcome == Outcome.AGREED]
    since = max(met, default=None)
    return tuple(
        reply for reply in replies if since is None or reply.at > since or not _may_be_met(reply)
    )


def uses(presses: Iterable[datetime]) -> int:
    """Count uses of the neutral button: presses within a minute of each other are one."""
    count = 0
    last: datetime | None = None
    for moment in sorted(presses):
        if last is None or moment - last > ONE_USE:
            count += 1
        last = moment
    return count


def think_of_meeting(meetings: Sequence[tuple[Sequence[datetime], bool]]) -> bool:
    """Whether the neutral button was used three times in a row (domain pack 4.0).

    `meetings` are oldest first: the presses in each, and whether the talk was held. A talk that
    was held without a press ends the row.
    """
    row = 0
    for presses, held in reversed(meetings):
        if held and not presses:
            break
        row += uses(presses)
    return row >= USES


def outside_school_and_meals(starts: datetime, zone: ZoneInfo) -> bool:
    """Whether a time keeps clear of lessons and of supper, when others sit close by (U1)."""
    local = starts.astimezone(zone)
    lessons = local.weekday() < SATURDAY and time(8) <= local.time() < time(15)
    supper = time(17, 30) <= local.time() < time(19)
    return not (lessons or supper)


def _asked(said: Sequence[Reply]) -> Iterable[tuple[TaskKind, str, Reply]]:
    wish = checklist.wish(said)
    if wish is not None and wish.answer in FROM_BUTTON:
        yield FROM_BUTTON[wish.answer], "", wish
    newest = checklist.standing(said, ANY_SESSION)
    for reply in newest.values():
        kind = FROM_ANSWER.get((reply.question, reply.answer))
        if kind is not None:
            yield kind, "", reply
    if _to_share(newest) is not None:
        yield TaskKind.SHARE, "", newest["afterwards_shared"]
    for topic, answer in checklist.topics(newest.get("topics")).items():
        if answer == "when_we_meet":
            yield TaskKind.TOPIC, topic, newest["topics"]


def _due(kind: TaskKind, since: datetime, plan: Plan, zone: ZoneInfo) -> datetime:
    match kind:
        case TaskKind.CALL:
            return max(since, plan.starts)
        case TaskKind.TIME | TaskKind.PLACE | TaskKind.MEET:
            return datetime.combine(answer_by(since, zone), CLOSES, zone)
        case TaskKind.TOPIC:
            return since + TALK_WITHIN
        case TaskKind.CALL_TOMORROW:
            day = max(plan.starts, since).astimezone(zone).date()
            return datetime.combine(next_weekday(day), CLOSES, zone)
        case _:
            return since


def _ticked(task: Task, ticks: Sequence[Tick]) -> Task:
    own = [
        t for t in ticks if t.kind == task.kind and t.subject == task.subject and t.at >= task.since
    ]
    if not own:
        return task
    last = own[-1]
    due = last.starts if last.starts is not None else task.due
    return Task(
        task.kind, task.since, due, State(last.outcome.value), task.subject, task.session,
        last.starts, last.place,
    )  # fmt: skip


def _may_be_met(reply: Reply) -> bool:
    return reply.question == "another_way" or (reply.question, reply.answer) == ("time", "another")
