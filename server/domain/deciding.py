"""A decision that limits whom a young person has with them, recorded openly (domain pack 3.0.4).

An authority may set a bisidder aside (§ 6) or hold somebody away by a decision on contact
(§ 105). It is never done in silence: there is a ground, the young person is told how to
complain, and reads in words of their own what was decided and why.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import fault

WHOM_LIMIT = 40
REASON_LIMIT = 1000
WORDS_LIMIT = 400


class DecisionKind(StrEnum):
    BISIDDER = "bisidder"  # a bisidder set aside or kept out (§ 6, stk. 2-3)
    CONTACT = "contact"  # contact suspended or limited (§ 105)
    OTHER = "other"


class Guidance(StrEnum):
    """How the young person was told that one can complain."""

    SPOKEN = "spoken"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about whom. `words` are for the young person, `reason` for the file."""

    kind: DecisionKind
    whom: str
    reason: str
    words: str
    guidance: Guidance


def decide(kind: str, whom: str, reason: str, words: str, guidance: str) -> Decision:
    """Make a decision that can be recorded, or raise `Invalid` with all that it lacks."""
    wrong: dict[str, str] = {}
    texts = (
        ("whom", whom, WHOM_LIMIT, "decision-whom-missing"),
        ("reason", reason, REASON_LIMIT, "decision-reason-missing"),
        ("words", words, WORDS_LIMIT, "decision-words-missing"),
    )
    for field, text, limit, missing in texts:
        if amiss := fault(text.strip(), limit, missing):
            wrong[field] = amiss
    if guidance not in tuple(Guidance):
        wrong["guidance"] = "decision-guidance-missing"
    if kind not in tuple(DecisionKind):
        wrong["kind"] = "decision-kind-missing"
    if wrong:
        raise Invalid(**wrong)
    return Decision(
        DecisionKind(kind),
        " ".join(whom.split()),
        reason.strip(),
        words.strip(),
        Guidance(guidance),
    )
