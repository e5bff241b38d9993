"""One person's socket: read strictly, write from a bounded queue, answer every `ref`."""

import asyncio
from collections import deque
from contextlib import suppress

from aiohttp import WSMsgType, web

from server import log
from server.domain.errors import Invalid, Problem
from server.texts import Voice
from server.ws import (
    aside_deeds,  # noqa: F401  # its deeds join those of deeds.py
    during_deeds,  # noqa: F401  # its deeds join those of deeds.py
    messages,
)
from server.ws.deeds import carry_out
from server.ws.line import Line
from server.ws.rooms import Rooms

HEARTBEAT = 10.0  # seconds
MALFORMED, TOO_MANY = 4400, 4429


async def serve(request: web.Request, rooms: Rooms, line: Line) -> web.WebSocketResponse:
    """Hold one line from its first message to its last."""
    socket = web.WebSocketResponse(
        heartbeat=HEARTBEAT, max_msg_size=messages.LARGEST, compress=False
    )
    try:
        await socket.prepare(request)
    except ConnectionResetError:
        return socket  # the browser went while it was being let in: nobody's fault
    writer = asyncio.create_task(_write(socket, line))
    try:
        await rooms.enter(line)
        await _read(socket, rooms, line)
    finally:
        rooms.lost(line)
        writer.cancel()
    return socket


async def _write(socket: web.WebSocketResponse, line: Line) -> None:
    with suppress(ConnectionError):  # gone while we spoke; the reader notices and says so
        while True:
            message = await line.outgoing.get()
            if isinstance(message, int):
                await socket.close(code=message)
                return
            await socket.send_json(message)


async def _read(socket: web.WebSocketResponse, rooms: Rooms, line: Line) -> None:
    lately: deque[float] = deque(maxlen=messages.A_SECOND)
    async for frame in socket:
        if frame.type == WSMsgType.ERROR:
            return  # the browser's end broke the protocol or went away
        if frame.type != WSMsgType.TEXT:
            await socket.close(code=MALFORMED, message=b"text-only")
            return
        moment = rooms.time()
        if len(lately) == messages.A_SECOND and moment - lately[0] < 1:
            await socket.close(code=TOO_MANY, message=b"too-many")
            return
        lately.append(moment)
        if not rooms.holds(line):
            continue  # it was hung up, and its end does not hear it
        try:
            message = messages.parse(frame.data)
        except ValueError:
            await socket.close(code=MALFORMED, message=b"malformed")
            return
        await _carry_out(rooms, line, message)


async def _carry_out(rooms: Rooms, line: Line, message: messages.Sent) -> None:
    ref = getattr(message, "ref", None)
    try:
        async with rooms.database.begin() as db:
            await carry_out(db, line, message, now=rooms.clock.now(), zone=rooms.zone)
    except Problem as problem:
        line.tell(
            {
                "type": "refused",
                "ref": ref,
                "error": problem.error,
                "text": _sentence(line.voice, problem),
            }
        )
        return
    except Exception as error:  # our own fault: said to the sender, logged without words
        log.fault(f"line {type(message).__name__}", error)
        text = line.voice.say("error.our-fault")
        line.tell({"type": "refused", "ref": ref, "error": "our-fault", "text": text})
        return
    if ref is not None:
        line.tell({"type": "done", "ref": ref})
    await rooms.changed(line.meeting)


def _sentence(voice: Voice, problem: Problem) -> str:
    if isinstance(problem, Invalid):
        return voice.say(f"field.{next(iter(problem.fields.values()))}")
    key = f"error.{problem.error}"
    return voice.say(key if voice.has(key) else "error.http-409", **problem.values)
