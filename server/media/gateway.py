"""What the web process knows of media: seats join, a matrix rules, events come back.

The gateway starts the worker, starts it again when it dies, and reads offers. It holds no
state a restart would lose: after `WorkerBack` everybody joins anew and the next matrix rules.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

from server.media import certificate, processes, public, strictly, wire
from server.media.events import (
    EVENTS,
    Answer,
    Connected,
    Event,
    Gone,
    Heard,
    MediaAway,
    MediaFull,
    Refused,
    Silent,
    WayIs,
    WorkerBack,
    WorkerLost,
    refusal,
)
from server.media.fullness import FULL
from server.media.negotiation import Agreed, BadOffer
from server.media.reading import Reader
from server.media.room import Edge

__all__ = [
    "Answer", "BadOffer", "Connected", "Edge", "Event", "Gateway", "Gone", "Heard",
    "MediaAway", "MediaFull", "Refused", "Silent", "WorkerBack", "WorkerLost",
]  # fmt: skip

PATIENCE = 5.0  # seconds a worker may say nothing while it is asked, before it counts as hung
AT_MOST = 10.0  # seconds for one answer: by then every lease has run out


class Gateway:
    def __init__(
        self,
        *,
        addresses: Sequence[str],
        port: int,
        on_event: Callable[[Event], None],
        bind: str | None = None,
        realtime: bool = True,
        legacy_srtp: bool = True,
        batched: bool = True,
        full: float = FULL,
    ) -> None:
        """`addresses` is what clients are told, with a port where it is not ours (1:1 NAT);
        `bind` what the socket is bound to (default: that one address when it is the only one
        and a loopback one, else all there are); `full` the share of a core no room is added to."""
        self._addresses = tuple(addresses)
        self._port = port
        self._on_event = on_event
        self._bind = public.bind_for(self._addresses) if bind is None else bind
        self._options = (realtime, legacy_srtp, batched, full)
        self._identity = certificate.make()
        self._agreed: dict[str, Agreed] = {}
        self._requests: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._reader = Reader()
        self._channel: socket.socket | None = None
        self._sending = asyncio.Lock()
        self._heard = 0.0
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The UDP port in use; known once started, and kept by every later worker."""
        return self._port

    @property
    def worker(self) -> int | None:
        """The process id of the worker, for those who watch over processes."""
        return self._process.pid if self._process and self._channel else None

    async def start(self) -> None:
        """Start the worker. Raises OSError when it cannot open its port."""
        await self._launch()
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        self._lose()
        self._reader.close()
        await self._bury()

    async def join(self, room: str, seat: str, sdp: str, seats: int) -> Answer:
        """Answer the offer of a new RTCPeerConnection for a seat. When it is connected it
        takes the seat over. Raises BadOffer, MediaAway while there is no worker, or MediaFull
        where a new room would be one too many."""
        agreed = await self._negotiate(sdp, seats, None)
        connection = secrets.token_urlsafe(9)
        await self._request(
            lambda request: wire.Open(
                request, room, seat, connection, agreed.ufrag, agreed.password,
                agreed.remote_ufrag, agreed.remote_password, agreed.fingerprints, agreed.terms,
            )
        )  # fmt: skip
        self._agreed[connection] = agreed
        return Answer(connection, agreed.sdp, len(agreed.terms.slots))

    async def restart(self, room: str, seat: str, connection: str, sdp: str) -> Answer:
        """Answer the offer of an ICE restart (RFC 8839 section 4.4): the connection goes over to
        new credentials, and keeps its keys and streams. Raises BadOffer when more than they
        differ, Refused when there is no such connection, or MediaAway."""
        before = self._agreed.get(connection)
        if before is None:
            raise Refused("connection-unknown")
        agreed = await self._negotiate(sdp, len(before.terms.slots), before)
        await self._request(
            lambda request: wire.Restart(
                request, room, seat, connection, agreed.ufrag, agreed.password,
                agreed.remote_ufrag, agreed.remote_password,
            )
        )  # fmt: skip
        self._agreed[connection] = agreed
        return Answer(connection, agreed.sdp, len(agreed.terms.slots))

    async def _negotiate(self, sdp: str, seats: int, before: Agreed | None) -> Agreed:
        return await self._reader.read(
            sdp,
            seats=seats,
            addresses=self._addresses,
            port=self._port,
            fingerprint=self._identity.fingerprint,
            before=before,
        )

    async def matrix(
        self, room: str, version: int, edges: Collection[Edge], lease: float = 10.0
    ) -> None:
        """Put the whole matrix of a room into force, for `lease` seconds. When this returns,
        the next packet already follows it. Raises Refused for a matrix that is older than the
        one in force or cannot be carried out."""
        rows = [[e.source, e.target, e.slot, e.audio, e.video, e.screen] for e in edges]
        await self._request(lambda request: wire.Matrix(request, room, version, lease, rows))

    async def leave(self, room: str, seat: str) -> None:
        """Close every connection of a seat now."""
        await self._request(lambda request: wire.Leave(request, room, seat))

    async def forget(self, room: str) -> None:
        """Close a room with everybody in it."""
        await self._request(lambda request: wire.Forget(request, room))

    async def statistics(self) -> dict[str, Any]:
        """Counts since the worker's start. Numbers only."""
        return await self._request(wire.Ask)

    async def _request(self, make: Callable[[int], wire.Message]) -> dict[str, Any]:
        channel = self._channel
        if channel is None:
            raise MediaAway("media-away")
        self._number += 1
        number = self._number
        loop = asyncio.get_running_loop()
        answer = self._requests[number] = loop.create_future()
        try:
            async with asyncio.timeout(PATIENCE):
                async with self._sending:
                    await loop.sock_sendall(channel, wire.dump(make(number)))
            return dict(await self._answered(answer))
        except TimeoutError:
            self._kill()  # it hangs: everybody is better off with a new one
            raise MediaAway("media-away") from None
        except MediaAway:
            raise
        except OSError:
            raise MediaAway("media-away") from None
        finally:
            answer.cancel()
            self._requests.pop(number, None)

    async def _answered(self, answer: asyncio.Future[dict[str, Any]]) -> dict[str, Any]:
        """Wait as long as the worker says anything at all: one with much to do is not hung, and
        ending it would end every call. Raises TimeoutError."""
        now = asyncio.get_running_loop().time
        asked = now()
        while not answer.done():
            patience = min(max(self._heard, asked) + PATIENCE, asked + AT_MOST) - now()
            if patience <= 0:
                raise TimeoutError
            await asyncio.wait((answer,), timeout=patience)
        return answer.result()

    async def _keep(self) -> None:
        """Hear the worker out; when it is gone, start the next one. For as long as we serve."""
        while True:
            await self._listen()
            self._lose()
            self._on_event(WorkerLost())
            await self._bury()
            await processes.until_started(self._launch)
            self._on_event(WorkerBack())

    async def _launch(self) -> None:
        ours, theirs = wire.pair()
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        try:
            self._process = await processes.start(
                "server.media.worker",
                *("--channel", str(theirs.fileno()), "--parent", str(os.getpid())),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
            )
        finally:
            theirs.close()
        try:
            start = wire.Start(
                self._identity.certificate, self._identity.key, self._bind, self._port,
                *self._options,
            )  # fmt: skip
            await loop.sock_sendall(ours, wire.dump(start))
            async with asyncio.timeout(2 * PATIENCE):
                first = await loop.sock_recv(ours, wire.LARGEST)
            said = strictly.read(first) if first else wire.Unable("ended at once")
            if not isinstance(said, wire.Ready):
                why = said.why if isinstance(said, wire.Unable) else "spoke out of turn"
                raise OSError(f"the media worker cannot serve on port {self._port}: {why}")
        except BaseException:
            ours.close()
            await self._bury()
            raise
        self._port = said.port
        self._channel = ours

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        channel = self._channel
        while channel is not None:
            try:
                data = await loop.sock_recv(channel, wire.LARGEST)
            except OSError:
                return
            if not data:
                return
            self._heard = loop.time()
            try:
                self._take(strictly.read(data))
            except (KeyError, ValueError):
                self._kill()  # whatever it is, it is not our worker any more
                return

    def _take(self, message: strictly.Said) -> None:
        match message:
            case wire.Done(number, error):
                waiting = self._requests.get(number)
                if waiting is not None and not waiting.done():
                    if error:
                        waiting.set_exception(refusal(error))
                    else:
                        waiting.set_result({})
            case wire.Figures(number, figures):
                waiting = self._requests.get(number)
                if waiting is not None and not waiting.done():
                    waiting.set_result(figures)
            case wire.Told("gone", room, seat, connection, why):
                self._agreed.pop(connection, None)
                self._on_event(Gone(room, seat, connection, why))
            case wire.Told("way", room, seat, connection, why):
                self._on_event(WayIs(room, seat, connection, why))
            case wire.Told(what, room, seat, connection):
                self._on_event(EVENTS[what](room, seat, connection))

    def _lose(self) -> None:
        self._agreed.clear()
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        for waiting in self._requests.values():
            if not waiting.done():
                waiting.set_exception(MediaAway("media-away"))

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def _bury(self) -> None:
        """Make sure the old worker has ended before anybody wants its port."""
        self._kill()
        if self._process is not None:
            await self._process.wait()
