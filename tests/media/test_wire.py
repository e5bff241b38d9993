"""Messages survive the way between two processes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media import wire
from server.media.terms import Terms

SAMPLES = [
    wire.Start("pem", "key", "", 0, True, True, True, 0.9),
    wire.Open(
        1, "r", "s", "c", "u", "p", "ru", "rp", [["sha-256", "AB"]],
        Terms(
            111, 96, 97, 1, 4, 10, 11, 3, 3, ["l", "h"], {"5": "audio"}, {"6": "5"},
            {"0": "audio"}, [[7, 8, 9]],
        ),
    ),
    wire.Matrix(1, "r", 2, 10.0, [["a", "b", 0, True, False, False]]),
    wire.Leave(1, "r", "s"),
    wire.Told("gone", "r", "s", "c", "left"),
    wire.Route(1, "audio", 2, 0, True),
    wire.Renew(3, 12.5),
    wire.Pulse([1], [[1, 90, 1]], [[1, 0, 2, 3, 4]], [[1, 2, 3, 4, 5, 6]], [[1, 2, 3]]),
    wire.Figures(1, {"received": 5}),
]  # fmt: skip


@pytest.mark.parametrize("message", SAMPLES, ids=lambda m: type(m).__name__)
def test_a_message_arrives_as_it_was_sent(message):
    ours, theirs = wire.pair()
    with ours, theirs:
        ours.send(wire.dump(message))
        assert wire.load(theirs.recv(wire.LARGEST)) == message


@given(st.sampled_from([b"a" * 16, b"b" * 28]), st.binary(max_size=1500))
def test_a_datagram_arrives_byte_for_byte(address, data):
    message = wire.Datagram(address, data)
    assert wire.load(wire.dump(message)) == message
    feedback = wire.Feedback(4711, 65535, 1 << 31, bytes(range(8)), b"size", data)
    assert wire.load(wire.dump(feedback)) == feedback
    arrived = wire.Arrived([(4711, b"1122", b"44445555"), (1, b"", b"")])
    assert wire.load(wire.dump(arrived)) == arrived


def test_a_full_matrix_fits_into_one_message():
    seats = [f"seat-of-somebody-{n}" for n in range(20)]
    edges = [[a, b, n, True, True, False] for n, a in enumerate(seats) for b in seats if a != b]
    ours, theirs = wire.pair()
    with ours, theirs:
        ours.send(wire.dump(wire.Matrix(1, "room", 1, 10.0, edges)))
        assert isinstance(wire.load(theirs.recv(wire.LARGEST)), wire.Matrix)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'["Nothing"]', b'["Leave", 1]', b"\xff"])
def test_anything_else_is_refused(data):
    with pytest.raises(ValueError, match=r".*"):
        wire.load(data)


def test_the_end_of_one_side_is_an_end_of_file_for_the_other():
    """A plain datagram pair would say nothing, and a dead worker would keep its port."""
    ours, theirs = wire.pair()
    theirs.close()
    with ours:
        assert ours.recv(10) == b""
