"""Who is speaking: not who coughs, not who is beside a road, and not somebody else every moment."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.speaker import BREATH, Speakers

SPEECH, MURMUR, STREET, QUIET = 30, 42, 35, 80


class Room:
    """People in a room; a packet from everybody who is not silent every 20 ms."""

    def __init__(self) -> None:
        self.speakers: Speakers[str] = Speakers()
        self.now = 100.0
        self.firsts: list[tuple[float, str]] = []

    def hear(self, seconds: float, *, every: float = 0.02, voice: bool = True, **levels: int):
        """Let everybody named be heard at a level; whoever is not sends nothing (DTX)."""
        for _ in range(round(seconds / every)):
            self.now += every
            for seat, level in levels.items():
                self.speakers.heard(seat, level, voice and level < QUIET, self.now)
            order = self.speakers.order(self.now)
            if order and (not self.firsts or self.firsts[-1][1] != order[0]):
                self.firsts.append((self.now, order[0]))
        return self.speakers.order(self.now)


def test_half_a_sentence_makes_a_speaker():
    room = Room()
    assert room.hear(0.2, sofie=SPEECH, mette=QUIET) == []
    assert room.hear(0.6, sofie=SPEECH, mette=QUIET) == ["sofie"]


@pytest.mark.parametrize("every", [0.02, 0.1, 0.25, 0.4])
def test_a_sample_of_the_packets_is_enough(every):
    room = Room()
    assert room.hear(1.2, every=every, sofie=SPEECH) == ["sofie"]


@pytest.mark.parametrize("voice", [True, False], ids=["marked", "not marked"])
def test_a_cough_or_a_door_makes_none(voice):
    room = Room()
    room.hear(3, voice=voice, mette=SPEECH, sofie=QUIET)
    assert room.hear(0.15, voice=voice, mette=QUIET, sofie=5) == ["mette"]
    room.hear(3, voice=voice, mette=QUIET, sofie=QUIET)
    room.hear(0.15, voice=voice, mette=QUIET, sofie=5)  # also when nobody says anything
    room.hear(3, voice=voice, mette=QUIET, sofie=QUIET)
    assert [first for _, first in room.firsts] == ["mette"]


def test_a_quiet_child_is_a_speaker_too():
    room = Room()
    room.hear(3, mette=SPEECH, sofie=QUIET)
    assert room.hear(3, mette=QUIET, sofie=MURMUR) == ["sofie", "mette"]


def test_a_breath_ends_no_sentence():
    """Somebody who says yes in between is not put in front for it."""
    room = Room()
    room.hear(3, sofie=SPEECH)
    room.hear(0.5, sofie=QUIET, mette=SPEECH)
    assert room.hear(2, sofie=SPEECH, mette=QUIET) == ["sofie"]


def test_who_stopped_stays_in_front_until_somebody_else_speaks():
    room = Room()
    room.hear(2, sofie=SPEECH)
    assert room.hear(60) == ["sofie"]
    assert room.hear(1, mette=SPEECH) == ["mette", "sofie"]


def test_who_talks_over_somebody_has_to_be_clearly_louder():
    room = Room()
    room.hear(2, sofie=SPEECH)
    assert room.hear(5, sofie=SPEECH, mette=SPEECH - 4)[0] == "sofie"
    assert room.hear(5, sofie=SPEECH, mette=SPEECH - 8)[0] == "mette"


def test_a_loud_street_is_no_speaker_where_voices_are_marked():
    room = Room()
    room.hear(2, sofie=SPEECH)
    room.hear(2, mette=SPEECH)
    assert room.hear(10, voice=False, sofie=STREET)[0] == "mette"


def test_a_client_that_marks_no_voices_is_known_by_its_loudness():
    assert Room().hear(2, voice=False, sofie=SPEECH) == ["sofie"]


def test_who_has_left_is_in_nobodys_way():
    room = Room()
    room.hear(2, sofie=SPEECH)
    room.hear(4, mette=SPEECH)
    room.speakers.forget("mette")
    room.speakers.forget("jens")
    assert room.speakers.order(room.now) == ["sofie"]
    assert room.hear(2, sofie=QUIET, mette=SPEECH)[0] == "mette"


def test_silence_without_packets_is_silence():
    """Opus DTX: whoever is silent sends next to nothing, and is not loud for ever."""
    room = Room()
    room.hear(2, sofie=20)
    room.hear(BREATH)
    assert room.hear(2, mette=MURMUR)[0] == "mette"
    room.hear(30)
    assert [first for _, first in room.firsts] == ["sofie", "mette"]


def test_in_an_argument_the_picture_does_not_jump():
    room = Room()
    room.hear(1, sofie=SPEECH)
    for _ in range(40):
        room.hear(0.4, sofie=SPEECH, mette=QUIET)
        room.hear(0.4, sofie=QUIET, mette=SPEECH)
    assert len(room.firsts) == 1


def test_who_has_just_come_in_front_stays_there_for_a_moment():
    room = Room()
    room.hear(3, sofie=MURMUR, mette=QUIET)
    room.hear(10, sofie=QUIET, mette=SPEECH)
    room.hear(10, sofie=5, mette=SPEECH, aya=QUIET)
    assert [first for _, first in room.firsts] == ["sofie", "mette", "sofie"]
    room.hear(1.3, aya=SPEECH, sofie=QUIET)
    room.hear(3, sofie=5, aya=QUIET)
    at = [at for at, _ in room.firsts]
    assert all(b - a >= 1.5 for a, b in pairwise(at))


levels = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 127), max_size=4)


@given(st.lists(st.tuples(st.floats(0.02, 1.0), levels, st.booleans()), max_size=25))
def test_whatever_is_heard_the_first_one_stays_first_for_a_while(turns):
    room = Room()
    for seconds, heard, voice in turns:
        order = room.hear(seconds, every=0.05, voice=voice, **heard)
        assert len(set(order)) == len(order)
    assert all(b - a >= 1.5 - 1e-6 for (a, _), (b, _) in pairwise(room.firsts))
