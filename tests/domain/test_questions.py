"""Who is asked what, what each answer changes, and in whose words."""

from datetime import date

import pytest

from server.domain import offers
from server.domain.ages import Band, age_now, band
from server.domain.questions import ALL, ANOTHER_WAY, Kind, aloud, answerable, asked, way_out
from server.domain.roles import Role

YOUNG_BANDS = [b for b in Band if b != Band.ADULT]
GUESTS = [*[(Role.YOUNG_PERSON, b) for b in YOUNG_BANDS], (Role.BISIDDER, Band.ADULT)]
EVERY_ANSWER = [
    (question, answer)
    for role, of_age in GUESTS
    for question in (*answerable(role, of_age).values(), ANOTHER_WAY)
    for answer in question.answers
    if question.kind != Kind.TOPICS
]


@pytest.mark.parametrize(
    ("age", "words"),
    [(6, "6"), (9, "6"), (10, "10"), (12, "10"), (13, "13"), (17, "13"), (18, "18"), (23, "18")],
)
def test_a_young_person_gets_the_words_of_their_age(age, words):
    assert band(age) == words


@pytest.mark.parametrize(
    ("today", "age"),
    [
        (date(2026, 2, 1), 12), (date(2027, 1, 31), 12), (date(2027, 2, 1), 13),
        (date(2029, 3, 1), 15), (date(2025, 1, 1), 12),
    ],
)  # fmt: skip
def test_an_age_grows_by_full_years_since_it_was_told(today, age):
    """The day it was told is kept, never a date of birth; it never goes backwards."""
    assert age_now(12, date(2026, 2, 1), today) == age


def test_an_age_told_on_a_leap_day_grows_on_the_first_of_march():
    told = date(2024, 2, 29)
    assert age_now(12, told, date(2025, 2, 28)) == 12
    assert age_now(12, told, date(2025, 3, 1)) == 13


SETS = {  # domain pack 4.0, in the order on screen; "written" is the card that is not counted
    Band.SIX: ["way", "heard", "company", "bisidder"],
    Band.TEN: ["way", "heard", "company", "not_there", "bisidder", "topics"],
    Band.THIRTEEN: [
        "way", "heard", "company", "not_there", "bisidder", "device", "topics", "stop",
    ],
    Band.EIGHTEEN: [
        "way", "heard", "company", "not_there", "bisidder", "device", "topics", "stop",
    ],
}  # fmt: skip


@pytest.mark.parametrize("of_age", YOUNG_BANDS)
def test_each_age_is_asked_its_own_set_and_shown_the_card(of_age):
    """S19, S30: the right to a bisidder and company are asked about at every age."""
    ids = [q.id for q in asked(Role.YOUNG_PERSON, of_age)]
    assert ids == [*SETS[of_age], "written"]


@pytest.mark.parametrize("of_age", YOUNG_BANDS)
def test_everything_can_be_answered_at_every_age(of_age):
    """U1 to U13: on screen, in the letter, behind "vil du sige mere?", or on the way out."""
    afterwards = {"feeling", "comfort", "in_peace", "next_time", "reading", "send_on"}
    afterwards |= set() if of_age == Band.SIX else {"good_place"}  # in words of their own (S26)
    ids = set(answerable(Role.YOUNG_PERSON, of_age)) - {"known", "another_way"}
    assert afterwards <= ids
    ids -= afterwards
    assert ("first" in ids) == (of_age != Band.SIX)  # the youngest say it aloud
    ids -= {"first"}
    besides = {"time", "place", "around", "afterwards", "easier", "written"}
    assert ids == {*SETS[Band.THIRTEEN], *besides}
    assert ("known" in answerable(Role.YOUNG_PERSON, of_age)) == (of_age == Band.EIGHTEEN)


@pytest.mark.parametrize("of_age", YOUNG_BANDS)
def test_whose_device_it_is_is_asked_before_or_on_the_way_out_never_twice(of_age):
    before = "device" in SETS[of_age]
    assert ("device" in [q.id for q in way_out(Role.YOUNG_PERSON, of_age)]) != before


def test_the_youngest_type_nothing_and_are_asked_the_rest_aloud():
    known = answerable(Role.YOUNG_PERSON, Band.SIX)
    by_voice = {"place", "around", "not_there", "stop", "afterwards"}
    assert {q.id for q in aloud(Band.SIX)} == by_voice
    assert all(not asked.asks_text for asked in known.values())
    assert "own" not in known["stop"].answers
    assert "other" not in known["easier"].answers
    assert [aloud(b) for b in YOUNG_BANDS if b != Band.SIX] == [(), (), ()]


def test_the_caseworker_has_a_list_of_their_own():
    """S24, S36: room, having told who comes, having read, and what if the line breaks."""
    ids = [q.id for q in asked(Role.CASEWORKER, Band.ADULT)]
    assert ids == [
        "read", "purpose", "told", "right", "room", "fallback", "after", "emergency",
    ]  # fmt: skip


@pytest.mark.parametrize(("question", "answer"), EVERY_ANSWER)
def test_every_answer_has_an_effect_that_can_be_seen(question, answer):
    ((name, icons),) = offers.effects(question.id, answer)
    assert name == answer
    assert icons


def test_naming_people_and_topics_has_an_effect_as_well():
    assert offers.effects("not_there", "12 13")[0][0] == "named"
    assert offers.effects("topics", "school=yes")[0][0] == "chosen"
    assert offers.effects("topics", "")[0][0] == "chosen"


def test_each_thing_that_makes_it_easier_has_its_own_effect_and_none_has_one_too():
    assert [name for name, _ in offers.effects("easier", "pauses drawing")] == ["pauses", "drawing"]
    assert [name for name, _ in offers.effects("easier", "")] == ["nothing"]


def test_what_hears_or_sees_at_the_young_persons_end_is_asked_at_every_age():
    """S36: about things, never about people; and nobody of 6 to 9 is asked what they would keep."""
    for of_age in YOUNG_BANDS:
        known = set(answerable(Role.YOUNG_PERSON, of_age)["around"].answers)
        keeps = set() if of_age == Band.SIX else {"keep"}
        assert known == {"speaker", "camera", "screen", "messages"} | keeps
    assert [name for name, _ in offers.effects("around", "")] == ["nothing"]


def test_no_effect_is_kept_for_an_answer_nobody_can_give():
    for question, effects in offers.EFFECTS.items():
        extra = {
            "not_there": {"named"}, "topics": {"chosen"}, "easier": {"nothing"},
            "around": {"nothing"},
        }.get(question, set())  # fmt: skip
        known = set(ALL[question].answers) if question != "topics" else set()
        assert set(effects) == known | extra


def test_whoever_may_be_heard_is_offered_every_other_way_at_once():
    """P3: before anybody has to ask."""
    for answer in ("maybe", "find_other"):
        assert offers.OFFERS["heard", answer] == ANOTHER_WAY.answers
    assert set(offers.OFFER_ICONS) == set(ANOTHER_WAY.answers)
