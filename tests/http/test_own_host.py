"""Whose name we answer to, and how long we wait for whoever does not come to an end."""

import asyncio
import dataclasses
import gzip
import logging

import pytest
from aiohttp.test_utils import TestClient, TestServer

from server.app import build_app
from server.http import middlewares
from server.http.pages import calling

PLAIN = "application/x-www-form-urlencoded"


async def told(server, head: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(head.replace("\n", "\r\n").encode())
        return await asyncio.wait_for(reader.read(1 << 16), 10)
    finally:
        writer.close()
        await writer.wait_closed()


def asking(host: str, path: str = "/m") -> str:
    return f"GET {path} HTTP/1.1\nHost: {host}\nConnection: close\n\n"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"])
async def test_our_own_names_are_answered(server, host):
    assert (await told(server, asking(host))).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "evil.example:8080",
        "a; script-src 'unsafe-inline'",
        "localhost/@evil", "", "localhost:8080 x", "[::1", "localhost:123456",
    ],
)  # fmt: skip
async def test_another_name_is_not_found_and_stands_in_no_policy(server, host):
    """L11, DNS rebinding: the same page as for an address that is not there."""
    answer = await told(server, asking(host))
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"unsafe-inline" not in answer
    assert b"evil" not in answer
    watching = await told(server, asking(host, "/health"))
    assert b"unsafe-inline" not in watching
    assert b"evil" not in watching


async def test_a_page_elsewhere_whose_name_leads_here_is_not_ours(server):
    """Its Origin and its Host agree; only the name tells."""
    answer = await told(
        server,
        "POST /arriving/swap HTTP/1.1\nHost: evil.example\nOrigin: http://evil.example\n"
        f"Content-Type: {PLAIN}\nContent-Length: 0\nConnection: close\n\n",
    )
    assert answer.startswith(b"HTTP/1.1 404")


async def test_behind_a_proxy_only_the_public_name_is_ours(settings, clock):
    public = dataclasses.replace(settings, public_url="https://enerum.example.dk")
    async with TestClient(TestServer(build_app(public, clock, media=False))) as client:
        for host, status in (("enerum.example.dk", 200), ("localhost", 404), ("evil.example", 404)):
            named = {"Host": host}
            assert (await client.get("/m", headers=named)).status == status, host
            assert (await client.get("/health", headers=named)).status == 200


@pytest.mark.parametrize(
    ("path", "kind"), [("/arriving/swap", PLAIN), ("/calling/offer", "application/sdp")]
)
async def test_a_body_that_never_ends_is_given_up(server, sofie, monkeypatch, path, kind):
    """V15.2.2: one byte a minute would hold a connection for as long as somebody likes."""
    monkeypatch.setattr(middlewares, "PATIENCE", 0.05)
    monkeypatch.setattr(calling, "PATIENCE", 0.05)
    answer = await told(
        server,
        f"POST {path} HTTP/1.1\nHost: localhost\nSec-Fetch-Site: same-origin\n"
        f"Content-Type: {kind}\nContent-Length: 50\nConnection: close\n\ntok",
    )
    assert answer.startswith(b"HTTP/1.1 408")
    assert "Prøv igen".encode() in answer


async def test_a_packed_body_is_not_unpacked(settings, clock):
    """V5.2.1, V15.2.2: no browser packs what it sends; 48 kB of it were 50 MB."""
    server = TestServer(build_app(settings, clock, media=False))
    await server.start_server(auto_decompress=False)  # as server/__main__.py does
    async with TestClient(server, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        for body in (gzip.compress(b"token=" + b"a" * 1_000_000), b"\x1f\x8bnot at all"):
            for kind in (PLAIN, "application/sdp"):
                headers = {"Content-Type": kind, "Content-Encoding": "gzip"}
                answer = await client.post("/arriving/swap", data=body, headers=headers)
                assert answer.status == 400
                assert "Se felterne igennem" in await answer.text()


async def test_who_goes_in_the_middle_of_a_form_is_no_fault_of_ours(server, caplog):
    """The log is for what the operator has to see to."""
    caplog.set_level(logging.INFO, logger="enerum")
    logging.getLogger("enerum").propagate = True
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = (
        "POST /arriving/swap HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: {PLAIN}\r\nContent-Length: 50\r\n\r\ntok"
    )
    writer.write(head.encode())
    await writer.drain()
    await asyncio.sleep(0)
    writer.transport.abort()
    await told(server, asking("localhost"))
    assert "fault" not in caplog.text
