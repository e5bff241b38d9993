"""Which address a client has: proved by checks, chosen by nomination (RFC 8445, lite)."""

import secrets

from server.media import stun
from server.media.ice import CONSENT_EVERY, HYSTERESIS, MOST_ADDRESSES, QUIET, Path

HOME, TRAIN, THIEF = b"home" * 7, b"rail" * 7, b"evil" * 7
OURS, THEIRS = b"our password, long enough", b"their password, long enough"


def path() -> Path:
    return Path("us", OURS, "them", THEIRS)


def check(
    *, nominate: bool = True, password: bytes = OURS, extra: tuple[int, bytes] | None = None
) -> stun.Message:
    attributes = [(stun.USERNAME, b"us:them"), (stun.PRIORITY, bytes(4))]
    if nominate:
        attributes.append((stun.USE_CANDIDATE, b""))
    if extra:
        attributes.append(extra)
    return stun.parse(stun.build(stun.REQUEST, secrets.token_bytes(12), attributes, password))


def test_an_address_is_proved_by_a_signed_check_and_used_once_nominated():
    client = path()
    answer = client.answer(check(nominate=False), HOME, 1.0)
    assert answer is not None
    assert stun.parse(answer).kind == stun.SUCCESS
    assert list(client.proved) == [HOME]
    assert client.nominated is None
    client.answer(check(), HOME, 1.1)
    assert client.nominated == HOME


def test_a_check_signed_with_anything_else_is_met_with_silence():
    client = path()
    assert client.answer(check(password=b"guess"), THIEF, 1.0) is None
    assert not client.proved


def test_a_check_without_fingerprint_is_none():
    genuine = stun.build(stun.REQUEST, bytes(12), [], OURS)
    stripped = genuine[:2] + (len(genuine) - 28).to_bytes(2, "big") + genuine[4:-8]
    assert path().answer(stun.parse(stripped), HOME, 1.0) is None


def test_an_overheard_check_proves_nothing_from_another_address():
    client, overheard = path(), check()
    client.answer(overheard, HOME, 1.0)
    assert client.answer(overheard, THIEF, 1.1) is None
    assert THIEF not in client.proved
    assert client.pending is None


def test_a_repeated_check_is_answered_again_and_changes_nothing():
    """UDP loses answers: the client sends the same transaction once more."""
    client, request = path(), check()
    first, again = client.answer(request, HOME, 1.0), client.answer(request, HOME, 1.5)
    assert first == again


def test_a_new_address_waits_a_moment_while_the_old_one_lives():
    client = path()
    client.answer(check(), HOME, 1.0)
    client.answer(check(), TRAIN, 2.0)
    client.heard = 2.05
    assert not client.due(2.1)
    assert client.due(2.0 + HYSTERESIS)
    assert client.nominated == TRAIN


def test_a_new_address_counts_at_once_when_the_old_one_is_silent():
    client = path()
    client.answer(check(), HOME, 1.0)
    client.answer(check(), TRAIN, 3.0)
    assert client.due(3.0)
    assert client.nominated == TRAIN


def test_the_newest_nomination_wins_and_going_back_cancels_the_move():
    client = path()
    client.answer(check(), HOME, 1.0)
    client.answer(check(), TRAIN, 1.01)
    client.answer(check(), HOME, 1.02)
    assert client.pending is None
    assert client.nominated == HOME


def test_a_client_that_will_not_control_is_told_to():
    """RFC 8445 section 7.3.1.1: a lite server is always the controlled one."""
    client = path()
    answer = client.answer(check(extra=(stun.ICE_CONTROLLED, bytes(8))), HOME, 1.0)
    assert answer is not None
    parsed = stun.parse(answer)
    assert (parsed.kind, parsed.attributes[stun.ERROR_CODE][3]) == (stun.ERROR, 87)
    assert not client.proved


def test_what_it_must_understand_and_does_not_is_refused():
    answer = path().answer(check(extra=(0x7777, b"")), HOME, 1.0)
    assert answer is not None
    assert stun.parse(answer).attributes[stun.UNKNOWN_ATTRIBUTES] == b"\x77\x77"


def test_a_client_cannot_fill_the_table_with_addresses():
    client = path()
    for number in range(100):
        client.answer(check(), bytes([number]) * 28, 1.0)
    assert len(client.proved) == MOST_ADDRESSES


def test_it_asks_when_it_has_heard_nothing_and_regularly_for_consent():
    """RFC 7675."""
    client = path()
    assert client.ask(1.0) is None
    client.answer(check(), HOME, 1.0)
    assert client.ask(1.0) is not None
    assert client.ask(1.1) is None
    assert client.ask(1.0 + QUIET + 0.01) is not None
    client.heard = 2.0 + CONSENT_EVERY
    assert client.ask(2.0 + CONSENT_EVERY) is not None


def test_only_a_signed_answer_from_where_we_asked_counts():
    client = path()
    client.answer(check(), HOME, 1.0)
    request = client.ask(2.0)
    assert request is not None
    transaction = stun.parse(request).transaction
    assert stun.parse(request).is_signed_with(THEIRS)
    genuine = stun.parse(stun.build(stun.SUCCESS, transaction, [], THEIRS))
    forged = stun.parse(stun.build(stun.SUCCESS, transaction, [], OURS))
    assert not client.answered(forged, HOME, 2.1)
    assert not client.answered(genuine, THIEF, 2.1)
    assert client.answered(genuine, HOME, 2.1)
    assert client.consented == client.heard == 2.1
    assert not client.answered(genuine, HOME, 9.0)


def test_a_refusal_is_a_sign_of_life_and_no_consent():
    client = path()
    client.answer(check(), HOME, 1.0)
    request = client.ask(2.0)
    assert request is not None
    refusal = stun.build(stun.ERROR, stun.parse(request).transaction, [], THEIRS)
    assert client.answered(stun.parse(refusal), HOME, 2.1)
    assert (client.heard, client.consented) == (2.1, 1.0)
