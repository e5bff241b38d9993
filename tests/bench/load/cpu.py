"""Where processes run and what they cost: time on a core, memory, what their sockets lost."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def on(core: int) -> list[str]:
    """The words that give a command one core, and there the same place before everybody else
    as our packet process asks for, where this is allowed."""
    first = ["chrt", "--rr", "10"] if os.geteuid() == 0 and shutil.which("chrt") else []
    return ["taskset", "-c", str(core), *first]


def children(process: int) -> list[int]:
    """A process and all it has started."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process] + [one for child in told for one in children(int(child))]


def seconds(processes: Iterable[int]) -> float:
    """Time spent on a core by all threads so far, the kernel's work for them included."""
    return sum(
        int(path.read_text().split()[0]) / 1e9
        for process in processes
        for path in Path(f"/proc/{process}/task").glob("*/schedstat")
    )


def megabytes(processes: Iterable[int]) -> float:
    """Resident memory, with what is shared between the processes split among them (PSS)."""
    return sum(
        int(line.split()[1]) / 1024
        for process in processes
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )


def resident(process: int) -> float:
    """Resident memory of one process in MB, whoever it is shared with (RSS)."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def dropped(port: int, process: int) -> int:
    """Datagrams the kernel had no room for in this port's socket, in that process's network."""
    total = 0
    for family in ("udp", "udp6"):
        for line in Path(f"/proc/{process}/net/{family}").read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rpartition(":")[2], 16) == port:
                total += int(fields[-1])
    return total
