"""A note as somebody would retell it who knows only what was said and done: no table, no rule, and
not a line of the product (test_what_leaves.py looks that this file asks it for nothing).

The play of deeds (any_order.py) does the same to this and to the product, and compares what the
home reads, what the young person is told becomes of each line, and the hour. Exact words are
numbered in the order they were written, so that the same words written again are other words (C8).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# No weekend, and nobody in the office: read off a calendar of those years.
SHUT = {
    date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1),
    date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17),
}  # fmt: skip
READING = 3  # whole weekdays, for somebody of thirteen
READ_AFTER = timedelta(days=30)
YES, OTHER_WORDS = "as_written", "other_words"
NO = ("not_to_home", "tell_myself", "tell_together")


def noon(after: datetime, weekdays: int = 1) -> datetime:
    """Noon in Copenhagen, so many days on which the office is open later."""
    day = after.astimezone(COPENHAGEN).date()
    while weekdays:
        day += timedelta(days=1)
        weekdays -= day.isoweekday() < 6 and day not in SHUT
    return datetime.combine(day, time(12), COPENHAGEN).astimezone(UTC)


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
    choice: str
    sure: bool = False  # in the call, or by voice
    at: datetime | None = None  # when it became so
    by_voice: bool = False


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
    first: str = ""  # how it was written first
    about: dict[int, Chose] = field(default_factory=dict)  # the last choice about each words

    @property
    def words(self) -> Words:
        return self.home or self.line

    def chooses(self, chose: Chose) -> None:
        self.chose = self.about[chose.words.number] = chose

    def was_another(self) -> None:
        """Nobody knows any more whose hand it was in the call."""
        for chose in list(self.about.values()):
            if not chose.by_voice:
                self.about[chose.words.number] = Chose(chose.words, chose.choice)
        if self.chose is not None:
            self.chose = self.about[self.chose.words.number]

    def may_have(self, words: Words) -> bool:
        """Whether the home may have these words: their latest choice about them that counts lets
        it, or they must be passed on and were told."""
        heard = self.told.get(words.number)
        if self.must_since is not None and heard is not None and heard >= self.must_since:
            return True
        about = self.about.get(words.number)
        return about is not None and about.choice == YES and about.sure

    @property
    def said_no(self) -> bool:
        """What they said last is that the home is not to have it from us, or not so."""
        if self.chose is None:
            return False
        if self.chose.choice == OTHER_WORDS:
            return self.chose.words == self.words
        return self.chose.choice in NO

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
            opened = self.chose.at if self.chose.choice == YES else None
        if opened is None or not self.words.names_a_place:
            return opened
        looked = self.looked.get(self.words.number)
        return max(opened, looked) if looked else None

    @property
    def becomes(self) -> str:
        """What the young person is told becomes of it."""
        if self.must_since is not None:
            heard = self.told.get(self.words.number)
            found = "must_go" if heard and heard >= self.must_since else "must_be_told"
        elif self.chose is None:
            return "unanswered"
        elif self.chose.words != self.words:
            return "changed"
        elif self.chose.choice == YES:
            found = "goes" if self.chose.sure else "waits_for_voice"
        else:
            return "waits_for_words" if self.chose.choice == OTHER_WORDS else "stays"
        waits = self.words.names_a_place and self.words.number not in self.looked
        return "waits_for_look" if waits and found in ("goes", "must_go") else found


@dataclass
class Retold:
    """The whole note, and what stands on the home's page."""

    starts: datetime
    home_since: datetime
    items: dict[int, Said] = field(default_factory=dict)
    page: list[tuple[int, Words]] = field(default_factory=list)
    inside: bool = True  # the young person is in the call
    ready: bool = False
    hour: datetime | None = None  # when words leave next
    released: datetime | None = None
    locked_at: datetime | None = None
    moved_out: bool = False  # from the home this note is about

    def living(self) -> list[int]:
        return [key for key, said in self.items.items() if not said.struck]

    def can_read(self, now: datetime) -> bool:
        """On her own device, outside the call: until a while after the last hour there is."""
        if self.hour is not None or self.released is None:
            return self.ready
        return now <= self.released + READ_AFTER

    def make_ready(self, now: datetime) -> None:
        if not self.ready:
            self.ready, self.hour = True, noon(now, READING + 1)

    def opens(self, now: datetime) -> None:
        """Something may leave now: at the hour there is, or at noon some weekday after this."""
        if self.ready and self.hour is None:
            self.hour = noon(now)

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

    def release(self, now: datetime) -> None:
        """Do what is to be done at the hour, if it has come."""
        if self.hour is None or now < self.hour:
            return
        for key in list(self.may_leave(self.hour)):
            self.take_back(key)
            said = self.items[key]
            said.out = said.words
            self.page.append((key, said.words))
        self.released, self.hour = now, None
        if list(self.may_leave()):
            self.opens(now)

    def take_back(self, key: int) -> None:
        self.items[key].out = None
        self.page = [entry for entry in self.page if entry[0] != key]

    def take_away(self) -> None:
        """What the home has and may not have any more; a locked page stands as it is."""
        if self.locked_at is None:
            for key, said in self.items.items():
                if said.out is not None and not said.may_have(said.out):
                    self.take_back(key)

    def choose(self, key: int, choice: str, now: datetime, *, sure: bool, voice: bool) -> bool:
        """Keep a choice; False where it may not be: the home has these words already."""
        said = self.items[key]
        before = said.chose
        again = before is not None and (before.words, before.choice) == (said.words, choice)
        if before is not None and again and (before.sure or not sure):
            return True
        if said.out == said.words:
            return False
        said.chooses(Chose(said.words, choice, sure, now if sure else None, voice))
        if sure:
            self.opens(now)
        return True
