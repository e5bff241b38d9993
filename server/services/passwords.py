"""Passwords as argon2 hashes, worked out beside the event loop so that nobody's call stutters."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Verified where there is no such account: made with the settings of now, and nobody's (V6.3.8).
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$XV0QLR0MVCD+MHjbGF/p8Q"
    "$wYK5+E1ylslwRSGnYmWpd/weZZHeMaAp25EEMcA0Ndw"
)
AT_ONCE = 2  # each takes 64 MiB and a core: a flood of tries must not take the machine


class Passwords:
    """Hashes and verifies. A login that does not exist costs the same work (V6.3.8): `nobodys` is
    a hash made with the hasher's settings."""

    def __init__(self, hasher: PasswordHasher | None = None, nobodys: str = NOBODYS) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = nobodys
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._at_once:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Say whether this is the password; `kept` is None where there is no such account."""
        async with self._at_once:
            right = await asyncio.to_thread(self._verify, password, kept or self._nobodys)
        return right and kept is not None

    def _verify(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
