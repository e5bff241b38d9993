"""What the host is told when something happens around the talk, and the one line to say.

An alert is a fact about the talk, never a verdict on the young person. The page opens one of those
that stand, with its line to say: a tired caseworker reads one sentence, not five.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain import during as rules
from server.domain.during import Ask, Kind
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services.during import CASEWORKER, HOME
from server.texts import Voice
from server.ws import script_lines
from server.ws.line import Line
from server.ws.live import Live

CALL_BACK_LABELS = {
    15: "during.call-back.15",
    60: "during.call-back.60",
    120: "during.call-back.120",
}
ANSWERS = {rules.YES: "during.yes", rules.NO: "during.no"}


@dataclass(frozen=True, slots=True)
class Alert:
    """`say` is a line for the host to say; `presses` are what can be done about it, at once."""

    id: str
    title: str
    text: str = ""
    say: str = ""
    presses: tuple[Mapping[str, Any], ...] = ()


def in_order(found: Iterable[Alert], order: Sequence[str], voice: Voice) -> list[dict[str, Any]]:
    """Put alerts in this order. The page shows one at a time, so each keeps its line to say."""
    return [
        {
            "id": alert.id,
            "title": alert.title,
            "text": alert.text,
            "say": voice.say("alert.say", line=alert.say) if alert.say else "",
            "presses": list(alert.presses),
        }
        for alert in sorted(found, key=lambda alert: order.index(alert.id))
    ]


def found(live: Live, line: Line) -> Iterator[Alert]:
    """Everything that stands now, in no order."""
    for standing in STANDING:
        alert = standing(live, line)
        if alert is not None:
            yield alert


def change_subject(voice: Voice) -> Alert:
    """What the young person's harmless card means (D1), and one press that offers another way."""
    return Alert(
        "change-subject",
        voice.say("alert.change-subject.title"),
        say=voice.say("alert.change-subject.text"),
        presses=(
            _press(voice, "during.ask.another-time", "ask", line=Ask.ANOTHER_TIME),
            _press(voice, "during.ask.phone", "ask", line=Ask.PHONE),
        ),
    )


def _away(live: Live, line: Line) -> Alert | None:
    if not live.shot.host_away:
        return None
    say, phone = line.voice.say, live.shot.young_phone
    return Alert(
        "away",
        say("alert.away.title"),
        say("alert.away.phone", nummer=phone) if phone else say("alert.away.text"),
        presses=(
            _press(line.voice, "alert.away.nobody", "come_back", main=True, heard="nobody"),
            _press(line.voice, "alert.away.somebody", "come_back", heard="somebody"),
            _press(line.voice, CALL_BACK_LABELS[15], "promise_call", minutes=15),
        ),
    )


def _back(live: Live, line: Line) -> Alert | None:
    mark = rules.came_back(live.shot.marks, live.now)
    if mark is None:
        return None
    say = line.voice.say
    words = "alert.back.somebody" if mark.answer == "somebody" else "alert.back.nobody"
    return Alert("back", say("alert.back.title"), say=say(words))


def _two_left(live: Live, line: Line) -> Alert | None:
    if not live.shot.is_for_two:
        return None
    say = line.voice.say
    return Alert("two-left", say("alert.two-left.title"), say("alert.two-left.text"))


def _calm(live: Live, line: Line) -> Alert | None:
    if rules.standing(live.shot.marks, Kind.CALM) is None:
        return None
    say = line.voice.say
    promised = live.shot.calls_back
    return Alert(
        "calm",
        say("alert.calm.title"),
        say("alert.calm.promised", klokken=_clock(live, promised)) if promised else "",
        say=say("alert.calm.say"),
        presses=(
            *(
                _press(line.voice, CALL_BACK_LABELS[minutes], "promise_call", minutes=minutes)
                for minutes in rules.CALL_BACK_WITHIN[1:]
            ),
            _press(line.voice, "alert.calm.off", "calm", on=False),
        ),
    )


def _adult(live: Live, line: Line) -> Alert | None:
    mark = rules.standing(live.shot.marks, Kind.ADULT)
    if mark is None:
        return None
    say, shot = line.voice.say, live.shot
    names = {str(person.seat): person.name for person in shot.people}
    known = {HOME: shot.home, CASEWORKER: say("line.you")}
    whom = known.get(mark.value) or names.get(mark.value, "")
    text = "alert.adult.you" if mark.value == CASEWORKER else "alert.adult.text"
    return Alert(
        "adult",
        say("alert.adult.title", hvem=whom),
        say(text, hvem=whom),
        presses=(_press(line.voice, "during.seen", "take_away", what="adult"),),
    )


def _doubt(live: Live, line: Line) -> Alert | None:
    if rules.standing(live.shot.marks, Kind.DOUBT) is None:
        return None
    say, phone = line.voice.say, live.shot.young_phone
    return Alert(
        "doubt",
        say("alert.doubt.title"),
        say("alert.doubt.phone", nummer=phone) if phone else "",
        say=say("alert.doubt.say"),
        presses=(
            _press(line.voice, "during.on-screen", "ask", line=Ask.VOICE),
            _press(line.voice, "alert.doubt.off", "doubt", on=False, message=None),
        ),
    )


def _ask(live: Live, line: Line) -> Alert | None:
    mark = rules.standing(live.shot.marks, Kind.ASK)
    if mark is None:
        return None
    say = line.voice.say
    asked = say(f"ask.{mark.value}")
    off = _press(line.voice, "during.ask.off", "take_away", what="ask")
    if mark.answer:
        said = say(ANSWERS[mark.answer])
        return Alert("answered", say("alert.answered.title", svar=said), asked, presses=(off,))
    return Alert("asking", say("alert.asking.title"), asked, presses=(off,))


def _card(live: Live, line: Line) -> Alert | None:
    mark = rules.standing(live.shot.marks, Kind.CARD)
    if mark is None:
        return None
    say = line.voice.say
    return Alert(
        "card",
        say("alert.card.title"),
        say(f"alert.card.{mark.value}"),
        say=say(f"alert.card.{mark.value}.say"),
        presses=(_press(line.voice, "during.seen", "take_away", what="card"),),
    )


def _paused_away(live: Live, line: Line) -> Alert | None:
    """Somebody's line broke in the middle of their pause, which would hold for ever."""
    for person in live.shot.people:
        call = person.admitted
        if call is None or not call.paused or person.barred or person.passed_by:
            continue
        if person.broken and live.line_of(call.session) is None:
            say, name = line.voice.say, person.name
            return Alert(
                "paused-away",
                say("alert.paused-away.title", hvem=name),
                say("alert.paused-away.text", hvem=name),
                presses=(
                    _press(
                        line.voice, "during.go-on", "go_on_without", main=True, seat=person.seat
                    ),
                ),
            )
    return None


def _camera(live: Live, line: Line) -> Alert | None:
    """The young person turned it off a moment ago, and it is off (D7)."""
    mark = rules.newest(live.shot.marks, Kind.CAMERA_OFF)
    call = live.shot.young.admitted
    if not rules.is_fresh(mark, live.now) or call is None or call.camera:
        return None
    return Alert("camera-off", line.voice.say("alert.camera-off.title"))


def _opening(live: Live, line: Line) -> Alert | None:
    """How it is written down, said aloud before anything else is (S33)."""
    is_here = any(person.role == Role.YOUNG_PERSON for person, _ in live.circle())
    if not is_here or rules.newest(live.shot.marks, Kind.SAID) is not None:
        return None
    say, company = line.voice.say, live.shot.host.company
    words = say("alert.opening.with", hvem=company) if company else say("alert.opening.say")
    return Alert(
        "opening",
        say("alert.opening.title"),
        say=f"{script_lines.frame(live.shot, line.voice)} {words}",
        presses=(_press(line.voice, "alert.opening.said", "said"),),
    )


def _writing(live: Live, line: Line) -> Alert | None:
    """A line for whoever looks down and writes (D2); nobody needs it without company."""
    is_with_somebody = any(call.standing == Standing.ADMITTED for call in live.shot.young.calls)
    if not line.writing or not is_with_somebody:
        return None
    say = line.voice.say
    return Alert("writing", say("alert.writing.title"), say=say("alert.writing.say"))


def _press(
    voice: Voice, label: str, deed: str, *, main: bool = False, **fields: object
) -> dict[str, Any]:
    return {"label": voice.say(label), "main": main, "deed": {"type": deed, **fields}}


def _clock(live: Live, moment: Any) -> str:
    return str(moment.astimezone(live.zone).strftime("%H.%M"))


STANDING = (
    _away, _back, _two_left, _calm, _adult, _doubt, _ask, _card, _paused_away, _camera, _opening,
    _writing,
)  # fmt: skip
