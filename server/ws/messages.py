"""Every message a browser may send, one type each (docs/protocol.md). Anything else is refused."""

from typing import Annotated, Literal

import msgspec

from server.domain.team_list import About
from server.ws.showing import LineLevel
from server.ws.showing import Picture as PictureName

LARGEST = 64 * 1024  # bytes
A_SECOND = 20  # messages

Ref = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Id = Annotated[int, msgspec.Meta(ge=1, lt=2**53)]


class Message(msgspec.Struct, forbid_unknown_fields=True, tag_field="type"):
    """What all have in common: nothing but the tag."""


class Knock(Message, tag="knock"):
    ref: Ref


class Withdraw(Message, tag="withdraw"):
    ref: Ref


class Microphone(Message, tag="microphone"):
    on: bool


class Camera(Message, tag="camera"):
    on: bool
    veiled: bool = False  # the whole picture is blurred before it leaves the device


class Pause(Message, tag="pause"):
    ref: Ref


class Resume(Message, tag="resume"):
    ref: Ref


class Together(Message, tag="together"):
    ref: Ref
    seat: Id  # the bisidder's


class Alone(Message, tag="alone"):
    ref: Ref


class ToMeeting(Message, tag="to_meeting"):
    ref: Ref


class AskIn(Message, tag="ask_in"):
    ref: Ref
    seat: Id  # the interpreter's


class HaveWait(Message, tag="have_wait"):
    ref: Ref
    seat: Id  # the interpreter's


class ListAdd(Message, tag="list_add"):
    ref: Ref
    seat: Id  # the bisidder's
    about: About
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ListRemove(Message, tag="list_remove"):
    ref: Ref
    line: Id


class JustUs(Message, tag="just_us"):
    ref: Ref
    yes: bool


class Leave(Message, tag="leave"):
    ref: Ref


class Writing(Message, tag="writing"):
    on: bool


class Company(Message, tag="company"):
    ref: Ref
    text: Annotated[str, msgspec.Meta(max_length=80)]


class ChangeSubject(Message, tag="change_subject"):
    on: bool


class AnotherWay(Message, tag="another_way"):
    ref: Ref
    way: Literal["write", "phone", "walk", "time", "place", "meet"]


class Chat(Message, tag="chat"):
    ref: Ref
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class OpenDoor(Message, tag="open_door"):
    visit: Id


class CloseDoor(Message, tag="close_door"):
    visit: Id


class Admit(Message, tag="admit"):
    visit: Id


class TurnAway(Message, tag="turn_away"):
    visit: Id
    wrong_person: bool


class AskedAgain(Message, tag="asked_again"):
    question: Annotated[str, msgspec.Meta(max_length=32)]


class Screen(Message, tag="screen"):
    ref: Ref
    on: bool


class OnlySound(Message, tag="only_sound"):
    ref: Ref
    on: bool


class Picture(Message, tag="picture"):
    ref: Ref
    name: PictureName


class LineIs(Message, tag="line_is"):
    ref: Ref
    level: LineLevel


class Asleep(Message, tag="asleep"):
    ref: Ref
    on: bool


class Newcomer(Message, tag="newcomer"):
    ref: Ref
    seat: Id
    answer: Literal["yes", "no"]


class Finish(Message, tag="finish"):
    ref: Ref


class StepAway(Message, tag="step_away"):
    ref: Ref


class ComeBack(Message, tag="come_back"):
    ref: Ref
    heard: Literal["nobody", "somebody"]


class LookAway(Message, tag="look_away"):
    on: bool


class AskOnScreen(Message, tag="ask"):
    ref: Ref
    line: Literal["yes_no", "go_on", "break", "another_time", "phone", "voice"]


class Answer(Message, tag="answer"):
    ref: Ref
    ask: Id
    yes: bool


class ShowCard(Message, tag="card"):
    ref: Ref
    card: Literal["hard", "write", "done"]


class Calm(Message, tag="calm"):
    ref: Ref
    on: bool


class FetchAdult(Message, tag="fetch_adult"):
    ref: Ref
    who: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class PromiseCall(Message, tag="promise_call"):
    ref: Ref
    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)]


class Doubt(Message, tag="doubt"):
    ref: Ref
    on: bool
    message: Id | None


class LockNote(Message, tag="lock_note"):
    ref: Ref
    on: bool


class EndForOthers(Message, tag="end_for_others"):
    ref: Ref


class HowItIsWritten(Message, tag="said"):
    ref: Ref


class TakeAway(Message, tag="take_away"):
    ref: Ref
    what: Literal["ask", "card", "adult", "camera_off"]


class Point(Message, tag="point"):
    ref: Ref
    item: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]  # 0: no line


class GoOnWithout(Message, tag="go_on_without"):
    ref: Ref
    seat: Id


Sent = (
    Knock | Withdraw | Microphone | Camera | Pause | Resume | Leave | Writing | Company
    | ChangeSubject | AnotherWay | Chat | OpenDoor | CloseDoor | Admit | TurnAway | AskedAgain
    | Newcomer
    | Screen | OnlySound | Picture | LineIs | Asleep | Finish
    | StepAway | ComeBack | LookAway | AskOnScreen | Answer | ShowCard | Calm | FetchAdult
    | PromiseCall | Doubt | LockNote | EndForOthers | HowItIsWritten | TakeAway
    | GoOnWithout | Point
    | Together | Alone | ToMeeting | JustUs | AskIn | HaveWait | ListAdd | ListRemove
)  # fmt: skip

_decoder: msgspec.json.Decoder[Sent] = msgspec.json.Decoder(Sent)


def parse(text: str) -> Sent:
    """Read one message. Raises `ValueError` for anything that is not exactly one of them."""
    try:
        return _decoder.decode(text)
    except RecursionError:  # a thousand lists in one another are no message either
        raise ValueError("too deep") from None
