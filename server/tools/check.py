"""`python3 run.py check`: does video work from this machine, and if not, which joint is it?

A real worker is started with the settings the product would use, and two independent clients
(aiortc) call each other through it. Each joint is named in words, in the order in which a call
passes through them; the first broken one is usually the whole story. Where homes are sent a mail,
the mail server is tried after them. Exit code 0 or 1.
"""

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from server.media import public, stun
from server.media.gateway import Connected, Edge, Event, Gateway
from server.media.public import Public
from server.media.trial_partner import Picture, Sound
from server.settings import Settings, SettingsError, from_environment
from server.tools import check_mail
from server.tools.check_words import say

PATIENCE = 10.0  # seconds for each joint
ROOM = "check"


class Broken(Exception):
    """A joint does not hold; `args` are what its sentence needs."""


class Check:
    """One run over all joints."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connected: set[str] = set()
        self._both = asyncio.Event()
        self._callers: list[Caller] = []
        self.gateway = Gateway(
            addresses=settings.media_addresses,
            port=settings.media_port,
            on_event=self._happened,
        )

    def joints(self) -> list[tuple[str, Callable[[], Awaitable[str]]]]:
        return [
            ("port", self._port),
            ("address", self._address),
            ("answer", self._answer),
            ("keys", self._keys),
            ("media", self._media),
            ("clean", self._clean),
        ]

    async def close(self) -> None:
        for caller in self._callers:
            await caller.close()
        await self.gateway.close()

    def _happened(self, event: Event) -> None:
        if isinstance(event, Connected):
            self._connected.add(event.seat)
            if len(self._connected) == 2:
                self._both.set()

    async def _port(self) -> str:
        """Can the worker open its UDP port?"""
        try:
            await self.gateway.start()
        except OSError as error:
            why = str(error).rpartition(": ")[2]
            raise Broken(str(self._settings.media_port), why) from None
        return str(self.gateway.port)

    async def _address(self) -> str:
        """Are the addresses we tell clients addresses of this machine? Behind a router that
        translates one to one they are not, and that is fine: the next joint is what counts."""
        own = [address.host for address in self._told() if _is_ours(address.host)]
        if not own:
            raise Broken(", ".join(self._settings.media_addresses))
        return ", ".join(own)

    def _told(self) -> list[Public]:
        return [public.read(text, self.gateway.port) for text in self._settings.media_addresses]

    async def _answer(self) -> str:
        """Does the worker answer where clients are told to look for it?"""
        caller = Caller()
        self._callers.append(caller)
        answer = await caller.offer(self.gateway, "stun")
        lines = answer.splitlines()
        ufrag, password = (
            next(line.partition(":")[2] for line in lines if line.startswith(name))
            for name in ("a=ice-ufrag", "a=ice-pwd")
        )
        for address in self._told():
            if not await _answers(address.host, address.port, ufrag, password):
                raise Broken(address.host, str(address.port))
        return ", ".join(self._settings.media_addresses)

    async def _keys(self) -> str:
        """Do two clients agree on keys with us (DTLS)?"""
        for seat in ("one", "other"):
            caller = Caller()
            self._callers.append(caller)
            await caller.join(self.gateway, seat)
        async with asyncio.timeout(PATIENCE):
            await self._both.wait()
        counts = await self.gateway.statistics()
        profiles = [name for name in counts if name.startswith("profile_")]
        return ", ".join(name.removeprefix("profile_SRTP_") for name in profiles)

    async def _media(self) -> str:
        """Do they hear and see each other, decoded at the far end?"""
        await self.gateway.matrix(
            ROOM,
            1,
            [Edge("one", "other", 0, True, True), Edge("other", "one", 0, True, True)],
            lease=2 * PATIENCE,
        )
        async with asyncio.timeout(PATIENCE):
            for caller in self._callers[1:]:
                await caller.hears_and_sees()
        return ""

    async def _clean(self) -> str:
        """Is the worker free of decoders, as promised?"""
        counts = await self.gateway.statistics()
        if counts["modules_loaded_av"]:
            raise Broken
        return str(counts["forwarded"])


class Caller:
    """One client with a tune and a moving picture."""

    def __init__(self) -> None:
        self._connection = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self._connection.addTransceiver(Sound(), direction="sendonly")
        self._connection.addTransceiver(Picture(), direction="sendonly")
        for kind in ("audio", "video"):
            self._connection.addTransceiver(kind, direction="recvonly")

    async def offer(self, gateway: Gateway, seat: str) -> str:
        await self._connection.setLocalDescription(await self._connection.createOffer())
        answer = await gateway.join(ROOM, seat, self._connection.localDescription.sdp, 1)
        return answer.sdp

    async def join(self, gateway: Gateway, seat: str) -> None:
        answer = await self.offer(gateway, seat)
        await self._connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def hears_and_sees(self) -> None:
        for transceiver in self._connection.getTransceivers()[2:]:
            track: MediaStreamTrack = transceiver.receiver.track
            with suppress(MediaStreamError):
                for _ in range(5):
                    await track.recv()

    async def close(self) -> None:
        await self._connection.close()


async def _answers(address: str, port: int, ufrag: str, password: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    request = stun.build(
        stun.REQUEST,
        secrets.token_bytes(12),
        [(stun.USERNAME, f"{ufrag}:check".encode()), (stun.PRIORITY, bytes(4))],
        password.encode(),
    )
    loop = asyncio.get_running_loop()
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.setblocking(False)
        for _ in range(3):
            with suppress(OSError):  # also the timeout of this try: UDP may lose one
                async with asyncio.timeout(1):
                    await loop.sock_sendto(udp, request, (address, port))
                    message = stun.parse(await loop.sock_recv(udp, 2048))
                    return message.is_signed_with(password.encode())
    return False


def _is_ours(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        try:
            udp.bind((address, 0))
        except OSError:
            return False
    return True


HARMLESS = frozenset({"address"})  # may fail behind a translating router


async def run(settings: Settings) -> bool:
    """Go over the joints until one is broken. True when video works, and mail if there is any."""
    check = Check(settings)
    try:
        for joint, holds in check.joints():
            try:
                found = await holds()
            except (Broken, TimeoutError, ConnectionError) as broken:
                print(say(settings.language, joint, *broken.args, holds=False))
                if joint not in HARMLESS:
                    return False
            else:
                print(say(settings.language, joint, found, holds=True))
    finally:
        await check.close()
    print(say(settings.language, "all", holds=True))
    return await check_mail.run(settings)


def main() -> None:
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    sys.exit(0 if asyncio.run(run(settings)) else 1)


if __name__ == "__main__":
    main()
