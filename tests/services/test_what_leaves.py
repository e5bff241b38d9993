"""What the home reads, against a retelling that knows only what was said (must show 1 of issue 5).

In any order of writing, rewording, striking, choosing in the call and outside of it, asking alone,
choosing by voice, changing one's mind, marking what must be passed on (also against a no, with a
second person), telling, looking at places, locking, unlocking, hours going by, taking back and
moving to another home.
"""

import html
import re

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from server.domain.errors import Refused, Stale
from server.domain.sharing import Choice
from server.http import background
from server.services import choosing
from tests import notes
from tests.services.any_order import OfTheCaseworker, choices, some, which
from tests.services.houses import Case, House
from tests.services.told_again import Chose

PAPER = re.compile(r'<p class="paper__words">(.*?)</p>', re.DOTALL)
HOW = how(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


class AnyOrder(OfTheCaseworker):
    """... and what the young person does, and what is always so."""

    # The young person

    @precondition(some)
    @rule(item=which, choice=choices, in_call=st.booleans())
    def choose(self, item: int, choice: Choice, in_call: bool) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.choose(key, choice, self.now, in_call=in_call)
        opens = in_call or self.can_read()
        if not opens or said.must_since is not None:
            self.refuses(deed, Refused)
            return
        if not self.told.choose(key, choice, self.now, sure=in_call):
            self.refuses(deed, Refused)
            return
        self.do(deed)

    @precondition(some)
    @rule(item=which)
    def choose_about_words_that_have_changed(self, item: int) -> None:
        self.tick(seconds=5)
        key, _ = self.pick(item)
        seen = self.do(self.note.shown(key)).revision
        self.reword(item, True, False, False)
        deed = self.note.choose(key, Choice.AS_WRITTEN, self.now, in_call=True, seen=seen)
        self.refuses(deed, Stale, Refused)

    @precondition(some)
    @rule(item=which)
    def take_back(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.withdraw(key, self.now)
        if not self.can_read() or said.must_since is not None:
            self.refuses(deed, Refused)
            return
        self.do(deed)
        if said.out is not None:
            self.told.take_back(key)
            said.chose = Chose(said.words, Choice.NOT_TO_HOME)

    # What is always so

    @invariant()
    def the_home_reads_exactly_what_may_be_read(self) -> None:
        """Those words in their order, nothing else of the note; and where there are none, the page
        of somebody of whom nothing was ever written, to the byte."""
        answered = status, _, body = self.page(self.case)
        page = body.decode()
        expected = [words.text for _, words in self.told.page]
        assert status == 200
        assert [html.unescape(one) for one in PAPER.findall(page)] == expected
        texts = {w.text for s in self.told.items.values() for w in (s.line, s.home) if w}
        assert not any(text in page for text in texts - set(expected))
        if not expected:
            assert answered == self.page(self.beside)

    @precondition(lambda self: self.old_browser)
    @invariant()
    def the_home_they_moved_from_is_a_stranger(self) -> None:
        assert self.do(self.house.page(self.old_browser)) == self.do(self.house.page("nobody"))

    @precondition(lambda self: self.can_read() and not self.told.moved_out)
    @invariant()
    def the_young_person_foresees_it(self) -> None:
        """C9: what the preview shows is what the page will hold, if nothing more is said."""
        if self.told.locked_at is not None:
            return  # she is not to see that it is locked
        new = list(self.told.may_leave())
        staying = [words.text for key, words in self.told.page if key not in new]
        coming = [self.told.items[key].words.text for key in new]
        assert list(self.do(self.note.preview(self.now))) == staying + coming

    def page(self, case: Case):
        return self.do(self.house.home_page(case, self.now))

    def teardown(self) -> None:
        """Nothing that may leave is forgotten: after some more hours it is there."""
        if not hasattr(self, "told"):
            return
        for _ in range(3):
            self.the_hour_comes()
            self.tick(days=1)
        assert list(self.told.may_leave()) == []
        self.the_home_reads_exactly_what_may_be_read()


def test_the_page_holds_exactly_the_words_that_may_leave(settings, clock, monkeypatch):
    """P4, S45, C7, C8, C9, C11, C13, C15, D10: over any order of deeds, over HTTP, unnormalised."""
    monkeypatch.setattr(background, "WAKES_EVERY", 1e9)  # the hours are ours to let come
    house = House(settings, clock)

    class Here(AnyOrder):
        pass

    Here.house = house
    try:
        run_state_machine_as_test(Here, settings=HOW)
    finally:
        house.close()


async def test_a_word_by_voice_about_what_is_out_is_a_withdrawal_of_hers(
    after_the_meeting, database, clock
):
    """P4: the caseworker cannot say no to what the home reads; she takes it back herself."""
    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    item = await note.write(notes.ON, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    with pytest.raises(Refused, match="home-has-it"):
        await note.choose_by_voice(item, Choice.NOT_TO_HOME, clock.now())
    async with database.read() as db:
        shown = await choosing.items_for_young_person(db, note.meeting)
    assert [one.choice for one in shown] == [Choice.AS_WRITTEN]
