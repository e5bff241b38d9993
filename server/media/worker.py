"""A media worker: `python -m server.media.worker`, started by the gateway and by nobody else.

It reads `Start` from its channel, opens the UDP socket and becomes two processes: this one,
the control process, and the packet process beside it. Neither survives the other, nor the web
process: a call ends rather than run on without the one who holds the lease.
"""

import argparse
import ctypes
import os
import signal
import socket
import sys
import time
from contextlib import suppress

from server.media import wire

_PR_SET_PDEATHSIG = 1
_BUFFER = 4 << 20  # bytes the kernel may hold for us: half a second of a full worker
BEFORE_OTHERS = -10  # of 20: ten times the share of an ordinary process
_PORT_PATIENCE = 2.0  # seconds a predecessor, killed a moment ago, may still hold the port


def open_udp(bind: str, port: int) -> socket.socket:
    """Open the one socket: for both families where `bind` is empty, else for that address."""
    family = socket.AF_INET6 if not bind or ":" in bind else socket.AF_INET
    if not bind and not _has_ipv6():
        family = socket.AF_INET
    udp = socket.socket(family, socket.SOCK_DGRAM)
    if family == socket.AF_INET6 and not bind:
        udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        udp.setsockopt(socket.SOL_SOCKET, option, _BUFFER)
    udp.bind((bind, port))
    udp.setblocking(False)
    return udp


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::", 0))
    except OSError:
        return False
    return True


def _open_patiently(bind: str, port: int) -> socket.socket:
    deadline = time.monotonic() + _PORT_PATIENCE
    while True:
        try:
            return open_udp(bind, port)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def die_with(parent: int) -> None:
    """End when the parent ends, however it ends (an orphan would keep the port)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was over before we could ask
        os._exit(1)


def serve(web: socket.socket) -> None:
    """Be the control process, and take the packet process along when it ends."""
    first = web.recv(wire.LARGEST)
    if not first:
        return
    start = wire.load(first)
    if not isinstance(start, wire.Start):
        raise ValueError("the first message is Start")
    try:
        udp = _open_patiently(start.bind, start.port)
    except OSError as error:
        web.send(wire.dump(wire.Unable(error.strerror or "unknown")))
        return
    ours, theirs = wire.pair()
    own = os.getpid()
    child = os.fork()
    if child == 0:
        # The packet process keeps two descriptors. It imports neither OpenSSL nor the rooms.
        ours.close()
        web.close()
        die_with(own)
        from server.media import packets

        packets.run(udp, theirs, batched=start.batched, realtime=start.realtime)
        os._exit(0)
    theirs.close()
    from server.media import control

    if start.realtime:
        # Second after the packets and before whatever else this core has to do: a control process
        # that waits seconds for its turn hears nobody, and takes a busy machine for a bad line.
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, BEFORE_OTHERS)
    web.send(wire.dump(wire.Ready(udp.getsockname()[1])))
    # A send that takes this long means that the other side hangs. Ending is then the way back:
    # the parent starts a fresh pair and everybody joins anew.
    for end in (ours, web):
        wire.give_up_after(end, 2)
    try:
        with suppress(BrokenPipeError):  # the other end of a pair is gone: so is our task
            control.Control(start, udp, web, ours).run()
    finally:
        os.kill(child, signal.SIGKILL)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--channel", type=int, required=True)
    arguments.add_argument("--parent", type=int, required=True)
    given = arguments.parse_args()
    die_with(given.parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the web process, which tells us
    with socket.socket(fileno=given.channel) as web:
        serve(web)


if __name__ == "__main__":
    main()
