"""A code said by voice: how it is drawn, how long it lives, how many tries it bears."""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from server.domain import vouching
from server.domain.ages import Band
from server.domain.vouching import ALL, FIRSTS, LIFE, PICTURES, TRIES, Code, CodeKind

MADE = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_six_digits_are_twenty_bits_and_three_pictures_never_twice_the_same():
    """V6.5.4, L7: 10^6 ways; 12*11*10 = 1,320 are too few to stand alone."""
    assert 10**vouching.DIGITS >= 2**19.9
    assert vouching.draw(CodeKind.DIGITS, lambda below: below - 1) == "999999"
    drawn = vouching.draw(CodeKind.PICTURES, lambda below: 0).split()
    assert drawn == list(PICTURES[:3])
    assert len(set(PICTURES)) == 12


def test_every_picture_can_come_in_every_place():
    turns = cycle([11, 10, 9])
    assert vouching.draw(CodeKind.PICTURES, lambda _: next(turns)).split() == [
        PICTURES[11], PICTURES[10], PICTURES[9],
    ]  # fmt: skip


@pytest.mark.parametrize("kind", CodeKind)
def test_it_lives_ten_minutes_to_the_second(kind):
    """V6.5.5."""
    code = Code(kind, MADE, tries=0)
    assert vouching.may_be_tried(code, 0, MADE + LIFE)
    assert not vouching.may_be_tried(code, 0, MADE + LIFE + SECOND)


@pytest.mark.parametrize(("kind", "tries"), [(CodeKind.DIGITS, 5), (CodeKind.PICTURES, 3)])
def test_it_bears_its_tries_of_one_device_and_no_more(kind, tries):
    """L6, L7."""
    assert TRIES[kind] == tries
    assert vouching.may_be_tried(Code(kind, MADE, tries - 1), tries - 1, MADE)
    assert not vouching.may_be_tried(Code(kind, MADE, tries), tries, MADE)
    assert vouching.may_be_tried(Code(kind, MADE, tries), 0, MADE)


@pytest.mark.parametrize("kind", CodeKind)
def test_a_device_new_to_it_gets_its_one_try_when_others_have_used_up_the_rest(kind):
    """L6: wrong ones from a copy of the link shut out nobody; two hundred are all there are."""
    all_gone = Code(kind, MADE, ALL[kind])
    assert vouching.may_be_tried(all_gone, 0, MADE)
    assert not vouching.may_be_tried(all_gone, 1, MADE)
    assert not vouching.may_be_tried(Code(kind, MADE, ALL[kind] + FIRSTS[kind]), 0, MADE)


def test_whoever_guesses_from_as_many_devices_as_they_like_hits_once_in_thousands():
    """L6, L7: the arithmetic of the module, done: every look at one code, as a thief would."""
    for kind, ways, least in ((CodeKind.DIGITS, 10**6, 5000), (CodeKind.PICTURES, 1320, 55)):
        looks, devices = 0, [0] * 1000
        for own in range(TRIES[kind]):
            for n in range(len(devices)):
                if vouching.may_be_tried(Code(kind, MADE, looks), devices[n], MADE):
                    devices[n], looks = own + 1, looks + 1
        assert looks <= ALL[kind] + FIRSTS[kind]
        assert ways / looks >= least


def test_once_used_or_followed_by_a_newer_one_it_is_dead():
    """V6.5.1."""
    assert not vouching.may_be_tried(Code(CodeKind.DIGITS, MADE, 0, used=True), 0, MADE)
    assert not vouching.may_be_tried(Code(CodeKind.DIGITS, MADE, 0, replaced=True), 0, MADE)


def test_pictures_are_for_the_youngest_and_only_for_coming_in():
    """Design 2: under ten, and only ever together with admission."""
    for band in Band:
        assert vouching.kind_for(band, to_read=True) == CodeKind.DIGITS
        coming = vouching.kind_for(band, to_read=False)
        assert (coming == CodeKind.PICTURES) == (band == Band.SIX)


@pytest.mark.parametrize("typed", ["482913", "482 913", " 482-913 ", "4 8 2 9 1 3"])
def test_spaces_and_dashes_are_how_people_write_it(typed):
    assert vouching.tidy(typed) == "482913"


def test_whatever_is_typed_is_cut_short():
    assert len(vouching.tidy("1" * 10_000)) <= 60
    assert len(vouching.tidy("x" * 10_000)) <= 60
