"""The addresses of the note, the choices and the home."""

from aiohttp import web

from server.http.pages import (
    choosing,
    commenting,
    drafting,
    exporting,
    handing_over,
    hiding,
    home_before,
    home_mail,
    looking_back,
    noting,
    on_paper,
    own_copy,
    own_lines,
    telling,
    unlocking,
)

MEETING = r"/meetings/{meeting:\d{1,15}}"
ITEM = r"{item:\d{1,15}}"


def urls() -> list[web.RouteDef]:
    return [
        # noting: the caseworker writes
        web.get(MEETING + "/note", noting.show, name="note"),
        web.post(MEETING + "/note/ready", noting.ready, name="note-ready"),
        web.post(MEETING + "/note/journal", exporting.ask, name="note-journal"),
        web.post(MEETING + "/note/locked", unlocking.lock, name="lock-note"),
        web.post(MEETING + "/note/unlocked", unlocking.unlock, name="unlock-note"),
        web.post(MEETING + "/note/hidden", hiding.hide, name="hide-words"),
        web.post("/account/unlocking", unlocking.say, name="say-unlocking"),
        web.post(MEETING + "/items", noting.write, name="write-item"),
        web.post(MEETING + "/note/chat", noting.take_from_chat, name="note-chat"),
        web.post(MEETING + f"/items/{ITEM}" + "/{deed}", noting.act, name="item-deed"),
        web.post("/drafts", drafting.keep_draft, name="keep-draft"),
        web.put("/drafts", drafting.keep_draft, name="put-draft"),
        # choosing: the young person reads and chooses
        web.get("/choosing", choosing.who_sees_what, name="who-sees-what"),
        web.get("/choosing/preview", choosing.preview, name="preview"),
        web.get("/choosing/answers", choosing.home_answers, name="home-answers"),
        web.get("/choosing/on-paper", on_paper.show, name="on-paper"),
        web.get(MEETING + "/note/on-paper", on_paper.show_to_host, name="note-on-paper"),
        web.get("/choosing/receipts", looking_back.receipts, name="receipts"),
        web.get("/choosing/history", looking_back.history, name="history"),
        web.get("/choosing/telling", telling.show, name="telling"),
        web.post(r"/choosing/telling/{telling:\d{1,15}}", telling.answer, name="say-how-it-went"),
        web.post(MEETING + r"/tellings/{telling:\d{1,15}}", telling.hear, name="hear-how-it-went"),
        web.get("/choosing/written", choosing.written, name="written"),
        web.get("/choosing/copy", own_copy.show, name="own-copy"),
        web.post("/choosing/copy", own_copy.take, name="take-copy"),
        web.post("/choosing/copy/choices", own_copy.take_choices, name="take-choices"),
        web.get("/choosing/own-line", own_lines.show, name="own-line"),
        web.post("/choosing/own-line", own_lines.write, name="write-own-line"),
        web.get(f"/choosing/{ITEM}", choosing.show, name="item"),
        web.post(f"/choosing/{ITEM}", choosing.choose, name="choose"),
        web.get(f"/choosing/{ITEM}/withdrawal", choosing.ask_withdrawal, name="ask-withdrawal"),
        web.post(f"/choosing/{ITEM}/withdrawal", choosing.withdraw, name="withdraw"),
        web.get(f"/choosing/{ITEM}/own-words", commenting.show, name="own-words"),
        web.post(f"/choosing/{ITEM}/own-words", commenting.say, name="comment"),
        # handing over: what the foster home sees
        web.get("/h", handing_over.open_link, name="open-home-link"),
        web.post("/home/swap", handing_over.swap, name="home-swap"),
        web.get("/home", handing_over.show, name="home"),
        web.get("/home/before", home_before.show, name="home-before"),
        web.post("/home/before", home_before.answer, name="home-answer-before"),
        web.get("/home/cannot", handing_over.cannot, name="home-cannot"),
        web.get("/home/worried", handing_over.worried, name="home-worried"),
        web.get("/home/sent", handing_over.sent, name="home-sent"),
        web.post("/home/answers", handing_over.answer, name="home-answer"),
        web.get("/home/mail", home_mail.show, name="home-mail"),
        web.post("/home/mail", home_mail.switch, name="switch-home-mail"),
        web.get("/home/way-in", home_mail.way_in, name="home-entry"),
    ]
