"""Files for another system's folder: whole, once, and never into an empty place."""

import os
from pathlib import Path

import pytest

from server.services import outbox

FILES = {"note.pdf": b"%PDF", "note.json": b"{}"}
NAME = "enerum-0f0f0f0f0f0f-v1"


def seen(folder: Path) -> list[str]:
    """What a receiver looks at: no name that begins with a dot."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_nothing_is_seen_before_it_is_let_go_and_then_all_of_it(tmp_path: Path) -> None:
    waits_as = outbox.waiting_name(NAME)
    outbox.put_down(tmp_path, waits_as, FILES)
    assert seen(tmp_path) == []
    outbox.let_go(tmp_path, waits_as, NAME)
    assert seen(tmp_path) == [NAME]
    assert {p.name: p.read_bytes() for p in (tmp_path / NAME).iterdir()} == FILES


def test_what_was_fetched_already_is_not_put_there_again(tmp_path: Path) -> None:
    """P10: whoever fetches it may be quicker than our own note of it."""
    waits_as = outbox.waiting_name(NAME)
    outbox.put_down(tmp_path, waits_as, FILES)
    outbox.let_go(tmp_path, waits_as, NAME)
    os.rename(tmp_path / NAME, tmp_path.parent / "fetched")
    outbox.let_go(tmp_path, waits_as, NAME)
    assert seen(tmp_path) == []


def test_a_share_that_is_not_mounted_is_no_place_it_has_gone_from(tmp_path: Path) -> None:
    """P10: an empty folder would look as if everything had been fetched."""
    waits_as = outbox.waiting_name(NAME)
    share, empty = tmp_path / "share", tmp_path / "empty"
    for folder in (share, empty):
        folder.mkdir()
    outbox.put_down(share, waits_as, FILES)
    with pytest.raises(FileNotFoundError):
        outbox.let_go(empty, waits_as, NAME)
    outbox.let_go(share, waits_as, NAME)
    assert seen(share) == [NAME]


def test_a_try_that_came_to_nothing_leaves_nothing_behind(tmp_path: Path) -> None:
    """And another version's is left alone, also one whose number begins alike."""
    other = outbox.waiting_name(f"{NAME}0")
    outbox.put_down(tmp_path, other, FILES)
    first, second = outbox.waiting_name(NAME), outbox.waiting_name(NAME)
    outbox.put_down(tmp_path, first, FILES)
    outbox.put_down(tmp_path, second, FILES)
    assert not (tmp_path / first).exists()
    assert (tmp_path / second).exists()
    assert (tmp_path / other).exists()


def test_something_of_that_name_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "note.json").write_text("somebody else's")
    waits_as = outbox.waiting_name(NAME)
    outbox.put_down(tmp_path, waits_as, FILES)
    with pytest.raises(OSError, match="not empty"):
        outbox.let_go(tmp_path, waits_as, NAME)
    assert (tmp_path / NAME / "note.json").read_text() == "somebody else's"


def test_a_link_of_whoever_fetches_leads_our_words_nowhere(tmp_path: Path) -> None:
    """Its folder is theirs to write in as well: our keys and our database lie elsewhere."""
    folder, ours = tmp_path / "case-system", tmp_path / "link.key"
    folder.mkdir()
    ours.write_bytes(b"secret")
    (folder / "note.pdf").symlink_to(ours)
    with pytest.raises(FileExistsError):
        outbox._write(folder / "note.pdf", b"%PDF")
    (folder / outbox.HERE).symlink_to(tmp_path / "not-there")
    waits_as = outbox.waiting_name(NAME)
    (folder / outbox.waiting_name(NAME)).symlink_to(tmp_path, target_is_directory=True)
    outbox.put_down(folder, waits_as, FILES)
    outbox.let_go(folder, waits_as, NAME)
    assert {p.name: p.read_bytes() for p in (folder / NAME).iterdir()} == FILES
    assert ours.read_bytes() == b"secret"
    assert not (tmp_path / "not-there").exists()
