"""`run.py password LOGIN`, as the operator types it."""

import os
import subprocess
import sys
from pathlib import Path

from server.domain.roles import AccountId
from server.services import sessions, signing_in
from server.services.sessions import Kind
from server.services.signing_in import Desk
from server.store.database import Database
from tests.conftest import NOON
from tests.factories import store_account

ROOT = Path(__file__).parents[1]


def typed(settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server.tools.new_password", *words],
        cwd=ROOT,
        env=os.environ | {"ENERUM_DATA_DIR": str(settings.data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_a_forgotten_password_is_replaced_and_every_browser_is_out(settings):
    database = Database(settings.database)
    async with database.begin() as db:
        mette = await store_account(db, NOON, "mette", "Mette Lund")
        opened = await signing_in.sign_in(db, AccountId(mette), None, now=NOON)
    ran = typed(settings, "Mette")
    assert ran.returncode == 0, ran.stderr
    password = ran.stdout.strip().rpartition(" ")[2]
    async with database.read() as db:
        assert await signing_in.check(db, Desk(), "mette", password, "", now=NOON) == mette
        assert await sessions.find(db, Kind.STAFF, opened.cookie, now=NOON) is None
    await database.close()


def test_an_unknown_login_and_a_missing_one_are_told_in_words(settings):
    unknown, missing = typed(settings, "nobody"), typed(settings)
    assert (unknown.returncode, missing.returncode) == (2, 2)
    assert "Nobody signs in as nobody." in unknown.stdout
    assert "python3 run.py password LOGIN" in missing.stdout
