"""Who may be let in, by the young person's own list (P2), and what their answers switch.

A no counts at once, from wherever it came. A yes counts only from the device the host has
admitted: the phone may be in someone else's hand. No answer is not a yes, and a person added
after the answer has not been answered about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.checklist import Reply


class Verdict(StrEnum):
    YES = "yes"
    SAID_YES = "said_yes"  # from a device not admitted yet: not enough to let anybody in
    NO = "no"
    OUTSIDE = "outside"  # waits nearby while the two talk alone: as little in as with a no
    NOT_ASKED = "not_asked"


Span = tuple[datetime, datetime | None]  # from, and until: None while it goes on
AT_START = timedelta(minutes=3)  # how long "en med i starten" lasts (U5)
SLIP = timedelta(minutes=1)  # how long a slip of the hand can be taken back
SHUT = frozenset({Verdict.NO, Verdict.OUTSIDE})


@dataclass(frozen=True, slots=True)
class Invited:
    """`by_name`: the young person is asked about this one, and nothing else they said is a yes."""

    seat: int
    added_at: datetime
    by_name: bool = False


def verdict(person: Invited, replies: Iterable[Reply]) -> Verdict:
    """Say what the young person has said about this person coming."""
    said, no_by_name = _heard(person, replies)
    return Verdict.NO if no_by_name else said


def _heard(person: Invited, replies: Iterable[Reply]) -> tuple[Verdict, bool]:
    """What was said about whoever may be there, and whether there is a no to this very person."""
    said = Verdict.NOT_ASKED
    shut = declined = False
    for reply in sorted(replies, key=lambda r: r.at):
        if reply.question == "not_there":
            if str(person.seat) in reply.answer.split():
                shut = True
            elif reply.admitted:
                shut = False
        elif reply.question == "added" and reply.answer.split()[1:] == [str(person.seat)]:
            yes = reply.answer.startswith("yes")
            declined = not yes or (declined and not reply.admitted)
            said = _said_yes(reply, said) if yes else said
        elif reply.question == "company" and reply.at >= person.added_at:
            said = _of_company(reply, said) if person.by_name else _said(reply, said)
    return said, shut or declined


def is_new(person: Invited, replies: Iterable[Reply]) -> bool:
    """Whether there is a small question about this person, with who and why (3.0.2): somebody
    added after the young person had said who may be there, and whoever is asked about by name.

    "Only me" is no answer about the latter, since without an interpreter there may be no talk.
    """
    said = list(replies)
    if person.by_name:
        heard, no_by_name = _heard(person, said)
        return not no_by_name and heard != Verdict.YES
    before = [r.at for r in said if r.question == "company"]
    if not before or max(before) >= person.added_at:
        return False
    return verdict(person, said) in (Verdict.NOT_ASKED, Verdict.SAID_YES)


def is_short_notice(person: Invited, found: Verdict, starts: datetime, notice: timedelta) -> bool:
    """Whether somebody was added with less notice than the house gives a young person, and has no
    yes of theirs: they are held outside (S31, R3)."""
    return starts - person.added_at < notice and found != Verdict.YES


def after_the_start(
    replies: Iterable[Reply], young_in: datetime | None, other_in: datetime | None
) -> tuple[Span, ...]:
    """When somebody wanted at the start only has been there for it, and waits outside (U5).

    The start is the first three minutes the two are in the call together; coming back makes no
    new one. Wanting somebody for less is closing, so it counts from wherever it came; only the
    admitted device takes it back.
    """
    if young_in is None or other_in is None:
        return ()
    over = max(young_in, other_in) + AT_START
    spans: list[Span] = []
    since: datetime | None = None
    for reply in sorted(replies, key=lambda r: r.at):
        if reply.question != "company" or not (reply.admitted or reply.answer == "at_start"):
            continue
        if reply.answer == "at_start":
            since = since or max(over, reply.at)
        elif since is not None:
            spans += [(since, reply.at)] if reply.at > since else []
            since = None
    return (*spans, (since, None)) if since is not None else tuple(spans)


def within(spans: Iterable[Span], now: datetime) -> bool:
    return any(since <= now and (until is None or now < until) for since, until in spans)


def is_under_age(replies: Iterable[Reply]) -> bool:
    """Whether somebody who wants to be a bisidder has said that they are under 15 (§ 6, B4).

    Another device with their link does not take it back: only the one that said it, or the one
    the host let in.
    """
    return _is_shut(replies, "secrecy", lambda r: (r.question, r.answer) == ("secrecy", "under_15"))


def camera_locked(replies: Iterable[Reply]) -> bool:
    """Whether the young person chose not to be seen, or sits in a car or bus (U2, U3).

    Only the device that chose it, or the admitted one, lifts it: what a page promises after
    "after all, with a picture" is then true, and nobody else with the link can have them seen.
    """
    said = tuple(replies)
    return _closed(said, "video_host_only", "write") or _on_the_way(said)


def write_only(replies: Iterable[Reply]) -> bool:
    """Whether the meeting is in writing: microphone and camera stay off at the young person's."""
    return _closed(replies, "write")


def note_opens_here(replies: Iterable[Reply], session: int) -> bool:
    """Whether the note may be shown on this device: only where it was called one's own (U8)."""
    said = [r for r in sorted(replies, key=lambda r: r.at) if r.question == "device"]
    here = [r for r in said if r.session == session]
    return bool(here) and here[-1].answer == "own"


def is_called_not_own(replies: Iterable[Reply], session: int) -> bool:
    """Whether the young person said that this device is borrowed, or that others read along: then
    nothing of theirs is read on it that was not written on it (U8)."""
    said = [r for r in sorted(replies, key=lambda r: r.at) if r.question == "device"]
    here = [r for r in said if r.session == session]
    return bool(here) and here[-1].answer != "own"


def may_be_called_own(
    replies: Iterable[Reply], session: int, now: datetime, *, on_the_way_out: bool
) -> bool:
    """Whether "min egen" still counts from a device whose call is over (U8).

    A borrowed one has been given back by then, and whoever has it now could have the note open on
    it. So what was said stands, but for a slip of the hand; it is said for the first time only by
    those who are asked `on_the_way_out`.
    """
    said = [r for r in sorted(replies, key=lambda r: r.at) if r.question == "device"]
    here = [r for r in said if r.session == session]
    if not here:
        return on_the_way_out
    if here[-1].answer == "own":
        return True
    since = max((n for n, r in enumerate(here) if r.answer == "own"), default=-1) + 1
    return now - here[since].at <= SLIP


def _on_the_way(replies: Iterable[Reply]) -> bool:
    """A car or bus shows where it drives: no picture until the same device, or the admitted
    one, says that they are somewhere else."""
    return _is_shut(replies, "place", lambda r: (r.question, r.answer) == ("place", "car_or_bus"))


def _said(reply: Reply, before: Verdict) -> Verdict:
    match reply.answer:
        case "alone":
            return Verdict.NO
        case "outside":
            return before if before == Verdict.NO and not reply.admitted else Verdict.OUTSIDE
        case "unsure":
            return before if before in SHUT and not reply.admitted else Verdict.NOT_ASKED
        case _:
            return _said_yes(reply, before)


def _of_company(reply: Reply, before: Verdict) -> Verdict:
    """Who may be beside the young person is said of those on their side. To somebody asked about
    by name it is never a yes; "only me" takes one back, also from the middle of the call."""
    if reply.answer in ("alone", "outside"):
        return _said(reply, before) if before in {Verdict.YES, *SHUT} else Verdict.NOT_ASKED
    if before in SHUT:
        return Verdict.NOT_ASKED if reply.admitted else before
    return Verdict.NOT_ASKED if reply.answer == "unsure" else before


def _said_yes(reply: Reply, before: Verdict) -> Verdict:
    if reply.admitted:
        return Verdict.YES
    return before if before in SHUT | {Verdict.YES} else Verdict.SAID_YES


def _closed(replies: Iterable[Reply], *answers: str) -> bool:
    """A way of meeting that shuts, wherever it was chosen: on its own page, or by another way."""

    def shuts(reply: Reply) -> bool:
        wish = reply.question == "way" or (reply.question, reply.answer) == ("another_way", "write")
        return wish and reply.answer in answers

    return _is_shut(replies, "way", shuts)


def _is_shut(replies: Iterable[Reply], question: str, shuts: Callable[[Reply], bool]) -> bool:
    """What a device has shut stays so until the same device, or the one the host let in, answers
    the question otherwise: nobody else with the link opens it."""
    shut_by: set[int] = set()
    for reply in sorted(replies, key=lambda r: r.at):
        if shuts(reply):
            shut_by.add(reply.session)
        elif reply.question != question:
            continue
        elif reply.admitted:
            shut_by.clear()
        else:
            shut_by.discard(reply.session)
    return bool(shut_by)
