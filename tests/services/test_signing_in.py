"""Opening an account, signing in and out, and what is counted at the door."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from server.domain.errors import Invalid, Refused
from server.domain.roles import AccountId, Caseworker, SessionId
from server.services import account, passwords, sessions, signing_in
from server.services.sessions import Kind
from server.services.signing_in import Desk, NewAccount
from server.store import accounts
from server.store.tables import FirstLink
from tests.conftest import NOON
from tests.factories import PASSWORD

HERE = "10.0.0.1"
LONE = NewAccount("Lone Birk", "lone", "12 34 56 79", "blå stole i regnvejr")
HASH = "kept as it came"


@pytest.fixture
async def db(database):
    async with database.begin() as session:
        yield session


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def mette_lund(cast):
    return Caseworker(AccountId(cast.mette), SessionId(1), "Mette")


def code(path: str) -> str:
    return path.partition("#")[2]


async def test_the_first_link_opens_one_account_once(db):
    path = await signing_in.first_link(db, NOON)
    opened = await signing_in.open_account(db, code(path), LONE, HASH, now=NOON)
    live = await sessions.find(db, Kind.STAFF, opened.cookie, now=NOON)
    assert live is not None
    assert signing_in.who(live).first_name == "Lone"
    other = NewAccount("Ole", "ole", "12 34 56 80", LONE.password)
    with pytest.raises(Invalid) as refused:
        await signing_in.open_account(db, code(path), other, HASH, now=NOON)
    assert refused.value.fields == {"code": "code-unknown"}


async def test_the_code_may_be_typed_in_any_hand(db):
    typed = code(await signing_in.first_link(db, NOON)).lower().replace("-", " ")
    assert await signing_in.open_account(db, typed, LONE, HASH, now=NOON)


async def test_there_is_no_first_link_where_somebody_has_an_account(cast, db):
    assert await signing_in.first_link(db, NOON) is None


async def test_a_new_start_makes_a_new_first_link_and_the_old_one_is_dead(db):
    old = await signing_in.first_link(db, NOON)
    new = await signing_in.first_link(db, NOON)
    with pytest.raises(Invalid):
        await signing_in.open_account(db, code(old), LONE, HASH, now=NOON)
    assert await signing_in.open_account(db, code(new), LONE, HASH, now=NOON)


async def test_a_first_link_is_dead_after_a_day(db):
    path = await signing_in.first_link(db, NOON)
    late = NOON + timedelta(days=1, seconds=1)
    with pytest.raises(Invalid):
        await signing_in.open_account(db, code(path), LONE, HASH, now=late)


async def test_the_database_keeps_no_code_that_opens_anything(db):
    """L3: nothing in the database opens a door."""
    from sqlalchemy import select

    path = await signing_in.first_link(db, NOON)
    (row,) = (await db.scalars(select(FirstLink))).all()
    assert row.digest not in code(path)
    with pytest.raises(Invalid):
        await signing_in.open_account(db, row.digest, LONE, HASH, now=NOON)


async def test_a_colleague_gets_an_account_of_their_own(cast, mette_lund, db):
    path = await signing_in.invite_colleague(db, mette_lund, now=NOON)
    assert await signing_in.open_account(db, code(path), LONE, HASH, now=NOON)
    assert (await accounts.by_login(db, "lone")) is not None


async def test_a_login_is_taken_once_and_the_code_is_not_used_up_by_trying(cast, mette_lund, db):
    path = await signing_in.invite_colleague(db, mette_lund, now=NOON)
    taken = NewAccount("Mette Holm", "mette", "12 34 56 79", LONE.password)
    with pytest.raises(Invalid) as refused:
        await signing_in.open_account(db, code(path), taken, HASH, now=NOON)
    assert refused.value.fields == {"login": "login-taken"}
    assert await signing_in.open_account(db, code(path), LONE, HASH, now=NOON)


async def test_mette_signs_in_with_her_password(cast, db, desk):
    found = await signing_in.check(db, desk, " METTE ", PASSWORD, HERE, now=NOON)
    assert found == cast.mette


@pytest.mark.parametrize(
    ("login", "password"), [("mette", "forkert kodeord"), ("mette", ""), ("nobody", PASSWORD)]
)
async def test_a_wrong_password_and_an_unknown_login_are_told_the_same(
    cast, db, desk, login, password
):
    """V6.3.8: nobody finds out which logins there are."""
    with pytest.raises(Refused) as refused:
        await signing_in.check(db, desk, login, password, HERE, now=NOON)
    assert refused.value.error == "sign-in-wrong"


@pytest.mark.parametrize("login", ["mette", "nobody"])
async def test_an_unknown_login_costs_the_same_work(cast, db, desk, login, monkeypatch):
    """V6.3.8: one verification of a hash made with the same settings, whoever it is."""
    verified = []
    real = desk.passwords._verify
    monkeypatch.setattr(
        desk.passwords, "_verify", lambda p, kept: verified.append(kept) or real(p, kept)
    )
    with pytest.raises(Refused):
        await signing_in.check(db, desk, login, "forkert kodeord", HERE, now=NOON)
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_nobodys_hash_is_made_with_the_settings_of_now():
    """V6.3.8: were it cheaper to verify than a real one, its time would tell."""
    assert not PasswordHasher().check_needs_rehash(passwords.NOBODYS)


async def test_a_password_is_kept_with_the_settings_of_now():
    """V6.5.2: what the application hashes with, where no test says otherwise."""
    kept = await Desk().passwords.hash("et langt kodeord")
    assert not PasswordHasher().check_needs_rehash(kept)


async def test_after_five_wrong_ones_even_the_right_one_waits(cast, db, desk):
    """V6.3.1: the wait is told, and a quarter of an hour later it is over."""
    for _ in range(5):
        with pytest.raises(Refused):
            await signing_in.check(db, desk, "mette", "forkert kodeord", HERE, now=NOON)
    with pytest.raises(Refused) as refused:
        await signing_in.check(db, desk, "mette", PASSWORD, HERE, now=NOON)
    assert refused.value.error == "sign-in-wait"
    later = NOON + timedelta(minutes=15)
    assert await signing_in.check(db, desk, "mette", PASSWORD, HERE, now=later) == cast.mette


async def test_signing_in_ends_the_session_this_browser_had(cast, db):
    """L10: always a new id."""
    first = await signing_in.sign_in(db, AccountId(cast.mette), None, now=NOON)
    live = await sessions.find(db, Kind.STAFF, first.cookie, now=NOON)
    second = await signing_in.sign_in(db, AccountId(cast.mette), live, now=NOON)
    assert first.cookie != second.cookie
    assert await sessions.find(db, Kind.STAFF, first.cookie, now=NOON) is None
    assert await sessions.find(db, Kind.STAFF, second.cookie, now=NOON) is not None


async def test_signing_out_ends_it_on_the_server(cast, db):
    """V7.4.1: the cookie alone opens nothing afterwards."""
    opened = await signing_in.sign_in(db, AccountId(cast.mette), None, now=NOON)
    live = await sessions.find(db, Kind.STAFF, opened.cookie, now=NOON)
    await signing_in.sign_out(db, signing_in.who(live), now=NOON)
    assert await sessions.find(db, Kind.STAFF, opened.cookie, now=NOON) is None


async def test_a_new_password_puts_every_other_browser_out(cast, mette_lund, db):
    elsewhere = await signing_in.sign_in(db, AccountId(cast.mette), None, now=NOON)
    here = await account.change_password(db, mette_lund, HASH, now=NOON)
    assert await sessions.find(db, Kind.STAFF, elsewhere.cookie, now=NOON) is None
    assert await sessions.find(db, Kind.STAFF, here.cookie, now=NOON) is not None
