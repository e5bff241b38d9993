"""What the operator is told at start: how to get in the first time, and, in a demo, by whom.

`app.py` puts lines in while it starts; `__main__.py` prints them. They go to the terminal alone:
a link is a key, and never in a log (P6).
"""

from aiohttp import web

Greeting = list[tuple[str, str]]  # whose link it is, and the link
GREETING: web.AppKey[Greeting] = web.AppKey("GREETING", list)
