"""What each message about one's own end of the call does: none of it is about anybody else's,
and none is kept beyond the line."""

from server.ws import messages
from server.ws.deeds import Turn, does
from server.ws.line import Line


def go_on(line: Line, before: Line) -> None:
    """Somebody is back on a new line: they show up as they did."""
    line.showing = before.showing
    line.showing.asleep = False


@does(messages.Screen)
async def screen(turn: Turn, message: messages.Screen) -> None:
    """The host shows a window or a tab to the room; nobody else can (L22). Off always works."""
    if message.on:
        _ = turn.host  # raises for everybody else
        turn.require_inside()
    turn.line.showing.screen = message.on


@does(messages.OnlySound)
async def only_sound(turn: Turn, message: messages.OnlySound) -> None:
    turn.line.showing.only_sound = message.on


@does(messages.Picture)
async def picture(turn: Turn, message: messages.Picture) -> None:
    turn.line.showing.picture = message.name


@does(messages.LineIs)
async def line_is(turn: Turn, message: messages.LineIs) -> None:
    turn.line.showing.level = message.level


@does(messages.Asleep)
async def asleep(turn: Turn, message: messages.Asleep) -> None:
    turn.line.showing.asleep = message.on
