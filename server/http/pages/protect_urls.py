"""The addresses of what protects a young person: decisions, the register, codes."""

from aiohttp import web

from server.http.pages import (
    deciding,
    incidents,
    newcomers,
    pass_on,
    preparing,
    restricting,
    vouching,
    young_people,
)

MEETING = r"/meetings/{meeting:\d{1,15}}"
SEAT = MEETING + r"/people/{seat:\d{1,15}}"
YOUNG = r"/young-people/{young:\d{1,15}}"


def urls() -> list[web.RouteDef]:
    return [
        # decisions about people, and what the young person reads of them
        web.get(MEETING + "/decisions", deciding.show_all, name="decisions"),
        web.get(MEETING + "/decisions/new", deciding.new, name="new-decision"),
        web.post(MEETING + "/decisions", deciding.record, name="decide"),
        web.post(
            MEETING + r"/decisions/{decision:\d{1,15}}/taken-back",
            deciding.take_back,
            name="undecide",
        ),
        web.get("/arriving/decisions", deciding.read, name="read-decisions"),
        web.post("/arriving/decisions", deciding.note_seen, name="seen-decisions"),
        # incidents, and what was done about them
        web.get("/incidents", incidents.show, name="incidents"),
        web.post("/incidents", incidents.handle, name="handle-incident"),
        # what must be passed on, whatever was chosen
        web.get("/pass-on", pass_on.show, name="passing-on"),
        web.post("/pass-on", pass_on.put, name="set-passing-on"),
        web.post("/pass-on/keepers", pass_on.hand_on, name="hand-passing-on"),
        # what was promised, and when they met
        web.post(MEETING + "/promises", preparing.promise, name="promise"),
        web.post(r"/promises/{promise:\d{1,15}}/kept", preparing.keep_promise, name="keep-promise"),
        web.post(
            r"/promises/{promise:\d{1,15}}/missed", preparing.miss_promise, name="miss-promise"
        ),
        web.post(r"/promises/{promise:\d{1,15}}/open", preparing.open_promise, name="open-promise"),
        web.post(YOUNG + "/visits", young_people.note_visits, name="note-visits"),
        # somebody added late
        web.get("/arriving/added", newcomers.show, name="newcomers"),
        web.post("/arriving/added", newcomers.answer, name="answer-newcomer"),
        # the register
        web.get(YOUNG + "/register", restricting.show, name="register"),
        web.post(YOUNG + "/register", restricting.add, name="restrict"),
        web.post(YOUNG + r"/register/{line:\d{1,15}}/lifted", restricting.lift, name="lift"),
        # codes said by voice
        web.get("/arriving/code", vouching.show, name="code"),
        web.post("/arriving/code", vouching.enter, name="enter-code"),
        web.get("/home/code", vouching.show_to_home, name="home-code"),
        web.post("/home/code", vouching.enter_as_home, name="enter-home-code"),
        web.post(SEAT + "/code", vouching.say, name="say-code"),
        web.post(SEAT + "/code-needed", vouching.need, name="need-code"),
        web.post(YOUNG + "/home-code", vouching.say_to_home, name="say-home-code"),
    ]
