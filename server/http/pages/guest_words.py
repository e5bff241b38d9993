"""A guest's questions, answers and company in words; names only on the admitted device (P6)."""

from typing import Any

from server.domain import checklist, offers, team_list
from server.domain.ages import Band
from server.domain.helping import locked
from server.domain.questions import NOT_COUNTED, TOPICS, Kind, Question
from server.domain.remembering import WISHES, came_along
from server.domain.roles import BY_NAME, INVITED, Guest, Role
from server.http.pages import pictures
from server.services import arriving
from server.services.snapshot import Person, Snapshot
from server.texts import Voice
from server.ws.by_name import named

ROLE_LINES = 4
KEPT_BACK = frozenset({"stop"})


def question_page(
    guest: Guest, shot: Snapshot, me: Person, voice: Voice, asked: Question
) -> dict[str, Any]:
    counted = checklist.standing(me.replies, guest.session)
    reply = counted.get(asked.id)
    own = reply is not None and (guest.known or reply.session == guest.session)
    # Where an adult has helped, here or on the device it was answered on, nothing is read back.
    if reply is not None and any(locked(me.replies, by) for by in (guest.session, reply.session)):
        own = False
    if asked.id == WISHES and not may_read_wishes(guest, me):
        own = False
    # Whoever looks over the shoulder later is not shown the word that means stop (U10).
    shown = reply.answer if own and reply is not None and asked.id not in KEPT_BACK else None
    number, total = progress(me, asked)
    answers = [(said, voice.say(f"a.{asked.id}.{said}")) for said in asked.answers]
    people: list[tuple[str, str]] = []
    if asked.kind == Kind.PEOPLE:
        people = [
            (str(p.seat), named(voice, p) if guest.known else _unnamed(voice, p))
            for p in shot.people
            if arriving.may_be_named(p)
        ]
        answers = people + answers
    points = voice.band == Band.SIX and me.role == Role.YOUNG_PERSON
    hint = f"hint.{asked.id}"
    return {
        "question": asked.id,
        "kind": asked.kind.value,
        "words": voice.say(f"q.{asked.id}"),
        "hint": voice.say(hint) if voice.has(hint) else "",
        "answers": answers,
        "topics": [(topic, voice.say(f"topic.{topic}")) for topic in TOPICS],
        "points": points,
        "pictures": pictures.drawings(asked.id) if points else {},
        "icons": _icons(asked, answers) if points else {},
        "chosen": shown,
        "picked": shown.split() if shown and asked.kind == Kind.SEVERAL else [],
        "asks_text": voice.say(f"text.{asked.id}") if asked.asks_text else "",
        "text": reply.text if shown is not None and reply is not None else "",
        "chosen_topics": checklist.topics(reply) if own and asked.kind == Kind.TOPICS else {},
        "before": reply is not None and not own,
        "number": number,
        "total": total,
        "error": "",
        "lines": [(a.value, voice.say(f"list.{a}")) for a in team_list.ASKED.get(asked.id, ())],
        "typed": {},
        "young": me.role == Role.YOUNG_PERSON,
    }


def may_read_wishes(guest: Guest, me: Person) -> bool:
    """Whether what makes it easier may be read here: not where "som sidst" was pressed on a copy of
    the link (P6)."""
    return guest.known or guest.own_device or not came_along(me.replies, guest.session)


def role_card(voice: Voice, role: Role) -> list[str]:
    """What somebody invited is there for, and what they are not, in four lines."""
    if role not in INVITED:
        return []
    kind = "" if role == Role.BISIDDER else f".{role}"
    return [voice.say(f"arriving.letter.role{kind}.{n}") for n in range(1, ROLE_LINES + 1)]


def right_card(shot: Snapshot) -> bool:
    """Whether the caseworker had the card about a bisidder sent, not having told of it (R6)."""
    said = [reply.answer for reply in shot.host.replies if reply.question == "right"]
    return bool(said) and said[-1] == "not_told"


def said_in(asked: Question, form: dict[str, str]) -> str:
    """Read the answer out of a form: topics come as one field each, `topic-school=yes`."""
    if asked.kind == Kind.SEVERAL:
        return " ".join(said for said in asked.answers if form.get(f"pick-{said}"))
    if asked.kind != Kind.TOPICS:
        return form.get("answer", "")
    chosen = [(topic, form.get(f"topic-{topic}", "")) for topic in TOPICS]
    return " ".join(f"{topic}={said}" for topic, said in chosen if said)


def effect_lines(voice: Voice, asked: str, said: str, **values: object) -> list[tuple[str, str]]:
    """What is now the case, line by line. `values` are such as `svar`, the day of an answer."""
    lines = []
    for name, icons in offers.effects(asked, said):
        key = f"e.{asked}" if name == "chosen" else f"e.{asked}.{name}"
        lines += [(icon, voice.say(f"{key}.{n}", **values)) for n, icon in enumerate(icons, 1)]
    return lines


def progress(me: Person, asked: Question) -> tuple[int, int]:
    """Which question of how many this is; 0 for one that is not counted or not in the set."""
    ids = [q.id for q in me.questions if q.id not in NOT_COUNTED]
    return (ids.index(asked.id) + 1 if asked.id in ids else 0), len(ids)


def answer_words(guest: Guest, shot: Snapshot, voice: Voice, asked: Question, said: str) -> str:
    if asked.id in KEPT_BACK:
        return voice.say("arriving.ready.chosen")
    match asked.kind:
        case Kind.SEVERAL:
            words = [voice.say(f"a.{asked.id}.{word}") for word in said.split()]
            return ", ".join(words) or voice.say("arriving.ready.nothing")
        case Kind.TOPICS:
            pairs = dict(part.split("=", 1) for part in said.split())
            return ", ".join(
                f"{voice.say(f'topic.{topic}')}: {voice.say(f'a.topics.{word}')}"
                for topic, word in pairs.items()
            )
        case Kind.PEOPLE if said not in asked.answers:
            say = named if guest.known else _unnamed
            people = {str(p.seat): say(voice, p) for p in shot.people}
            return ", ".join(people[seat] for seat in said.split() if seat in people)
        case _:
            return voice.say(f"a.{asked.id}.{said}")


def _unnamed(voice: Voice, person: Person) -> str:
    """By their task: a bare link names nobody invited (P6)."""
    kind = person.role if person.role in BY_NAME else "chosen-adult"
    return voice.say(f"a.not_there.{kind}")


def _icons(asked: Question, answers: list[tuple[str, str]]) -> dict[str, str]:
    named = [said for said, _ in answers] if asked.kind != Kind.TOPICS else list(TOPICS)
    return {said: pictures.icon(asked.id, said) for said in named}


def person_row(
    voice: Voice, guest: Guest, shot: Snapshot, me: Person, person: Person
) -> dict[str, Any] | None:
    """One of those who come. The bare link names only the caseworker, and says no why."""
    known = guest.known
    if person.seat == guest.seat or (
        person.role == Role.YOUNG_PERSON and me.role != Role.YOUNG_PERSON and not known
    ):
        return None
    if person.role == Role.CASEWORKER:
        return {
            "name": person.name,
            "role": voice.say("arriving.letter.your-caseworker"),
            "line": person.why if known else "",
            "photo": "/arriving/portrait" if shot.has_photo else None,
        }
    if person.role == Role.BISIDDER and me.role == Role.YOUNG_PERSON:
        if not known:
            return {"name": voice.say("arriving.letter.chosen-adult"), "role": "",
                    "line": voice.say("arriving.letter.on-your-side"), "photo": None}  # fmt: skip
        return {
            "name": person.name,
            "role": voice.say("arriving.letter.your-bisidder"),
            "line": person.why or voice.say("arriving.letter.on-your-side"),
            "photo": None,
        }
    if person.role in BY_NAME and me.role == Role.YOUNG_PERSON:
        task = voice.say(f"arriving.letter.task.{person.role}")
        if not known:
            return {"name": voice.say(f"arriving.letter.{person.role}"), "role": "",
                    "line": task, "photo": None}  # fmt: skip
        role = voice.say(f"line.task.{person.role}")
        return {"name": person.name, "role": role, "line": person.why or task, "photo": None}
    role = voice.say(f"line.task.{person.role}") if person.role in BY_NAME else ""
    return {"name": person.name, "role": role, "line": "", "photo": None} if known else None
