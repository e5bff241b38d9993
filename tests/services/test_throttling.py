"""Wrong tries are counted, and nobody is locked out for good."""

from datetime import timedelta

from server.services.throttling import Throttle
from tests.conftest import NOON


def tries(throttle, login, address, count, now=NOON):
    for _ in range(count):
        throttle.count(login, address, now)


def test_five_wrong_tries_from_one_place_must_wait():
    throttle = Throttle()
    tries(throttle, "mette", "10.0.0.1", 4)
    assert not throttle.must_wait("mette", "10.0.0.1", NOON)
    tries(throttle, "mette", "10.0.0.1", 1)
    assert throttle.must_wait("mette", "10.0.0.1", NOON)


def test_somebody_else_guessing_does_not_lock_mette_out_of_her_own_office():
    throttle = Throttle()
    tries(throttle, "mette", "203.0.113.9", 20)
    assert not throttle.must_wait("mette", "10.0.0.1", NOON)


def test_a_whole_office_behind_one_address_is_not_shut_out_by_one_person():
    """L14: never locked out by the address alone before many have failed."""
    throttle = Throttle()
    tries(throttle, "jens", "10.0.0.1", 20)
    assert not throttle.must_wait("mette", "10.0.0.1", NOON)


def test_one_login_tried_from_many_places_must_wait():
    throttle = Throttle()
    for place in range(30):
        tries(throttle, "mette", f"203.0.113.{place}", 1)
    assert throttle.must_wait("mette", "198.51.100.7", NOON)


def test_a_quarter_of_an_hour_later_it_is_forgiven():
    throttle = Throttle()
    tries(throttle, "mette", "10.0.0.1", 5)
    almost = NOON + timedelta(minutes=14, seconds=59)
    assert throttle.must_wait("mette", "10.0.0.1", almost)
    assert not throttle.must_wait("mette", "10.0.0.1", NOON + timedelta(minutes=15))


def test_a_right_one_forgives_the_wrong_ones_before_it():
    throttle = Throttle()
    tries(throttle, "mette", "10.0.0.1", 5)
    throttle.right("mette", "10.0.0.1")
    assert not throttle.must_wait("mette", "10.0.0.1", NOON)


def test_made_up_logins_do_not_fill_the_memory():
    throttle = Throttle()
    for made_up in range(10_100):
        later = NOON + timedelta(minutes=made_up)
        throttle.count(f"login{made_up}", "", later)
    assert len(throttle.wrong) < 10_100


def test_without_an_address_only_the_login_waits():
    """Behind a silent proxy, thirty wrong ones must not shut a whole municipality out."""
    throttle = Throttle()
    for login in range(40):
        tries(throttle, f"login{login}", "", 1)
    assert not throttle.must_wait("mette", "", NOON)
    tries(throttle, "jens", "", 5)
    assert throttle.must_wait("jens", "", NOON)
