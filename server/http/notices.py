"""Which text on who sees what somebody had read before they chose (D11): its language, the age it
was written for, and a few letters that are others as soon as a word of it is."""

import hashlib

from server.texts import Voice

WHO_SEES_WHAT = ("choosing.who.file", "choosing.who.parents", "choosing.who.home")
LETTERS = 8


def version(voice: Voice) -> str:
    texts = [voice.texts.template(voice.language, voice.band, one) for one in WHO_SEES_WHAT]
    mark = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:LETTERS]
    return f"{voice.language}-{voice.band}-{mark}"
