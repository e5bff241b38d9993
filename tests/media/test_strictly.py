"""The web process takes from its worker what a worker may say, and nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media import strictly, wire

SAID = [
    wire.Ready(40000),
    wire.Unable("in use"),
    wire.Done(3, ""),
    wire.Figures(4, {"received": 7, "modules_loaded_av": False}),
    wire.Told("gone", "r", "s", "c", "left"),
]


@pytest.mark.parametrize("message", SAID, ids=lambda m: type(m).__name__)
def test_what_a_worker_says_is_heard(message):
    assert strictly.read(wire.dump(message)) == message


@pytest.mark.parametrize(
    "odd",
    [
        b"", b"\xff", b"[]", b"{}", b"null", b'["Ready"]', b'["Ready", "40000"]',
        b'["Ready", 1, 2]', b'["Done", 1, null]', b'["Figures", 1, []]',
        b'["Told", "gone", "r", "s", "c", 5]', b'[["Ready"], 1]',
        wire.dump(wire.Leave(1, "r", "s")), wire.dump(wire.Fenced(1, {})),
        wire.dump(wire.Datagram(b"a" * 16, b"x")),
        json.dumps(["Told", "gone", "r" * 201, "s", "c", ""]).encode(),
    ],
)  # fmt: skip
def test_anything_else_is_refused(odd):
    """A worker reads strangers' packets: if it is ever taken over, it stops here."""
    with pytest.raises(ValueError, match="a worker's message"):
        strictly.read(odd)


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5), max_leaves=8,
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_comes_it_is_read_or_refused(data):
    try:
        said = strictly.read(data)
    except ValueError:
        return
    assert strictly.read(wire.dump(said)) == said
