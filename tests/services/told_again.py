"""A note as somebody would retell it who knows only what was said and done: no table, no rule.

The stateful test (test_what_leaves.py) plays the same deeds on this and on the product, and
compares what the home reads. Exact words are numbered in the order they were written, so that the
same words written again are other words (C8).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server.domain.sharing import Choice

READ_AFTER = timedelta(days=30)
SAID_BY_THEMSELVES = (Choice.NOT_TO_HOME, Choice.TELL_MYSELF, Choice.TELL_TOGETHER)


@dataclass(frozen=True)
class Words:
    number: int
    text: str

    @property
    def names_a_place(self) -> bool:
        return "Egevej" in self.text


@dataclass(frozen=True)
class Chose:
    words: Words
    choice: Choice
    sure: bool = False  # in the call, or asked alone
    at: datetime | None = None  # when it became so


@dataclass
class Said:
    """One line of the note, with everything that was said about it."""

    line: Words
    home: Words | None = None
    chose: Chose | None = None
    must_since: datetime | None = None
    told: dict[int, datetime] = field(default_factory=dict)  # by words
    looked: dict[int, datetime] = field(default_factory=dict)
    out: Words | None = None  # what the home has of it
    struck: bool = False

    @property
    def words(self) -> Words:
        return self.home or self.line

    @property
    def said_no(self) -> bool:
        """What they said last is that the home is not to have it from us, or not so."""
        if self.chose is None:
            return False
        if self.chose.choice == Choice.OTHER_WORDS:
            return self.chose.words == self.words
        return self.chose.choice in SAID_BY_THEMSELVES

    @property
    def opened(self) -> datetime | None:
        """Since when these very words may leave; None where they may not."""
        if self.struck:
            return None
        opened = None
        if self.must_since is not None:
            heard = self.told.get(self.words.number)
            opened = heard if heard and heard >= self.must_since else None
        elif self.chose and self.chose.words == self.words and self.chose.sure:
            opened = self.chose.at if self.chose.choice == Choice.AS_WRITTEN else None
        if opened is None or not self.words.names_a_place:
            return opened
        looked = self.looked.get(self.words.number)
        return max(opened, looked) if looked else None


@dataclass
class Retold:
    """The whole note, and what stands on the home's page."""

    starts: datetime
    home_since: datetime
    items: dict[int, Said] = field(default_factory=dict)
    page: list[tuple[int, Words]] = field(default_factory=list)
    ready: bool = False
    released: datetime | None = None
    locked_at: datetime | None = None
    moved_out: bool = False  # from the home this note is about

    def living(self) -> list[int]:
        return [key for key, said in self.items.items() if not said.struck]

    def can_read(self, now: datetime, next_hour: datetime | None) -> bool:
        """On her own device, outside the call: until a while after the last hour there is."""
        if next_hour is not None or self.released is None:
            return self.ready
        return now <= self.released + READ_AFTER

    def may_leave(self, hour: datetime | None = None) -> Iterable[int]:
        """What would leave at an hour; without one, what is to leave some day as things stand."""
        if self.locked_at is not None or self.moved_out or not self.ready:
            return
        for key, said in self.items.items():
            opened = said.opened
            if opened is None or opened < self.home_since or said.out == said.words:
                continue
            if hour is None or opened <= hour:
                yield key

    def release(self, hour: datetime, now: datetime) -> None:
        for key in list(self.may_leave(hour)):
            self.take_back(key)
            said = self.items[key]
            said.out = said.words
            self.page.append((key, said.words))
        self.released = now

    def take_back(self, key: int) -> None:
        self.items[key].out = None
        self.page = [entry for entry in self.page if entry[0] != key]

    def choose(self, key: int, choice: Choice, now: datetime, *, sure: bool) -> bool:
        """Keep a choice; False where it may not be: the home has these words already."""
        said = self.items[key]
        before = said.chose
        again = before is not None and (before.words, before.choice) == (said.words, choice)
        if before is not None and again and (before.sure or not sure):
            return True
        if said.out == said.words:
            return False
        said.chose = Chose(said.words, choice, sure, now if sure else None)
        return True
