"""The last joint of `run.py check`: can the mail server be reached, does it prove its name, and
does it let us in? No letter is sent."""

from server.http.mailing import server_of
from server.services import post
from server.settings import Settings
from server.tools.check_words import say_mail


async def run(settings: Settings) -> bool:
    """True where it can be used, and where there is none to be used."""
    if not settings.mails:
        return True
    server = server_of(settings)
    try:
        async with post.opened(server):
            pass
    except post.Away as away:
        print(say_mail(settings.language, away.why, server.host, str(server.port)))
        return False
    print(say_mail(settings.language, "holds", server.host, server.sender))
    return True
