"""The register of decisions on contact and address (R5), and what an active one does.

A protected address hides the place from everybody but the caseworker, asks a code of every
link and blurs the whole picture. Contact suspended (§ 105) holds one named person away until
its last day. Nothing is forgotten in silence: an end is shown, and a passed one ends the effect.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import fault, shown

WHOM_LIMIT = 80
SOON = timedelta(days=30)
FURTHEST = timedelta(days=6 * 366)


class RestrictionKind(StrEnum):
    PROTECTED_ADDRESS = "protected_address"
    CONTACT_SUSPENDED = "contact_suspended"


@dataclass(frozen=True, slots=True)
class Restriction:
    kind: RestrictionKind
    whom: str = ""
    until: date | None = None
    id: int = 0


def restrict(kind: str, whom: str, until: date | None, today: date) -> Restriction:
    """Make a line of the register, or raise `Invalid`. A suspension always names its end."""
    wrong: dict[str, str] = {}
    name = " ".join(whom.split())
    if kind not in tuple(RestrictionKind):
        raise Invalid(kind="restriction-kind-missing")
    if kind == RestrictionKind.CONTACT_SUSPENDED:
        if not _parts(name):  # one without a letter would be everybody's, or nobody's
            wrong["whom"] = "restriction-whom-missing"
        if until is None:
            wrong["until"] = "restriction-until-missing"
    if amiss := fault(name, WHOM_LIMIT):
        wrong["whom"] = amiss
    if until is not None and not today <= until <= today + FURTHEST:
        wrong["until"] = "restriction-until-range"
    if wrong:
        raise Invalid(**wrong)
    found = RestrictionKind(kind)
    kept = name if found == RestrictionKind.CONTACT_SUSPENDED else ""
    return Restriction(found, kept, until)


def is_active(restriction: Restriction, today: date) -> bool:
    """Whether it holds today; its last day is a day it holds."""
    return restriction.until is None or today <= restriction.until


def ends_soon(restriction: Restriction, today: date) -> bool:
    return restriction.until is not None and restriction.until - today <= SOON


def is_protected(restrictions: Iterable[Restriction]) -> bool:
    """Whether the place may be known to nobody. Hand in the active ones."""
    return any(r.kind == RestrictionKind.PROTECTED_ADDRESS for r in restrictions)


def holds_away(restrictions: Iterable[Restriction], name: str) -> Restriction | None:
    """The active suspension that concerns somebody of this name, if any.

    Names are compared by their words, so that "Peter" and "Peter Hansen" are taken for the same
    person: it is better to ask once too often than to let the wrong one in.
    """
    asked = _parts(name)
    for restriction in restrictions:
        if restriction.kind != RestrictionKind.CONTACT_SUSPENDED or not asked:
            continue
        known = _parts(restriction.whom)
        if not known:
            continue
        if asked <= known or known <= asked:
            return restriction
    return None


def _parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", shown(name).casefold()))
