"""`python3 run.py`: read the command line, open the doors, serve until told to stop.

`run.py` has seen to the packages; what is served is put together in `server/app.py`.
"""

import argparse
import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import ssl
import sys
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from server import log, starting
from server.app import build_app
from server.certificate import own_address, self_made
from server.clock import Clock
from server.greeting import GREETING
from server.settings import UNDERSTOOD, Settings, SettingsError, from_environment
from server.starting import CannotStart
from server.tools.system import say, stop

EVERYWHERE = "0.0.0.0"  # noqa: S104 only with --lan, and then with a certificate
BOTH_LOOPBACKS = ("127.0.0.1", "::1")
# Seconds an open connection may say nothing, or not come to the end of its first lines; the
# server under us would wait an hour.
IDLE = 75.0
PATIENCE = 5.0  # seconds an open request may take to end when we are told to stop


def main(words: Sequence[str]) -> None:
    """Serve, or end with a sentence for whoever started it and exit code 2."""
    try:
        settings = chosen(words)
        log.start()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(settings))
    except (SettingsError, CannotStart) as error:
        stop(str(error))


def chosen(words: Sequence[str]) -> Settings:
    """The settings of the environment, with what the command line says on top."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Serves Enerum on this computer. Settings: docs/deploy.md.",
        epilog="Also: run.py check, run.py backup FILE, run.py password LOGIN, run.py retention "
        "[DAY]; for developers run.py test [ARGS], run.py test --all, run.py bench NAME",
    )
    parser.add_argument("--demo", action="store_true", help="with the cast and a planned meeting")
    parser.add_argument("--lan", action="store_true", help="for the local network, over HTTPS")
    parser.add_argument("--port", type=int, metavar="N", help="instead of 8080; 0 takes a free one")
    parser.add_argument("--host", metavar="H", help="other than localhost needs a certificate")
    given = parser.parse_args(words)
    if given.lan and given.host:
        parser.error("--lan is every address of this computer; leave out --host")
    said: dict[str, object] = {}
    if given.port is not None:
        said["port"] = given.port
    if given.host is not None:
        said["host"] = given.host
    if given.demo:
        said["demo"] = True
    settings = from_environment(os.environ, **said)
    return on_the_local_network(settings) if given.lan else settings


def on_the_local_network(settings: Settings) -> Settings:
    """What `--lan` adds: every address of this machine, and a certificate of our own."""
    # The demo's cast are nobody's children, so there is nothing to accept.
    if not settings.demo and settings.not_for_real_meetings != UNDERSTOOD:
        raise SettingsError(
            "Enerum is not for real meetings yet (README). With --lan others can reach it: add "
            f"--demo, or say ENERUM_NOT_FOR_REAL_MEETINGS={UNDERSTOOD}."
        )
    address = own_address()
    certificate, key = self_made(settings.data_dir / "keys", address, now=Clock().now())
    return replace(
        settings,
        host=EVERYWHERE,
        public_url=f"https://{address}:{settings.port}",
        tls_cert=certificate,
        tls_key=key,
        media_addresses=(address,),
    )


async def serve(settings: Settings) -> None:
    """Serve until told to stop; faults outside any request are told by type and place alone."""
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: log.fault("stray", context.get("exception") or RuntimeError())
    )
    # aiohttp's own lines name the caller's address and what was sent (P6).
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL + 1)
    certificate = tls(settings)
    doors = opened(settings)
    port = doors[0].getsockname()[1]
    # With port 0 only the open door knows its number, and our own address is told with it.
    public_url = settings.public_url.removesuffix(":0")
    if public_url != settings.public_url:
        public_url = f"{public_url}:{port}"
    settings = replace(settings, port=port, public_url=public_url)
    # No access log: it would hold addresses of people and of pages (P6).
    runner = web.AppRunner(
        build_app(settings),
        access_log=None,
        handle_signals=False,
        keepalive_timeout=IDLE,
        shutdown_timeout=PATIENCE,
        auto_decompress=False,
    )
    try:
        await runner.setup()
        for door in doors:
            await web.SockSite(runner, door, ssl_context=certificate).start()
        greet(runner.app, settings)
        await told_to_stop()
    finally:
        await runner.cleanup()


def opened(settings: Settings) -> list[socket.socket]:
    """The listening sockets, opened first: a taken port is known before anything is started."""
    hosts = BOTH_LOOPBACKS if settings.host == "localhost" else (settings.host,)
    doors: list[socket.socket] = []
    port = settings.port
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            doors.append(socket.create_server((host, port), family=family))
        except OSError as error:
            if doors and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue  # a machine without IPv6
            stop(
                f"{host} port {port} cannot be opened: {error.strerror}. "
                "Is Enerum running already? Another port: --port N."
            )
        port = doors[0].getsockname()[1]
    return doors


def tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with starting.told(
        "ENERUM_TLS_CERT and ENERUM_TLS_KEY cannot be used",
        "Both are PEM files the user Enerum runs as can read, and the key has no passphrase.",
        OSError,
    ):
        # With an empty one nobody is asked for a passphrase: a service has nobody to ask.
        context.load_cert_chain(settings.tls_cert, settings.tls_key, password="")
    return context


def greet(app: web.Application, settings: Settings) -> None:
    """Say where to go, and how to get in the first time."""
    say("Not for real meetings yet; the README says why.")
    say(f"Open {settings.origin}   (stop with Ctrl+C)")
    for who, link in app.get(GREETING, []):
        print(f"  {who}: {link}", flush=True)


async def told_to_stop() -> None:
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    await stopping.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
