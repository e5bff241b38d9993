"""A network of our own for a server that will not speak on loopback: inside it, all stays inside.

Needs Linux, iproute2 and the right to make network namespaces.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "10.99.0.1"
NETWORK = "10.99"
INTERFACE = "d0"


def is_allowed() -> bool:
    return os.geteuid() == 0 and shutil.which("ip") is not None


@contextmanager
def namespace() -> Iterator[list[str]]:
    """Give the words that run a command in it. All of 10.99.0.0/16 is there, and nothing else."""
    name = f"enerum-bench-{os.getpid()}"
    inside = ["ip", "netns", "exec", name]
    _run("ip", "netns", "add", name)
    try:
        _run(*inside, "ip", "link", "set", "lo", "up")
        _run(*inside, "ip", "link", "add", INTERFACE, "type", "veth", "peer", "name", "d1")
        _run(*inside, "ip", "address", "add", f"{ADDRESS}/16", "dev", INTERFACE)
        for end in (INTERFACE, "d1"):
            _run(*inside, "ip", "link", "set", end, "up")
        _run(
            *inside, "ip", "route", "add", "local", f"{NETWORK}.0.0/16", "dev", INTERFACE,
            "table", "local",
        )  # fmt: skip
        yield inside
    finally:
        _run("ip", "netns", "delete", name)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
