"""The gate, answer by answer: whose counts where, what shuts it, and what opens it again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import checklist
from server.domain.ages import Band
from server.domain.checklist import Gate, Reply, gate
from server.domain.errors import Invalid
from server.domain.questions import ALL, ANOTHER_WAY, TOPICS, Kind, asked
from server.domain.roles import Role

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OWN, OTHER = 1, 2
FINE = {
    "way": "video", "heard": "no", "company": "alone", "not_there": "nobody",
    "bisidder": "no_thanks", "device": "own", "topics": "", "written": "fine", "stop": "button",
    "room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls",
    "interpreter_secrecy": "understood", "professional_secrecy": "understood",
    "acquainted": "no", "dialect": "sure",
    "purpose": "fits", "right": "told", "after": "someone", "emergency": "known",
    "guest_room": "alone", "secrecy": "understood",
    "time_alone": "yes", "on_side": "no", "in_touch": "after_room",
    "our_list": "later", "our_sign": "later",
}  # fmt: skip
YOUNG = asked(Role.YOUNG_PERSON, Band.THIRTEEN)
SHUTTING = [
    ("way", "phone"), ("way", "walk"), ("heard", "find_other"), ("room", "open_office"),
    ("not_there", "caseworker"), ("told", "not_yet"), ("guest_room", "not_alone"),
    ("interpreter_secrecy", "call_first"), ("professional_secrecy", "call_first"),
    ("acquainted", "yes"), ("secrecy", "under_15"), ("purpose", "in_person"), ("after", "move"),
]  # fmt: skip
WISHES = ("phone", "time", "place", "meet")


def said(question: str, answer: str, minute: float = 0, session: int = OWN, **more) -> Reply:
    return Reply(question, answer, NOON + timedelta(minutes=minute), session, **more)


def all_fine(questions=YOUNG, session: int = OWN, minute: float = 0) -> list[Reply]:
    return [said(q.id, FINE[q.id], minute, session) for q in questions]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("band", Band)
def test_the_gate_is_closed_until_everything_is_answered(role, band):
    """S24: joining waits for every item of one's own list."""
    if role == Role.YOUNG_PERSON and band == Band.ADULT:
        return
    questions = asked(role, band)
    replies = all_fine(questions)
    for count in range(len(replies)):
        assert gate(questions, replies[:count], OWN) == Gate.CLOSED
    assert gate(questions, replies, OWN) == Gate.READY


@pytest.mark.parametrize(("question", "answer"), SHUTTING)
def test_an_answer_that_wants_it_otherwise_leads_to_another_way(question, answer):
    """P3: whatever is not fine is met with an offer, never with a fault."""
    questions = next(q for r in Role for q in [asked(r, Band.THIRTEEN)] if ALL[question] in q)
    replies = [*all_fine(questions), said(question, answer, 1)]
    assert gate(questions, replies, OWN) == Gate.ANOTHER_WAY
    assert gate(questions, [*replies, said(question, FINE[question], 2)], OWN) == Gate.READY


def test_every_other_answer_is_fine_as_it_is():
    shut = set(SHUTTING)
    for role in Role:
        questions = asked(role, Band.THIRTEEN)
        for question in questions:
            if question.kind == Kind.TOPICS:
                continue
            for answer in question.answers:
                if (question.id, answer) not in shut:
                    replies = [*all_fine(questions), said(question.id, answer, 1)]
                    assert gate(questions, replies, OWN) == Gate.READY, (question.id, answer)


@pytest.mark.parametrize("way", ANOTHER_WAY.answers)
def test_the_neutral_button_shuts_the_gate_but_for_writing(way):
    """P3: writing instead is a way through the gate; the other offers are ways around it."""
    expected = Gate.READY if way == "write" else Gate.ANOTHER_WAY
    assert gate(YOUNG, [*all_fine(), said("another_way", way, 1)], OWN) == expected


@pytest.mark.parametrize("question", sorted(checklist.TAKES_BACK_ANOTHER_WAY))
def test_a_later_answer_takes_the_wish_back_and_an_earlier_one_does_not(question):
    wish = said("another_way", "phone", 5)
    assert gate(YOUNG, [*all_fine(), wish], OWN) == Gate.ANOTHER_WAY
    again = said(question, FINE[question], 6)
    assert gate(YOUNG, [*all_fine(), wish, again], OWN) == Gate.READY


def test_ones_own_device_decides_over_a_later_answer_from_another():
    later = all_fine(session=OTHER, minute=9)
    mine = [*all_fine(), said("heard", "find_other", 1)]
    assert gate(YOUNG, mine + later, OWN) == Gate.ANOTHER_WAY
    assert gate(YOUNG, mine + later, OTHER) == Gate.READY


def test_a_new_device_may_build_on_answers_given_before():
    """P11: whoever answered yesterday need not answer everything again to knock."""
    assert gate(YOUNG, all_fine(session=OTHER), OWN) == Gate.READY


@pytest.mark.parametrize("way", WISHES)
def test_another_device_never_says_that_another_way_was_asked_for(way):
    """P3, P6: whoever else holds the link reads of something unanswered, not of a wish."""
    elsewhere = [*all_fine(session=OTHER), said("another_way", way, 1, OTHER)]
    assert gate(YOUNG, elsewhere, OWN) == Gate.CLOSED
    assert gate(YOUNG, [*elsewhere, said("way", "video", 2)], OWN) == Gate.READY


@pytest.mark.parametrize(("question", "answer"), [s for s in SHUTTING if ALL[s[0]] in YOUNG])
def test_what_was_not_fine_elsewhere_is_only_an_open_question_here(question, answer):
    elsewhere = [*all_fine(session=OTHER), said(question, answer, 1, OTHER)]
    assert gate(YOUNG, elsewhere, OWN) == Gate.CLOSED
    assert gate(YOUNG, [*elsewhere, said(question, FINE[question], 2)], OWN) == Gate.READY


def test_a_scanner_pressing_everything_leaves_the_gate_of_who_answered_open():
    """P1, L4: what a machine pressed in a session of its own shuts nobody else's gate."""
    pressed = [
        said(question.id, answer, 5, OTHER)
        for question in (*YOUNG, ANOTHER_WAY)
        for answer in question.answers
        if question.kind != Kind.TOPICS
    ]
    assert gate(YOUNG, all_fine() + pressed, OWN) == Gate.READY
    assert gate(YOUNG, pressed + all_fine(minute=9), OWN) == Gate.READY


def test_nobody_else_with_the_link_answers_a_wish_away():
    """P3: only the device it came from, or the admitted one, takes it back for the host."""
    wish = said("another_way", "phone", 1)
    assert checklist.wish([wish, said("way", "video", 2, OTHER)]) == wish
    assert checklist.wish([wish, said("way", "video", 2, OTHER, admitted=True)]) is None
    assert checklist.wish([wish, said("heard", "no", 2)]) is None
    assert checklist.wish([said("heard", "no", 0), wish]) == wish


def test_taking_one_wish_back_leaves_the_other_devices_wish():
    mine = said("another_way", "phone", 1)
    other = said("another_way", "time", 2, OTHER)
    assert checklist.wish([mine, other]) == other
    assert checklist.wish([mine, other, said("way", "video", 3, OTHER)]) == mine


def test_answers_grow_old_after_ten_minutes_and_on_another_device_at_once():
    """S26: what was said long ago, or elsewhere, is asked again by voice."""
    mine, other = said("heard", "no"), said("company", "alone", 0, OTHER)
    ten = NOON + timedelta(minutes=10)
    assert checklist.ask_again([mine, other], OWN, NOON) == {"company"}
    assert checklist.ask_again([mine, other], OWN, ten) == {"company"}
    late = ten + timedelta(seconds=1)
    assert checklist.ask_again([mine, other], OWN, late) == {"company", "heard"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([q for q in (*YOUNG, ANOTHER_WAY) if q.kind == Kind.ONE]),
            st.integers(0, 20),
            st.integers(1, 3),
            st.integers(0, 9),
        )
    )
)
def test_a_ready_gate_means_that_nothing_of_ones_own_is_otherwise(script):
    replies = [
        said(q.id, q.answers[pick % len(q.answers)], minute, session)
        for q, minute, session, pick in script
    ]
    if gate(YOUNG, replies, OWN) == Gate.READY:
        mine = checklist.standing([r for r in replies if r.session == OWN], OWN)
        assert not {(r.question, r.answer) for r in mine.values()} & set(SHUTTING)
        assert set(checklist.standing(replies, OWN)) >= {q.id for q in YOUNG}


@pytest.mark.parametrize("question", [q for q in ALL.values() if q.kind == Kind.ONE])
def test_only_known_answers_are_taken(question):
    for answer in question.answers:
        assert checklist.check(question, answer, text="fordi") == answer
    for odd in ("", "nonsense", "VIDEO", question.answers[0] + " ", "x" * 5000):
        with pytest.raises(Invalid) as wrong:
            checklist.check(question, odd)
        assert wrong.value.fields == {"answer": "unknown-answer"}


def test_people_are_named_among_those_invited_only():
    question = ALL["not_there"]
    assert checklist.check(question, "13 12 13", [12, 13]) == "12 13"
    for odd in ("", "12 14", "14", "12; drop", "-1", "nobody 12"):
        with pytest.raises(Invalid):
            checklist.check(question, odd, [12, 13])


def test_topics_come_back_as_they_were_said():
    question = ALL["topics"]
    kept = checklist.check(question, "friends=yes school=not_today")
    assert checklist.topics(said("topics", kept)) == {"friends": "yes", "school": "not_today"}
    everything = " ".join(f"{topic}=when_we_meet" for topic in TOPICS)
    assert len(checklist.check(question, everything)) <= 400
    for odd in ("secrets=yes", "school=maybe", "school=yes=no"):
        with pytest.raises(Invalid):
            checklist.check(question, odd)


def test_an_answer_that_needs_words_is_not_taken_without():
    """S24: the caseworker's own reason is a reason, not a tick."""
    with pytest.raises(Invalid) as wrong:
        checklist.check(ALL["told"], "with_reason", text="  ")
    assert wrong.value.fields == {"text": "say-who-or-why"}
    with pytest.raises(Invalid) as wrong:
        checklist.check(ALL["told"], "with_reason", text="x" * 201)
    assert wrong.value.fields == {"text": "too-long"}


def test_who_sits_beside_the_camera_reads_as_it_was_written():
    """P9: the words of "with one" stand in the roster for all."""
    with pytest.raises(Invalid) as wrong:
        checklist.check(ALL["room"], "with_one", text="Ida\u202emaS")
    assert wrong.value.fields == {"text": "odd-characters"}
