"""A real PostgreSQL takes our tables: design 4.2 has one where several machines share the work."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.test_migrations import in_postgresql

pytestmark = pytest.mark.long


@pytest.fixture
def psql() -> Iterator[list[str]]:
    """How to speak to a new PostgreSQL, which listens in a folder and on no network."""
    with tempfile.TemporaryDirectory() as folder:
        # It refuses to run as root, who is us in a container.
        somebody: dict[str, Any] = {"user": "nobody"} if os.geteuid() == 0 else {}
        shutil.chown(folder, **somebody or {"user": os.geteuid()})
        data = f"{folder}/data"
        subprocess.run(
            ["initdb", "-D", data, "-U", "enerum", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **somebody,
        )  # fmt: skip
        started = subprocess.Popen(
            ["postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"],
            stderr=subprocess.DEVNULL, cwd=folder, **somebody,
        )  # fmt: skip
        ask = ["psql", "-qAt", "-h", folder, "-U", "enerum", "-v", "ON_ERROR_STOP=1", "postgres"]
        while subprocess.run([*ask, "-c", "SELECT 1"], capture_output=True).returncode:
            assert started.poll() is None, "PostgreSQL does not start"
        yield ask
        started.terminate()
        started.wait()


def test_it_takes_every_migration_and_knows_what_one_owner_is(psql: list[str]) -> None:
    assert "ERROR" not in told(psql, in_postgresql())
    assert told(psql, "SELECT count(*) > 30 FROM pg_tables WHERE schemaname = 'public'") == "t"
    nobodys = "INSERT INTO codes (kind, digest, made_at, tries) VALUES ('digits', '', now(), 0)"
    assert "ck_codes_one_link" in told(psql, nobodys)


def told(psql: list[str], words: str) -> str:
    """What it answers, or what it complains of."""
    done = subprocess.run(psql, input=words, capture_output=True, text=True)
    return (done.stderr or done.stdout).strip()
