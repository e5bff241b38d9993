"""A small world of its own: network namespaces in which each person has a network of theirs.

Whoever runs this is already in a namespace of its own (`__main__.py` sees to it): nothing here
touches the machine's network. The server has one address; each person has two links to it, of
which one is in use, and may move from one to the other as a phone does between Wi-Fi and 4G.
"""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

SERVER = "10.77.0.1"
MEDIA_PORT, TOLD_PORT, WEB_PORT = 40000, 41000, 8443


def prepare() -> None:
    """Give the world its server's address. Raises where no namespaces may be made."""
    _ip(f"link set lo up\naddr add {SERVER}/32 dev lo")


def _ip(lines: str, inside: int | None = None) -> None:
    """Do what `ip` is told, line by line, here or in the namespace of a process."""
    enter = ["nsenter", "-t", str(inside), "-n"] if inside else []
    subprocess.run([*enter, "ip", "-batch", "-"], input=lines, text=True, check=True)


class Link(NamedTuple):
    name: str  # at the person's end
    address: str
    way: str  # its default route, as `ip route` writes it


class Place:
    """Where one person sits: a namespace with two links, `number` 1-50; 60 changes at most."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._number_of_links = -1
        self._links: list[Link] = []  # the one in use first
        self._keeper = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        here, there = "/proc/self/ns/net", f"/proc/{self._keeper.pid}/ns/net"
        while os.readlink(here) == os.readlink(there):
            pass  # it has not yet come to its own
        for link in (0, 1):
            near, far = self._names(link)
            _ip(f"link add {near} type veth peer name {far} netns {self._keeper.pid}")
            _ip(f"link set {near} up")
        # An IPv6 address on a link tells of itself for two more seconds, and Chromium waits until
        # all is quiet before it looks for its ways: measured apart (docs/network.md), not here.
        settings = "net.ipv6.conf.all.disable_ipv6=1"
        subprocess.run(
            ["nsenter", "-t", str(self._keeper.pid), "-n", "sysctl", "-qw", settings], check=True
        )
        _ip("link set lo up", self._keeper.pid)
        self.arrive()

    @property
    def address(self) -> str:
        return self._links[0].address

    def browser(self, folder: Path, chromium: str) -> str:
        """A program that starts the browser in this place."""
        script = folder / f"chromium-{self._number}"
        script.write_text(
            f'#!/bin/sh\nexec nsenter -t {self._keeper.pid} -n -- "{chromium}" "$@"\n'
        )
        script.chmod(0o700)
        return str(script)

    def leave(self) -> None:
        """Lose the link in use, with its address."""
        link = self._links.pop(0)
        _ip(f"addr flush dev {link.name}\nlink set {link.name} down", self._keeper.pid)

    def arrive(self) -> None:
        """Have the other link, with an address never had before. The older one stays in use."""
        number = self._number_of_links = self._number_of_links + 1
        which = number % 2
        block = f"10.77.{self._number}"
        ours, theirs = f"{block}.{4 * number + 1}", f"{block}.{4 * number + 2}"
        near, far = self._names(which)
        way = f"default via {ours} src {theirs} metric {number + 1}"
        _ip(f"addr add {ours}/30 dev {near}")
        _ip(f"addr add {theirs}/30 dev {far}\nlink set {far} up\nroute add {way}", self._keeper.pid)
        self._links.append(Link(far, theirs, way))

    def lose_route(self) -> None:
        """Keep link and address, and get nothing through either way: a tunnel, a lift. The browser
        is told of nothing."""
        _ip(f"route add blackhole {self.address}/32")
        _ip(f"route del {self._links[0].way}", self._keeper.pid)

    def find_route(self) -> None:
        _ip(f"route add {self._links[0].way}", self._keeper.pid)
        _ip(f"route del blackhole {self.address}/32")

    def _names(self, link: int) -> tuple[str, str]:
        return f"world{self._number}l{link}", f"own{link}"

    def close(self) -> None:
        self._keeper.kill()
        self._keeper.wait()
