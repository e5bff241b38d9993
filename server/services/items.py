"""A note's items as somebody reads them: the words, what was chosen, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from server.domain import places, rounds, sharing
from server.domain.rounds import Moved, Turn
from server.domain.sections import Section
from server.domain.sharing import Choice, ItemId, Outcome, Revision, ToldTo
from server.store import notes
from server.store.note_tables import Item


@dataclass(frozen=True, slots=True)
class Shown:
    """One item. `revision` names the exact words that would leave; a choice must name it.

    `choice` is the young person's if it is about these very words, and `choice_id` its row.
    `at_home` are the words the home has now: after a rewording, still the old ones.
    """

    item: int
    revision: int
    text: str
    line_revision: int
    home_text: str
    home_revision: int
    choice: Choice | None
    choice_id: int | None
    by_voice: bool
    outcome: Outcome
    must_pass_on: bool
    reason: str
    told: bool
    told_home: bool
    at_home: str
    is_out: bool  # the words as they stand are at the home already
    section: Section = Section.TALKED_ABOUT
    said_by: str = ""  # whose words it quotes
    said_on: date | None = None
    from_chat: bool = False
    own: bool = False  # the young person wrote it themselves
    goes_against: bool = False  # passing it on would overrule the young person (C11)
    rounds: tuple[Moved, ...] = ()  # how the words were looked for together
    places: tuple[str, ...] = ()  # what may name a place and nobody has looked at (C13)

    @property
    def leaving(self) -> str:
        return self.home_text or self.text

    @property
    def turn(self) -> Turn:
        """Whose turn it is to say something about the words."""
        return Turn.NOBODY if self.must_pass_on else rounds.turn(self.rounds)

    @property
    def wish(self) -> str:
        """How the young person wants it said, while that waits for the caseworker."""
        return self.rounds[-1].text if self.turn == Turn.CASEWORKER else ""


def shown(row: Item) -> Shown:
    facts = notes.facts(row)
    line, home = notes.line(row), notes.home_wording(row)
    words = home or line
    choice = notes.last_choice(row)
    about_these = choice is not None and choice.wording_id == words.id
    release = notes.out(row)
    is_out = release is not None and release.wording_id == words.id
    outcome = sharing.outcome(facts)
    unseen = outcome == Outcome.WAITS_FOR_LOOK and not is_out
    return Shown(
        item=row.id,
        revision=words.id,
        text=line.text,
        line_revision=line.id,
        home_text=home.text if home else "",
        home_revision=home.id if home else 0,
        choice=choice.choice if choice and about_these else None,
        choice_id=choice.id if choice and about_these else None,
        by_voice=bool(choice and about_these and choice.asked),
        outcome=outcome,
        must_pass_on=facts.must_pass_on,
        reason=row.reason if facts.must_pass_on else "",
        told=facts.must_pass_on and facts.told == facts.revision,
        told_home=notes.told(words, ToldTo.HOME) is not None,
        at_home=release.handover.text if release else "",
        is_out=is_out,
        section=Section(row.section),
        said_by=row.said_by,
        said_on=row.said_on,
        from_chat=row.chat_id is not None,
        own=row.own,
        goes_against=sharing.goes_against(facts),
        rounds=notes.rounds_of(row),
        places=tuple(p.words for p in places.find(words.text, besides=row.home_name))
        if unseen
        else (),
    )


def out(rows: Sequence[Item]) -> dict[ItemId, Revision]:
    """Say which words of which items are at the home now."""
    released = ((row.id, notes.out(row)) for row in rows)
    return {ItemId(i): Revision(r.wording_id) for i, r in released if r is not None}
