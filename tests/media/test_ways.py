"""What a receiver's own page is told of its way: weak, or so poor that sound comes first."""

from server.media.downlink import Downlink
from tests.media.test_quality import AYA, LADDER, SOFIE, Line


def test_a_way_is_poor_when_pictures_stay_away_and_not_for_a_flood_that_passes():
    """P8: on a poor line the page puts sound first, and only a tap brings pictures back."""
    line = Line(rate=8e6)
    line.run(5.0)
    line.rate = 60_000
    line.run(4.0)
    assert line.quality.ways()[AYA] != "poor"
    line.run(12.0)
    assert line.quality.ways()[AYA] == "poor"
    line.rate = 8e6
    line.run(20.0)
    assert line.quality.ways()[AYA] == "fine"


def test_a_way_with_room_for_one_face_is_weak_and_not_poor():
    """Must show 3: at 300 kbit/s whoever speaks is still seen; nothing is to be shut for that."""
    way = Downlink()
    way.slots = {0: (SOFIE, 0), 1: (AYA, 0)}
    way.told(150_000)
    for step in range(100):
        way.chosen = dict(way.decide({0: LADDER, 1: LADDER}, [0], step / 4).layers)
    assert way.chosen == {0: 0, 1: -1}
    assert way.level == "weak"
