"""Logging that cannot print names, links or note text: records are a deed and ids, nothing else.

Call `note("swap refused", seat=3)`. Values must be numbers, booleans or enum words; a text value
raises, so that no name, address, token or sentence gets into a log by accident (P6, V16.2.5).
"""

import json
import logging
from enum import Enum

_log = logging.getLogger("enerum")


def note(deed: str, **facts: int | bool | Enum | None) -> None:
    for name, value in facts.items():
        if isinstance(value, str) and not isinstance(value, Enum):
            raise TypeError(f"{name} is text; logs hold ids only")
    _log.info("%s", json.dumps({"deed": deed, **facts}, default=str))


def fault(deed: str, error: BaseException) -> None:
    """Tell the operator where our own fault happened: its type and place, never its words."""
    place = ""
    step = error.__traceback__
    while step is not None:
        place = f"{step.tb_frame.f_code.co_filename.rpartition('/server/')[2]}:{step.tb_lineno}"
        step = step.tb_next
    _log.error("%s", json.dumps({"deed": deed, "fault": type(error).__name__, "at": place}))


def start(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter('{"at": "%(asctime)s", "record": %(message)s}'))
    _log.handlers[:] = [handler]
    _log.setLevel(level)
    _log.propagate = False
