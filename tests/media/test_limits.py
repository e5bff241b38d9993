"""What a stranger's forged checks may cost."""

import socket

from aioice import stun

from server.media.addresses import pack
from server.media.limits import MOST_HOSTS, REFILL, REFUSED, Refusals, host_of
from tests.media.client import settle

HERE = pack("192.0.2.1", 1000, socket.AF_INET)
NEXT_DOOR = pack("192.0.2.2", 1000, socket.AF_INET)


def test_a_host_that_keeps_failing_is_not_listened_to_for_a_while():
    refusals = Refusals()
    for _ in range(REFUSED):
        assert refusals.listens(HERE, 0.0)
        refusals.count(HERE, 0.0)
    assert not refusals.listens(HERE, 0.1)
    assert refusals.listens(NEXT_DOOR, 0.1)
    assert refusals.listens(HERE, 1.5 / REFILL)


def test_who_has_been_quiet_is_forgotten():
    refusals = Refusals()
    refusals.count(HERE, 0.0)
    refusals.look_after(REFUSED / REFILL + 0.1)
    assert refusals._left == {}


def test_no_flood_of_hosts_makes_it_grow():
    refusals = Refusals()
    for number in range(MOST_HOSTS + 100):
        refusals.count(pack(f"10.0.{number // 250}.{number % 250}", 1, socket.AF_INET), 0.0)
    assert len(refusals._left) == MOST_HOSTS


def test_all_ports_of_a_host_and_all_hosts_of_a_household_count_together():
    assert host_of(HERE) == host_of(pack("192.0.2.1", 2, socket.AF_INET6))
    assert host_of(pack("2001:db8::1", 1, socket.AF_INET6)) == host_of(
        pack("2001:db8::2", 2, socket.AF_INET6)
    )


async def test_a_flood_of_forged_checks_ends_nobodys_call(gateway, seat):
    """W1: from the very address a participant uses, on another port."""
    sofie = await seat("sofie")
    before = await gateway.statistics()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for _ in range(200):
            stranger.sendto(bytes(sofie.request(password="nobody's password")), sofie.server)
    now = await settle(gateway, 200, before)
    assert now["stun_refused"] <= REFUSED + 5
    assert now["stun_unheard"] >= 150
    answer = await sofie.check()
    assert answer.message_class == stun.Class.RESPONSE
