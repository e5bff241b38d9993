"""Janus's VideoRoom under the same load: a publisher and one subscriber of many streams each.

Debian's package as it comes, in a network namespace of our own (it will not use loopback), with
ICE lite, all its packets inside one core. Spoken to over its Unix socket.
"""

import asyncio
import json
import secrets
import shutil
import socket
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.load import namespace, offers
from tests.bench.load.cpu import on
from tests.bench.load.leg import Wanted
from tests.bench.load.load import Load

PEOPLE = 3
LIBRARIES = Path("/usr/lib")
_PATIENCE, _LOOK = 10.0, 0.05
STARTS = 5
_LARGEST = 1 << 18
_CONFIGURATION = """
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{folder}/plugins"
  transports_folder = "{folder}/transports"
  events_folder = "{folder}/events"
  loggers_folder = "{folder}/loggers"
  debug_level = 0
  session_timeout = 0
  {loops}
}}
media: {{
  rtp_port_range = "20000-60000"
}}
nat: {{
  ice_lite = true
  ice_enforce_list = "{interface}"
}}
"""
_TRANSPORT = """
general: {{
  enabled = true
  json = "compact"
  path = "{folder}/janus.sock"
  type = "SOCK_SEQPACKET"
}}
"""


def is_installed() -> bool:
    return shutil.which("janus") is not None and namespace.is_allowed()


class Janus:
    def __init__(self, load: Load, *, full: bool, event_loops: int = 0) -> None:
        """Without `event_loops` it has a thread per connection, its default."""
        self._load = load
        self._full = full
        self._event_loops = event_loops
        self.rooms = 0
        self.processes: list[int] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._up: dict[int, asyncio.Event] = {}

    async def start(self, core: int, inside: Sequence[str]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self._configure(folder)
        # Now and then its socket's thread starts too early, ends at once, and Janus with it.
        for _ in range(STARTS):
            if await self._run(folder, [*inside, *on(core), "janus", "-F", str(folder)]):
                break
        else:
            raise RuntimeError("Janus does not start")
        self.processes = [self._process.pid]
        self._line.setblocking(False)
        self._hearing = asyncio.create_task(self._hear())
        self._session = (await self._ask({"janus": "create"}))["data"]["id"]

    def _configure(self, folder: Path) -> None:
        """Only what is needed, so that nothing else takes its time."""
        (built,) = LIBRARIES.glob("*/janus") or [LIBRARIES / "janus"]
        for kind, name in (("plugins", "videoroom"), ("transports", "pfunix")):
            (folder / kind).mkdir()
            found = next((built / kind).glob(f"libjanus_{name}.so"))
            (folder / kind / found.name).symlink_to(found.resolve())
        for kind in ("events", "loggers"):
            (folder / kind).mkdir()
        loops = f"event_loops = {self._event_loops}" if self._event_loops else ""
        (folder / "janus.jcfg").write_text(
            _CONFIGURATION.format(folder=folder, loops=loops, interface=namespace.INTERFACE)
        )
        (folder / "janus.transport.pfunix.jcfg").write_text(_TRANSPORT.format(folder=folder))
        (folder / "janus.plugin.videoroom.jcfg").write_text("general: {}\n")

    async def _run(self, folder: Path, words: list[str]) -> bool:
        """Start it; False when it ends before anybody could speak to it."""
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        for _ in range(int(_PATIENCE / _LOOK)):
            await asyncio.sleep(_LOOK)
            if self._process.returncode is not None:
                return False
            with suppress(OSError):
                self._line.connect(str(folder / "janus.sock"))
                return True
        self._process.kill()
        await self._process.wait()
        return False

    async def close(self) -> None:
        self._hearing.cancel()
        with suppress(asyncio.CancelledError):
            await self._hearing
        self._line.close()
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._folder.cleanup()

    # ── rooms ──

    async def add_room(self) -> None:
        room = self.rooms + 1
        handle = await self._attach()
        made = {"request": "create", "room": room, "publishers": PEOPLE, "audiocodec": "opus",
                "videocodec": "vp8", "transport_wide_cc_ext": self._full}  # fmt: skip
        await self._tell(handle, made)
        await asyncio.gather(*(self._publish(room, 10 * room + one) for one in range(PEOPLE)))
        await asyncio.gather(*(self._subscribe(room, 10 * room + one) for one in range(PEOPLE)))
        self.rooms += 1

    async def _publish(self, room: int, feed: int) -> None:
        number, source = self._load.name_leg()
        credentials = self._load.credentials()
        offered = offers.write(
            self._load.fingerprint, credentials, slots=0, full=self._full, screen=False,
            setup="active", layers="hml",  # it takes the first for the largest
        )  # fmt: skip
        body = {"request": "joinandconfigure", "ptype": "publisher", "room": room, "id": feed}
        handle = await self._attach()
        said = await self._tell(handle, body, {"type": "offer", "sdp": offered.sdp})
        told = offers.read(said["jsep"]["sdp"])
        await self._load.join(
            Wanted(
                number, room, source, told.candidate, credentials, (told.ufrag, told.password),
                sends=told.sends(offered, PEOPLE - 1), talkative=self._full,
            )
        )  # fmt: skip
        async with asyncio.timeout(_PATIENCE):
            await self._up[handle].wait()  # before that nobody can subscribe to it

    async def _subscribe(self, room: int, feed: int) -> None:
        number, source = self._load.name_leg()
        credentials = self._load.credentials()
        others = [10 * room + one for one in range(PEOPLE) if 10 * room + one != feed]
        handle = await self._attach()
        said = await self._tell(
            handle,
            {"request": "join", "ptype": "subscriber", "room": room,
             "streams": [{"feed": other} for other in others]},
        )  # fmt: skip
        sdp = said["jsep"]["sdp"]
        told = offers.read(sdp)
        answer = offers.answer(sdp, self._load.fingerprint, credentials, full=self._full)
        await self._tell(handle, {"request": "start"}, {"type": "answer", "sdp": answer})
        await self._load.join(
            Wanted(
                number, room, source, told.candidate, credentials, (told.ufrag, told.password),
                talkative=self._full, **told.coming(full=self._full),
            )
        )  # fmt: skip

    # ── its line ──

    async def _attach(self) -> int:
        said = await self._ask({"janus": "attach", "plugin": "janus.plugin.videoroom"})
        handle = int(said["data"]["id"])
        self._up[handle] = asyncio.Event()
        return handle

    async def _tell(
        self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Ask the plugin; raises RuntimeError with what it says when it will not."""
        said = await self._ask(
            {"janus": "message", "handle_id": handle, "body": body}
            | ({"jsep": jsep} if jsep else {})
        )
        if "error" in said.get("plugindata", {}).get("data", {}):
            raise RuntimeError(said["plugindata"]["data"]["error"])
        return said

    async def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        name = secrets.token_hex(8)
        message |= {"transaction": name}
        if message["janus"] != "create":
            message["session_id"] = self._session
        answer = self._waiting[name] = asyncio.get_running_loop().create_future()
        data = json.dumps(message).encode()
        await asyncio.get_running_loop().sock_sendall(self._line, data)
        async with asyncio.timeout(_PATIENCE):
            return dict(await answer)

    async def _hear(self) -> None:
        loop = asyncio.get_running_loop()
        while data := await loop.sock_recv(self._line, _LARGEST):
            said = json.loads(data)
            if said["janus"] == "webrtcup":
                self._up[said["sender"]].set()
            waiting = self._waiting.get(said.get("transaction", ""))
            # "ack" only says that the answer is on its way.
            if waiting is not None and not waiting.done() and said["janus"] != "ack":
                waiting.set_result(said)
