"""One connection over time, by a clock of our own (W2, RFC 7675)."""

import secrets

import pytest

from server.media import certificate, stun, wire
from server.media.connection import (
    ABANDONED,
    CONSENT,
    SILENCE,
    UNCONNECTED,
    Connection,
    Standing,
)
from server.media.connections import ALIVE, Connections
from server.media.dtls import context
from server.media.terms import Terms

IDENTITY = certificate.make()
TLS = context(IDENTITY.certificate.encode(), IDENTITY.key.encode())
HOME, ELSEWHERE = b"home" * 7, b"else" * 7
REMOTE = "their password, long enough"


def opened(seat: str = "sofie", ufrag: str = "ours") -> wire.Open:
    return wire.Open(
        1, "r", seat, f"connection-{ufrag}", ufrag, "our password, long enough", "theirs", REMOTE,
        [["sha-256", "AB"]],
        Terms(111, 96, 0, 1, 4, 0, 0, 0, 0, [], {}, {}, {}, [[1, 2, 0]]),
    )  # fmt: skip


def check(ufrag: str = "ours") -> stun.Message:
    attributes = [(stun.USERNAME, f"{ufrag}:theirs".encode()), (stun.USE_CANDIDATE, b"")]
    return stun.parse(
        stun.build(stun.REQUEST, secrets.token_bytes(12), attributes, b"our password, long enough")
    )


@pytest.fixture
def connection() -> Connection:
    """Connected at second 0, as far as time is concerned."""
    made = Connection(1, opened(), TLS, 0.0)
    made.path.answer(check(), HOME, 0.0)
    made.standing = Standing.CONNECTED
    return made


def answer(connection: Connection, out: list[tuple[bytes, bytes]], now: float) -> None:
    """Answer every check of ours that is in `out`, as a living client does."""
    for address, data in out:
        if data[0] < 4:
            transaction = stun.parse(data).transaction
            reply = stun.build(stun.SUCCESS, transaction, [], REMOTE.encode())
            assert connection.take_answer(stun.parse(reply), address, now)


def test_a_connection_nobody_completes_is_given_up():
    """W2, M4: within 15 seconds, not never."""
    made = Connection(1, opened(), TLS, 0.0)
    made.look_after(UNCONNECTED)
    assert made.standing is Standing.CONNECTING
    made.look_after(UNCONNECTED + 0.1)
    assert (made.standing, made.why) == (Standing.GONE, "timeout")


def test_silence_is_a_second_and_the_end_comes_later(connection):
    """M11: stock aioice needs half a minute to see that nobody is there."""
    connection.hear(10.0)
    assert not connection.silent(10.0 + SILENCE)
    assert connection.silent(10.1 + SILENCE)
    connection.path.consented = 10.0
    connection.look_after(10.0 + ABANDONED)
    assert connection.standing is Standing.CONNECTED
    connection.look_after(10.1 + ABANDONED)
    assert (connection.standing, connection.why) == (Standing.GONE, "silent")


def test_whoever_sends_and_never_answers_our_checks_is_given_up():
    """RFC 7675: packets can be sent in anybody's name, answers to unguessable checks cannot.
    Otherwise we could be made to pour a call over somebody who never asked for it."""
    made = Connection(1, opened(), TLS, 0.0)
    made.path.answer(check(), HOME, 0.0)
    made.standing = Standing.CONNECTED
    now = 0.0
    while made.standing is not Standing.GONE and now < 60:
        now += 0.5
        made.hear(now)
        made.look_after(now)
    assert made.why == "consent"
    assert CONSENT < now < CONSENT + 1


def test_a_quiet_client_that_answers_stays(connection):
    now = 0.0
    while now < 2 * CONSENT:
        now += 0.1
        answer(connection, connection.look_after(now), now)
        assert not connection.silent(now)
    assert connection.standing is Standing.CONNECTED


def test_dtls_cannot_come_from_an_address_nobody_proved():
    """W1, M2, M6: the table knows only proved addresses."""
    table = Connections()
    made = table.open(opened(), TLS, 0.0, lambda *_: None)
    assert table.at(HOME) is None
    made.path.answer(check(), HOME, 0.0)
    table.prove(made)
    assert table.at(HOME) is made
    assert table.at(ELSEWHERE) is None
    table.drop(made)
    assert table.at(HOME) is None


def test_an_address_can_be_taken_only_from_somebody_silent():
    table = Connections()
    mette = table.open(opened("mette", "first"), TLS, 0.0, lambda *_: None)
    sofie = table.open(opened("sofie", "second"), TLS, 0.0, lambda *_: None)
    mette.path.answer(check("first"), HOME, 0.0)
    table.prove(mette)
    mette.hear(10.0)
    assert table.may_use(HOME, mette, 10.0)
    assert not table.may_use(HOME, sofie, 10.0 + ALIVE)
    assert table.may_use(HOME, sofie, 10.1 + ALIVE)


def test_two_connections_cannot_have_the_same_name_on_the_wire():
    table = Connections()
    table.open(opened(), TLS, 0.0, lambda *_: None)
    with pytest.raises(ValueError, match="ufrag-taken"):
        table.open(opened("mette"), TLS, 0.0, lambda *_: None)
