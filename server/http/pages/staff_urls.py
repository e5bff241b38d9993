"""The addresses of a caseworker's own pages: signing in, the day, meetings, young people."""

from aiohttp import web

from server.http.pages import (
    account,
    day,
    holding,
    home_mail,
    meeting_deeds,
    scheduling,
    signing_in,
    young_people,
)

MEETING = r"/meetings/{meeting:\d{1,15}}"
SEAT = MEETING + r"/people/{seat:\d{1,15}}"
YOUNG = r"/young-people/{young:\d{1,15}}"


def urls() -> list[web.RouteDef]:
    return [
        # signing in, and one's own account
        web.get("/signing-in", signing_in.show, name="door"),
        web.post("/signing-in", signing_in.sign_in, name="enter"),
        web.post("/signing-out", signing_in.sign_out, name="sign-out"),
        web.get("/first", signing_in.first, name="first"),
        web.post("/first", signing_in.open_account, name="open-account"),
        web.get("/account", account.show, name="account"),
        web.post("/account", account.change, name="change-account"),
        web.get("/account/portrait", account.own_portrait, name="own-portrait"),
        web.post("/account/portrait", account.put_photo, name="put-photo"),
        web.post("/account/portrait/gone", account.drop_photo, name="drop-photo"),
        web.post("/account/password", account.change_password, name="change-password"),
        web.post("/account/colleagues", account.invite_colleague, name="invite-colleague"),
        web.get("/arriving/portrait", account.guests_portrait, name="guests-portrait"),
        # scheduling: the day, a meeting, its people and their links
        web.get("/", day.show, name="day"),
        web.get("/meetings/new", scheduling.new, name="new-meeting"),
        web.post("/meetings", scheduling.plan, name="plan"),
        web.get(MEETING, scheduling.show, name="meeting"),
        web.get(MEETING + "/plan", meeting_deeds.change, name="change-meeting"),
        web.post(MEETING + "/plan", meeting_deeds.move, name="move"),
        web.post(MEETING + "/called-off", meeting_deeds.call_off, name="call-off"),
        web.post(MEETING + "/home-told", meeting_deeds.tell_home, name="tell-home"),
        web.post(MEETING + "/people", meeting_deeds.invite, name="invite"),
        web.post(SEAT + "/removed", meeting_deeds.uninvite, name="uninvite"),
        web.post(SEAT + "/renewed", meeting_deeds.renew, name="renew-link"),
        web.post(SEAT + "/link", scheduling.show_link, name="show-link"),
        # young people and where they live
        web.get("/young-people", young_people.show_all, name="young-people"),
        web.get("/young-people/new", young_people.new, name="new-young-person"),
        web.post("/young-people", young_people.add, name="add-young-person"),
        web.get(YOUNG, young_people.show, name="young-person"),
        web.post(YOUNG, young_people.change, name="change-young-person"),
        web.post(YOUNG + "/hold", holding.hold, name="hold"),
        web.post(YOUNG + "/hold/lifted", holding.lift, name="lift-hold"),
        web.post(YOUNG + "/home", young_people.move_home, name="move-home"),
        web.post(YOUNG + "/home-link", young_people.show_link, name="show-home-link"),
        web.post(YOUNG + "/home-link/renewed", young_people.renew_link, name="renew-home-link"),
        web.post(YOUNG + "/home-mail", home_mail.put, name="put-home-mail"),
        web.post(YOUNG + "/home-mail/gone", home_mail.remove, name="remove-home-mail"),
    ]
