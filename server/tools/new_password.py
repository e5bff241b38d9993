"""`python3 run.py password LOGIN`: a new password for a caseworker who has forgotten theirs.

Only whoever runs the machine can do it. The password is printed once and kept as a hash; every
browser of that account is signed out, and the caseworker chooses another on their own page.
"""

import asyncio
import os
import secrets
import sys

from server.clock import Clock
from server.domain.errors import NotFound
from server.services import account
from server.services.passwords import Passwords
from server.settings import SettingsError, from_environment
from server.tools import own_database
from server.tools.system import say, stop

BYTES = 12


async def main(login: str) -> None:
    """Raises NotFound where nobody signs in by that name, and SettingsError."""
    password = secrets.token_urlsafe(BYTES)
    async with own_database.opened(from_environment(os.environ)) as database:
        hashed = await Passwords().hash(password)
        async with database.begin() as db:
            await account.reset_password(db, login, hashed, now=Clock().now())
    say(f"The new password of {login} is: {password}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        stop("Say whose: python3 run.py password LOGIN")
    try:
        asyncio.run(main(sys.argv[1]))
    except NotFound:
        stop(f"Nobody signs in as {sys.argv[1]}.")
    except SettingsError as error:
        stop(str(error))
