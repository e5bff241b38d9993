"""Which table is of which class (server/domain/forgetting.py): how long its rows are kept.

A table without a class is an error of ours, and a test fails. The tables of a timed class hang on
a meeting, by their own column, a seat or an option; the leased job of that meeting deletes them.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, Table, and_, not_, select

from server.domain.during import Heard
from server.domain.during import Kind as Marks
from server.domain.forgetting import Keep
from server.store.base import Base

KEEPING: Mapping[str, Keep] = (
    dict.fromkeys(("replies",), Keep.ANSWERS)
    | dict.fromkeys(("team_lines",), Keep.TWO)
    | dict.fromkeys(("drafts",), Keep.TYPING)
    | dict.fromkeys(("asked_again",), Keep.TALK)
    | dict.fromkeys(("emergency_cards",), Keep.DAY)
    | dict.fromkeys(("asides", "marks"), Keep.WEEK)
    | dict.fromkeys(("interruptions", "options", "picks"), Keep.QUARTER)
    | dict.fromkeys(
        (
            "meetings", "seats", "visits", "chats", "items", "wordings", "choices", "asked_alone",
            "place_reviews", "decisions", "requests", "promises", "ticks", "incident_ticks",
            "comments", "word_wishes", "telling_answers", "exports", "seconded", "aftercares",
        ),
        Keep.CASE,
    )
    | dict.fromkeys(
        ("handovers", "releases", "told", "told_times", "home_answers", "home_replies",
            "support_requests", "receipts"),
        Keep.HOME,
    )
    | dict.fromkeys(
        ("accounts", "first_links", "young_people", "placements", "home_mails", "restrictions",
            "known_devices", "remembered", "pass_on_lists", "pass_on_entries", "holds"),
        Keep.PEOPLE,
    )
    # Codes have a clock of their own: one may be said long after the meeting.
    | dict.fromkeys(("sessions", "jobs", "trail", "codes", "code_tries"), Keep.MACHINE)
)  # fmt: skip

# Marks that are part of the record: a note to be locked stays so, and what became an incident.
RECORDED = frozenset({Marks.LOCK, Marks.SAID, Marks.OTHERS_OUT})


def of_classes(classes: Iterable[Keep]) -> list[Table]:
    """The tables of these classes, those first whose rows belong to another's."""
    wanted = set(classes)
    return [t for t in reversed(Base.metadata.sorted_tables) if KEEPING.get(t.name) in wanted]


def of_meeting(table: Table, meeting: int) -> ColumnElement[bool]:
    """Which rows of a table go with one meeting, when their time is over."""
    within = BY_COLUMN[next(name for name in BY_COLUMN if name in table.c)](table, meeting)
    if table.name != "marks":
        return within
    heard = and_(table.c.kind == Marks.AWAY, table.c.answer == Heard.SOMEBODY)
    return and_(within, table.c.kind.not_in(list(RECORDED)), not_(heard))


def _own(table: Table, meeting: int) -> ColumnElement[bool]:
    return table.c.meeting_id == meeting


def _by_option(table: Table, meeting: int) -> ColumnElement[bool]:
    options = Base.metadata.tables["options"]
    return table.c.option_id.in_(select(options.c.id).where(options.c.meeting_id == meeting))


BY_COLUMN: Mapping[str, Callable[[Table, int], ColumnElement[bool]]] = {
    "meeting_id": _own,
    "option_id": _by_option,
}
