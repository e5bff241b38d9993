"""What people may do with a note, as rules of a stateful test: each done to the product and to the
retelling (told_again.py), whatever came before. What may not be done is to be refused."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from server.domain.errors import Invalid, Refused, Stale
from server.domain.note import WordKind
from server.domain.sharing import Choice, ToldTo
from tests.services.lives import Life
from tests.services.told_again import NO, YES, Chose, Said, Words

which = st.integers(0, 2)
choices = st.sampled_from((Choice.AS_WRITTEN, Choice.AS_WRITTEN, *Choice))
GRAVE = ("lock", "unlock", "unlock", "unlock", "hide", "move", "in_or_out", "turn_away")
A_SLIP = timedelta(minutes=1)  # of the hand: a lock is taken back alone within it


def some(life: Life) -> bool:
    """Whether there is a line to do something with."""
    return bool(life.told.living())


class AnyOrder(Life):
    """... and what the caseworker and the young person do in it."""

    # The caseworker

    @precondition(lambda self: len(self.told.living()) < 3)
    @rule(place=st.booleans())
    def write(self, place: bool = False) -> None:
        self.tick(seconds=5)
        words = self.fresh(place)
        self.told.items[self.do(self.note.write(words.text, self.now))] = Said(
            words, first=words.text
        )

    @precondition(some)
    @rule(item=which, for_home=st.booleans(), place=st.booleans(), back=st.booleans())
    def reword(
        self, item: int, for_home: bool = False, place: bool = False, back: bool = False
    ) -> None:
        """Other words; now and then the very words it was first written with, as new ones."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        words = self.fresh(place)
        if back:
            words = Words(self.number, said.first)
        kind = WordKind.HOME if for_home else WordKind.LINE
        before = said.home if for_home else said.line
        self.do(self.note.reword(key, kind, words.text, self.now))
        if before is not None and before.text == words.text:
            return
        if for_home:
            said.home = words
        else:
            said.line = words

    @precondition(some)
    @rule(item=which)
    def strike(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        if said.out is not None:
            self.refuses(self.note.strike(key, self.now), Refused)
            return
        self.do(self.note.strike(key, self.now))
        said.struck = True

    @rule()
    def ready(self) -> None:
        self.tick(seconds=5)
        if not self.told.ready and self.now < self.told.starts:
            self.refuses(self.note.ready(self.now), Refused)
            return
        self.do(self.note.ready(self.now))
        self.told.make_ready(self.now)

    @precondition(some)
    @rule(item=which)
    def ask_alone(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed, chose = self.note.ask_alone(key, self.now), said.chose
        stands = chose is not None and chose.words == said.words
        if stands and chose.by_voice:
            self.do(deed)  # it was asked; once more changes nothing
        elif not stands or chose.choice != YES or chose.sure or said.must_since is not None:
            self.refuses(deed, Refused, Stale)
        else:
            self.do(deed)
            said.chooses(Chose(said.words, YES, True, self.now, by_voice=True))
            self.told.opens(self.now)

    @precondition(some)
    @rule(item=which)
    def ask_about_what_was_chosen_before(self, item: int) -> None:
        """On a page that was opened before the words were others and chosen about anew."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        before = self.do(self.note.shown(key)).choice_id or 0
        if not self.can_read() or said.must_since is not None:
            return
        self.reword(item, for_home=True)
        self.choose(item, Choice.AS_WRITTEN)
        self.refuses(self.note.ask_alone(key, self.now, choice=before), Stale)

    @precondition(some)
    @rule(item=which, choice=choices)
    def choose_by_voice(self, item: int, choice: Choice) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.choose_by_voice(key, choice, self.now)
        may = said.must_since is None and self.told.choose(
            key, choice, self.now, sure=True, voice=True
        )
        if may:
            self.do(deed)
        else:
            self.refuses(deed, Refused)

    @precondition(some)
    @rule(item=which, with_somebody=st.booleans())
    def must_pass_on(self, item: int, with_somebody: bool) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        jens = self.house.cast.jens if with_somebody else None
        deed = self.note.must_pass_on(key, self.now, second=jens)
        if said.must_since is None and said.said_no and not with_somebody:
            self.refuses(deed, Invalid)
            return
        self.do(deed)
        said.must_since = said.must_since or self.now

    @precondition(some)
    @rule(item=which)
    def not_after_all(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        self.do(self.note.not_after_all(key, self.now))
        if said.must_since is not None:
            said.must_since = None
            self.told.opens(self.now)
            self.told.take_away()

    @precondition(some)
    @rule(item=which, to=st.sampled_from(ToldTo))
    def tell(self, item: int, to: ToldTo) -> None:
        """The young person, or the home on the telephone, which shows nowhere."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        if said.must_since is None:
            self.refuses(self.note.tell(key, to, self.now), Refused)
            return
        self.do(self.note.tell(key, to, self.now))
        if to != ToldTo.YOUNG_PERSON:
            return
        heard = said.told.get(said.words.number)
        if heard is None or heard < said.must_since:
            said.told[said.words.number] = self.now
        self.told.opens(self.now)

    @precondition(some)
    @rule(item=which)
    def look_at_places(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        self.do(self.note.look(key, self.now))
        if said.words.number not in said.looked:
            said.looked[said.words.number] = self.now
            self.told.opens(self.now)

    @rule(what=st.sampled_from(GRAVE), alone=st.booleans())
    def something_grave(self, what: str, alone: bool) -> None:
        """Locked, hidden, moved, or gone from the call; rarer than what is said about lines."""
        if what == "lock":
            self.lock()
        elif what == "unlock" and self.told.locked_at is not None:
            self.unlock(alone)
        elif what == "hide":
            self.hide(alone)
        elif what == "move" and len(self.case.left) < 2:
            self.moves_home()
        elif what == "in_or_out":
            self.goes_in_or_out()
        elif what == "turn_away" and self.told.inside and not self.told.released:
            self.is_turned_away()

    def lock(self) -> None:
        self.tick(seconds=5)
        self.do(self.note.lock(self.now))
        self.told.locked_at = self.told.locked_at or self.now

    def unlock(self, alone: bool = False) -> None:
        self.tick(seconds=5)
        if alone and self.now - self.told.locked_at > A_SLIP:
            self.refuses(self.note.lock(self.now, on=False), Refused)
            return
        if alone:
            self.do(self.note.lock(self.now, on=False))
        else:
            self.do(self.note.unlock(self.house.cast.jens, self.now))
        self.told.locked_at = None
        self.told.opens(self.now)
        self.told.take_away()

    def hide(self, alone: bool = False) -> None:
        """What the home has of a locked note, by two and never by one."""
        self.tick(seconds=5)
        deed = self.note.hide(None if alone else self.house.cast.jens, self.now)
        if self.told.locked_at is None or alone:
            self.refuses(deed, Refused, Invalid)
            return
        self.do(deed)
        for key in self.told.items:
            self.told.take_back(key)

    def moves_home(self) -> None:
        """The old home's page is gone that moment; the new one has been told nothing."""
        self.tick(seconds=5)
        self.old_browser = self.do(self.house.session(self.case.home, self.now))
        for case in (self.case, self.beside):
            self.do(self.house.move(case, self.now))
        self.told.page.clear()
        self.told.home_since = self.now
        self.told.moved_out |= self.now > self.told.starts

    def goes_in_or_out(self) -> None:
        """The young person leaves the call, or comes back into it on the same device."""
        self.tick(seconds=5)
        if self.told.inside:
            self.do(self.note.leave(self.now))
        else:
            self.do(self.note.come_back(self.now))
        self.told.inside = not self.told.inside

    def is_turned_away(self) -> None:
        """What was chosen in the call counts as from any hand; then they are let in again."""
        self.tick(seconds=5)
        self.do(self.note.turn_away(self.now))
        self.do(self.note.come_back(self.now))
        for said in self.told.items.values():
            said.was_another()

    # The young person

    @precondition(some)
    @rule(item=which, choice=choices, in_call=st.booleans())
    def choose(self, item: int, choice: Choice, in_call: bool = False) -> None:
        """In the call, or at least a browser that says so; or outside of it."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.choose(key, choice, self.now, in_call=in_call)
        sure = in_call and self.told.inside
        opens = (in_call or self.can_read()) and said.must_since is None
        if opens and self.told.choose(key, choice, self.now, sure=sure, voice=False):
            self.do(deed)
        else:
            self.refuses(deed, Refused)

    @precondition(some)
    @rule(item=which)
    def choose_about_words_that_have_changed(self, item: int) -> None:
        self.tick(seconds=5)
        key, _ = self.pick(item)
        seen = self.do(self.note.shown(key)).revision
        self.reword(item, for_home=True)
        deed = self.note.choose(key, Choice.AS_WRITTEN, self.now, in_call=True, seen=seen)
        self.refuses(deed, Stale, Refused)

    @precondition(some)
    @rule(item=which, in_call=st.booleans())
    def take_back(self, item: int, in_call: bool = False) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.withdraw(key, self.now, in_call=in_call)
        if not (in_call or self.can_read()) or said.must_since is not None:
            self.refuses(deed, Refused)
            return
        self.do(deed)
        if said.out is not None:
            self.told.take_back(key)
            at = self.now if in_call else None
            said.chooses(Chose(said.words, NO[0], sure=in_call, at=at))
