"""What follows when another way is asked for: tasks, their days, ticks, and three in a row."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain import ways
from server.domain.checklist import Reply, wish
from server.domain.ways import Outcome, Plan, State, TaskKind, Tick

ZONE = ZoneInfo("Europe/Copenhagen")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
PLAN = Plan(NOON + timedelta(hours=1), NOON + timedelta(hours=2))
MINUTE = timedelta(minutes=1)


def reply(question: str, answer: str, at: datetime = NOON, session: int = 1, **more) -> Reply:
    return Reply(question, answer, at, session, **more)


def only(*replies: Reply, ticks: tuple[Tick, ...] = (), plan: Plan = PLAN) -> ways.Task:
    (task,) = ways.tasks(replies, ticks, plan, ZONE)
    return task


@pytest.mark.parametrize(
    ("question", "answer", "kind", "due"),
    [
        ("another_way", "phone", TaskKind.CALL, "25 14:00"),
        ("another_way", "walk", TaskKind.CALL, "25 14:00"),
        ("another_way", "time", TaskKind.TIME, "27 16:00"),
        ("another_way", "place", TaskKind.PLACE, "27 16:00"),
        ("another_way", "meet", TaskKind.MEET, "27 16:00"),
        ("way", "phone", TaskKind.CALL, "25 14:00"),
        ("way", "walk", TaskKind.CALL, "25 14:00"),
        ("way", "meet", TaskKind.MEET, "27 16:00"),
        ("time", "another", TaskKind.TIME, "27 16:00"),
        ("afterwards", "host_calls", TaskKind.CALL_TOMORROW, "26 16:00"),
        ("call_me", "today", TaskKind.CALL_ME, "25 13:00"),
    ],
)
def test_each_wish_becomes_a_task_with_a_day_to_it(question, answer, kind, due):
    """P3, S14: whatever was asked for has somebody to do it and a day they can be held to."""
    task = only(reply(question, answer))
    assert (task.kind, task.state, task.waits) == (kind, State.OPEN, True)
    assert task.due.astimezone(ZONE).strftime("%d %H:%M") == due


@pytest.mark.parametrize(
    ("question", "answer"),
    [("another_way", "write"), ("way", "video"), ("way", "video_host_only"), ("way", "write"),
     ("heard", "maybe"), ("afterwards", "nothing"), ("time", "fits")],
)  # fmt: skip
def test_what_the_server_does_by_itself_is_nobodys_task(question, answer):
    assert ways.tasks([reply(question, answer)], [], PLAN, ZONE) == ()


def test_on_a_friday_the_answer_is_there_on_tuesday_and_tomorrow_is_monday():
    friday = NOON + timedelta(days=2)
    plan = Plan(friday, friday + timedelta(hours=1))
    asked = only(reply("another_way", "meet", friday), plan=plan)
    assert asked.due.astimezone(ZONE).strftime("%A") == "Tuesday"
    call = only(reply("afterwards", "host_calls", friday), plan=plan)
    assert call.due.astimezone(ZONE).strftime("%A") == "Monday"


def test_each_topic_for_when_the_two_meet_is_a_task_of_its_own():
    """S21."""
    found = ways.tasks(
        [reply("topics", "school=yes family=when_we_meet money=when_we_meet")], [], PLAN, ZONE
    )
    assert [(t.kind, t.subject) for t in found] == [
        (TaskKind.TOPIC, "family"),
        (TaskKind.TOPIC, "money"),
    ]
    ticks = [Tick(TaskKind.TOPIC, Outcome.DONE, NOON + MINUTE, "family")]
    after = ways.tasks([reply("topics", "family=when_we_meet")], ticks, PLAN, ZONE)
    assert [t.waits for t in after] == [False]


def test_a_tick_counts_until_it_is_asked_for_again():
    """S14: done is done, and a new press waits anew."""
    done = Tick(TaskKind.CALL, Outcome.DONE, NOON + MINUTE)
    assert not only(reply("another_way", "phone"), ticks=(done,)).waits
    again = reply("another_way", "phone", NOON + 2 * MINUTE)
    assert only(reply("another_way", "phone"), again, ticks=(done,)).waits


def test_who_was_not_reached_is_still_waited_for():
    tried = Tick(TaskKind.CALL, Outcome.NOT_REACHED, NOON + MINUTE)
    task = only(reply("another_way", "phone"), ticks=(tried,))
    assert (task.state, task.waits) == (State.NOT_REACHED, True)


def test_a_meeting_in_person_that_is_agreed_waits_until_it_was_held():
    when = NOON + timedelta(days=6)
    agreed = Tick(TaskKind.MEET, Outcome.AGREED, NOON + MINUTE, starts=when, place="club")
    task = only(reply("another_way", "meet"), ticks=(agreed,))
    assert (task.state, task.due, task.place, task.waits) == (State.AGREED, when, "club", True)
    met = Tick(TaskKind.MEET, Outcome.DONE, when)
    assert not only(reply("another_way", "meet"), ticks=(agreed, met)).waits


@pytest.mark.parametrize("kind", [TaskKind.TIME, TaskKind.PLACE])
def test_a_wish_that_was_met_holds_the_gate_no_longer(kind):
    """P3: else a meeting moved as she wished would be one she cannot come to."""
    pressed = reply("another_way", kind.value)
    agreed = Tick(kind, Outcome.AGREED, NOON + MINUTE)
    assert wish(ways.ungranted([pressed], [])) is pressed
    assert wish(ways.ungranted([pressed], [agreed])) is None
    later = reply("another_way", "phone", NOON + 2 * MINUTE)
    assert wish(ways.ungranted([pressed, later], [agreed])) is later


def test_a_call_that_was_made_is_no_new_time():
    pressed = reply("another_way", "phone")
    assert ways.ungranted([pressed], [Tick(TaskKind.CALL, Outcome.DONE, NOON + MINUTE)]) == (
        pressed,
    )


def test_a_broken_line_is_a_call_to_make_now():
    """S29, P12."""
    task = only(plan=Plan(PLAN.starts, PLAN.ends, broken_at=NOON))
    assert (task.kind, task.due) == (TaskKind.CALL_BACK, NOON)


def test_presses_close_together_are_one_use():
    """A change of mind among the cards, and a mail scanner that presses every one of them."""
    assert ways.uses([NOON + timedelta(seconds=n) for n in range(12)]) == 1
    assert ways.uses([NOON, NOON + 2 * MINUTE]) == 2


@pytest.mark.parametrize(
    ("meetings", "think"),
    [
        ([([NOON], False), ([NOON + timedelta(days=7)], False)], False),
        ([([NOON], False), ([NOON + timedelta(days=n) for n in (7, 8)], True)], True),
        ([([NOON], False), ([], True), ([NOON + timedelta(days=n) for n in (7, 8)], True)], False),
        ([([NOON], False), ([], False), ([NOON + timedelta(days=n) for n in (7, 8)], True)], True),
        ([], False),
    ],
)
def test_three_uses_in_a_row_are_a_quiet_word_to_the_caseworker(meetings, think):
    """Domain pack 4.0; a talk held without a press ends the row."""
    assert ways.think_of_meeting(meetings) is think


@pytest.mark.parametrize(
    ("local", "clear"),
    [("2026-11-25T09:00", False), ("2026-11-25T16:00", True), ("2026-11-25T18:00", False),
     ("2026-11-28T09:00", True), ("2026-11-25T15:00", True), ("2026-11-25T19:00", True)],
)  # fmt: skip
def test_a_time_outside_school_and_supper_is_known(local, clear):
    starts = datetime.fromisoformat(local).replace(tzinfo=ZONE)
    assert ways.outside_school_and_meals(starts, ZONE) is clear


def test_the_most_pressing_comes_first():
    found = ways.tasks([reply("another_way", "meet"), reply("call_me", "today")], [], PLAN, ZONE)
    assert [task.kind for task in found] == [TaskKind.CALL_ME, TaskKind.MEET]
