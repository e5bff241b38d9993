"""What can stop a start, in a sentence the operator can act on.

Folder, key, certificate, database and ports are the machine's. Where one of them is not as it has
to be, nothing of ours is broken, and a traceback would help nobody. docs/deploy.md says what to
look at.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class CannotStart(Exception):
    """Nothing was begun; the message says what stands in the way and what to do."""


@contextmanager
def told(what: str, to_do: str, *kinds: type[Exception]) -> Iterator[None]:
    """Turn an error of the machine's into its sentence. Raises `CannotStart`."""
    try:
        yield
    except kinds as error:
        raise CannotStart(f"{what}: {reason(error)}. {to_do}") from error


def reason(error: Exception) -> str:
    """The machine's own words; of a failed statement never the statement, which may hold names."""
    if isinstance(error, DBAPIError):
        error = error.orig if isinstance(error.orig, Exception) else error
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
