"""What each message about an interruption does (domain pack 4.5). The host's are the host's alone,
the young person's theirs; nothing here opens anybody's camera or microphone (P8)."""

from server.domain.during import Ask, Card, Heard, Kind
from server.domain.errors import Refused
from server.domain.roles import Caseworker, Role
from server.services import arriving, during, interrupting
from server.ws import messages
from server.ws.deeds import Turn, does


def _host(turn: Turn) -> Caseworker:
    """The host, in the room; anybody else is refused."""
    host = turn.host
    turn.require_inside()
    return host


def _young_person_only(turn: Turn) -> None:
    if turn.me.role != Role.YOUNG_PERSON:
        raise Refused("young-person-only")
    turn.require_inside()  # another device with the same link is not in the call


@does(messages.StepAway)
async def step_away(turn: Turn, _: messages.StepAway) -> None:
    _host(turn)
    await during.step_away(turn.db, turn.shot, now=turn.now)


@does(messages.ComeBack)
async def come_back(turn: Turn, message: messages.ComeBack) -> None:
    _host(turn)
    await during.come_back(turn.db, turn.shot, Heard(message.heard), now=turn.now)


@does(messages.LookAway)
async def look_away(turn: Turn, message: messages.LookAway) -> None:
    turn.line.looking_away = message.on and turn.line.is_host


@does(messages.AskOnScreen)
async def ask(turn: Turn, message: messages.AskOnScreen) -> None:
    _host(turn)
    await during.ask(turn.db, turn.shot, Ask(message.line), now=turn.now)


@does(messages.Answer)
async def answer(turn: Turn, message: messages.Answer) -> None:
    """A yes to another time or to the telephone is the same wish as the neutral button's (P3)."""
    _young_person_only(turn)
    wish = await during.answer(turn.db, turn.shot, message.ask, yes=message.yes, now=turn.now)
    if wish is not None:
        await arriving.answer(turn.db, turn.guest, "another_way", wish, "", now=turn.now)


@does(messages.ShowCard)
async def show_card(turn: Turn, message: messages.ShowCard) -> None:
    _young_person_only(turn)
    await during.show_card(turn.db, turn.shot, Card(message.card), now=turn.now)


@does(messages.Calm)
async def calm(turn: Turn, message: messages.Calm) -> None:
    if turn.line.is_host:
        _host(turn)
    else:
        _young_person_only(turn)
    await during.calm(turn.db, turn.shot, turn.line.seat, on=message.on, now=turn.now)


@does(messages.FetchAdult)
async def fetch_adult(turn: Turn, message: messages.FetchAdult) -> None:
    _young_person_only(turn)
    await during.fetch_adult(turn.db, turn.shot, message.who, now=turn.now)


@does(messages.PromiseCall)
async def promise_call(turn: Turn, message: messages.PromiseCall) -> None:
    await during.promise_call(turn.db, _host(turn), turn.shot, message.minutes, now=turn.now)


@does(messages.Doubt)
async def doubt(turn: Turn, message: messages.Doubt) -> None:
    _host(turn)
    await during.doubt(turn.db, turn.shot, message.message, on=message.on, now=turn.now)


@does(messages.LockNote)
async def lock_note(turn: Turn, message: messages.LockNote) -> None:
    await during.lock_note(
        turn.db, turn.shot, _host(turn), on=message.on, now=turn.now, zone=turn.zone
    )


@does(messages.EndForOthers)
async def end_for_others(turn: Turn, _: messages.EndForOthers) -> None:
    await during.end_for_others(turn.db, _host(turn), turn.meeting, turn.shot, now=turn.now)


@does(messages.HowItIsWritten)
async def said(turn: Turn, _: messages.HowItIsWritten) -> None:
    _host(turn)
    await during.said(turn.db, turn.shot, now=turn.now)


@does(messages.GoOnWithout)
async def go_on_without(turn: Turn, message: messages.GoOnWithout) -> None:
    _host(turn)
    await interrupting.go_on_without(turn.db, turn.shot, message.seat, now=turn.now)


@does(messages.TakeAway)
async def take_away(turn: Turn, message: messages.TakeAway) -> None:
    _host(turn)
    await during.take_away(turn.db, turn.shot, Kind(message.what), now=turn.now)
