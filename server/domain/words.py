"""What people write about one another: how long it may be, and which characters it may not hold."""

import unicodedata

from server.domain.errors import Invalid

# Overrides, embeddings and isolates turn the letters after them round, so that a name or a line
# reads otherwise than it was written (Unicode TR 36, 2.1). Marks (LRM, RLM, ALM) are left alone:
# Arabic and Hebrew names need them, and they turn nothing but their neighbours.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# These show nothing at all: with one inside, two names look the same and are not. Joiners are left
# alone, as Persian and pictures of families need them, and so is the soft hyphen of pasted text.
_UNSEEN = (
    "\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff\uffa0"
    "\ufff9\ufffa\ufffb"
)
_LEFT_OUT = dict.fromkeys(map(ord, _UNSEEN))
# Letters of other alphabets that look like ours; "Ааrhus" with two of them is read as Aarhus.
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵԁһӏ",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXovdhl",
)
_ODD = frozenset(_TURNING + _UNSEEN)
_WRITTEN = frozenset("\n\t")


def are_odd(text: str) -> bool:
    """Whether a name or a line holds what no keyboard writes and no reader sees: that, control
    characters, halves of characters, and ranges nobody agreed on."""
    return any(
        letter in _ODD
        or (unicodedata.category(letter) in ("Cc", "Cs", "Co") and letter not in _WRITTEN)
        for letter in text
    )


def fault(text: str, limit: int, missing: str = "") -> str:
    """What is wrong with something typed, as the id of a sentence; "" where nothing is. With
    `missing` there has to be something, and that is said where there is not."""
    if missing and not text.strip():
        return missing
    if len(text) > limit:
        return "too-long"
    return "odd-characters" if are_odd(text) else ""


def require(field: str, text: str, limit: int, missing: str = "") -> str:
    """Give the text of a field, or raise `Invalid` with its fault."""
    wrong = fault(text, limit, missing)
    if wrong:
        raise Invalid(**{field: wrong})
    return text


def shown(text: str) -> str:
    """A text without what does not show, to compare two names as a reader would."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")


def read(text: str) -> str:
    """A text as an eye takes it, to look for something in it: whatever it is put together of."""
    return text if text.isascii() else shown(text).translate(_LEFT_OUT).translate(_ALIKE)


def pasted(text: str) -> str:
    """A text without what nobody can have meant: what comes along from a page or an office
    program, shows nothing, and could not be found by whoever was told of it."""
    return text.translate(_LEFT_OUT)
