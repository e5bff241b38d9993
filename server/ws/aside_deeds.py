"""What the messages about talks beside the room do (domain/asides.py)."""

from server.services import stepping_aside, teaming_up
from server.ws import messages
from server.ws.deeds import Turn, does


@does(messages.Together)
async def together(turn: Turn, message: messages.Together) -> None:
    turn.require_inside()
    await stepping_aside.together(turn.db, turn.shot, turn.me, message.seat, now=turn.now)


@does(messages.Alone)
async def alone(turn: Turn, _: messages.Alone) -> None:
    turn.require_inside()
    await stepping_aside.alone(turn.db, turn.shot, turn.me, now=turn.now)


@does(messages.ToMeeting)
async def to_meeting(turn: Turn, _: messages.ToMeeting) -> None:
    turn.require_inside()
    await stepping_aside.come_back(turn.db, turn.shot, turn.me, now=turn.now)


@does(messages.AskIn)
async def ask_in(turn: Turn, message: messages.AskIn) -> None:
    turn.require_inside()
    await stepping_aside.ask_in(turn.db, turn.shot, turn.me, message.seat, now=turn.now)


@does(messages.HaveWait)
async def have_wait(turn: Turn, message: messages.HaveWait) -> None:
    turn.require_inside()
    await stepping_aside.have_wait(turn.db, turn.shot, turn.me, message.seat)


@does(messages.JustUs)
async def just_us(turn: Turn, message: messages.JustUs) -> None:
    turn.require_inside()
    await stepping_aside.just_us(
        turn.db, turn.shot, turn.me, turn.call.session, yes=message.yes, now=turn.now
    )


@does(messages.ListAdd)
async def list_add(turn: Turn, message: messages.ListAdd) -> None:
    await teaming_up.add(
        turn.db, turn.shot, turn.me, message.seat, turn.require_inside().session, message.about,
        message.text, now=turn.now,
    )  # fmt: skip


@does(messages.ListRemove)
async def list_remove(turn: Turn, message: messages.ListRemove) -> None:
    turn.require_inside()
    await teaming_up.remove(turn.db, turn.shot, turn.me, message.line)
