"""Files for another system's folder: there whole or not at all, and put there exactly once.

Everything waits in a folder of its own beside the others, by a name that begins with a dot, until
it is all on the disk. One rename lets it go. After a power cut the waiting folder itself says how
far it came: while it is there it has not gone, and once it is not, it has, also where whoever
fetches it was quicker than we are.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

# Tells the folder from an empty place where a share is not mounted: there nothing waits, and it
# would look as if it had gone.
HERE = ".enerum"
FOR_THE_GROUP, READ_BY_GROUP = 0o770, 0o660  # less what the operator's umask takes away


def waiting_name(name: str) -> str:
    """A name for one try: two processes that both try do not write over each other."""
    return f".{name}.{secrets.token_hex(4)}"


def put_down(folder: Path, waits_as: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that waits. Those of earlier tries that came to nothing go."""
    name = waits_as.rpartition(".")[0]
    for old in folder.glob(f"{name}.*"):
        old.unlink() if old.is_symlink() else shutil.rmtree(old)
    _mark(folder)
    place = folder / waits_as
    place.mkdir(mode=FOR_THE_GROUP)
    for file, content in files.items():
        _write(place / file, content)
    _sync(place)
    _sync(folder)


def let_go(folder: Path, waits_as: str, name: str) -> None:
    """Let what waits appear under its name. Where it does not wait any more, it has gone before.

    Raises `OSError` where this is not the folder it was put down in.
    """
    try:
        (folder / waits_as).rename(folder / name)
    except FileNotFoundError:
        if not (folder / HERE).exists():
            raise
    _sync(folder)


def _mark(folder: Path) -> None:
    with contextlib.suppress(FileExistsError):
        _write(folder / HERE, b"")


def _write(path: Path, content: bytes) -> None:
    """Write a file that was not there. Whoever fetches may write in these folders too, and a link
    of theirs under its name would lead our words, or an empty file, over one of ours."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_BY_GROUP)
    with open(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See to it that what a folder holds outlives a power cut."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
