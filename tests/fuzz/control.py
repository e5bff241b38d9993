"""The messages between our own processes: what is cut off or none is a ValueError."""

from array import array

from server.media import wire
from server.media.terms import Terms
from tests.fuzz.mutations import counted

_TERMS = Terms(
    111, 96, 97, 1, 4, 10, 11, 3, 3, ["l", "h"], {"5": "audio"}, {"6": "5"}, {"0": "audio"},
    [[7, 8, 9]],
)  # fmt: skip
_TIMES, _NUMBERS = array("I", [1, 2]).tobytes(), array("H", [3, 4]).tobytes()
GENUINE = [
    wire.dump(message)
    for message in (
        wire.Open(
            1, "r", "s", "c", "u", "p", "ru", "rp", [["sha-256", "AB"]], _TERMS
        ),
        wire.Admit(1, 1, "00", "profile", "00", "00", _TERMS),
        wire.Matrix(1, "r", 2, 10.0, [["a", "b", 0, True, False, False]]),
        wire.Leave(1, "r", "s"),
        wire.Renew(3, 12.5),
        wire.Pulse([1], [[1, 90]], [[1, 0, 2, 3, 4]], [[1, 2, 3, 4, 5, 6]], [[1, 2, 3]]),
        wire.Datagram(b"a" * 16, b"datagram"),
        wire.Feedback(4711, 65535, 1000, _TIMES, _NUMBERS, b"encrypted"),
        wire.Arrived([(4711, _NUMBERS, _TIMES), (1, b"", b"")]),
    )
]  # fmt: skip
# All but the last two once raised IndexError, struct.error, TypeError or RecursionError, or came
# back shorter than they said they were.
CORPUS = [
    b"D",
    b"D\xffshort",
    b"F",
    b"F" + bytes(6) + b"\xff\xff",
    b"A\0",
    b"A" + bytes(4) + b"\xff\xff",
    b'[["Leave"],1,"r","s"]',
    b'[{"Leave":1}]',
    b'["Admit",1,1,"00","p","00","00",5]',
    b'["Admit",1,1,"00","p","00","00",[1]]',
    b"[" * 50_000,
    b"\xff\xfe",
    b"nul",
]


def check(data: bytes) -> None:
    """What is read is what was meant: written again it reads the same."""
    try:
        message = counted(wire.load, data, most=500 + 20 * len(data))
    except ValueError:
        return
    assert wire.load(wire.dump(message)) == message or "NaN" in repr(data)
