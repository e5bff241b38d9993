"""What a caseworker may want to look at again in their own words (domain pack 5.4, S53).

Plain rules and short lists, nothing learnt and nothing sent anywhere (P7). Every remark is an
offer: none stops a note, and no word is remarked on twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.domain.sections import QUOTED_BY_NATURE, Section

LONG = 6  # letters; LIX counts words with more
EASY = 25  # a text a young person reads without help
ENOUGH = 30  # words; below, one long word alone would move the figure by much
MOST_LONG_WORDS = 5  # named at once

# Words of the trade, each as the beginning of a word: "bekymring" is also "bekymringer".
AVOID = (
    "anbragt", "anbring", "bekymring", "foranstaltning", "indsats", "trivsel", "mistrivsel",
    "samarbejd", "foreligger", "vedrørende", "pågældende", "udadreager", "indadvendt",
    "problematik", "relationel", "kognitiv", "fremstår", "fremtræder", "observeret", "iagttaget",
    "adfærd", "ressourcesvag", "ressourcestærk", "omsorgssvigt", "netværkskontakt", "undertegnede",
    "i forhold til", "ift.", "ifm.", "mhp.", "pga.", "i regi af", "skoleregi", "hemmelig",
    "det bliver mellem os", "du skal bare",
)  # fmt: skip
# Words that say what somebody makes of it, where a line should say what was seen or heard.
THOUGHT = (
    "fremstår", "virker", "virkede", "synes", "syntes", "lader til", "tilsyneladende", "tydeligvis",
    "åbenbart", "manipulerende", "umotiveret", "opmærksomhedssøgende", "provokerende", "aggressiv",
    "trodsig", "sød", "dygtig", "doven", "utryg", "tryg", "ked af det", "trist", "glad", "vred",
    "nervøs", "jaloux", "afvisende", "i balance", "i trivsel", "føler",
)  # fmt: skip
# A note is written to somebody: these speak about them.
ABOUT = ("barnet", "barnets", "den unge", "den unges", "pigen", "drengen", "eleven", "borgeren",
         "pågældende")  # fmt: skip
YOU = re.compile(r"\b(?:du|dig|din|dit|dine)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")


class Remark(StrEnum):
    """What a line could be looked at again for; what helps most with a word comes first."""

    SEEN_OR_THOUGHT = "seen_or_thought"  # "Er det noget, du så, eller noget, du tænker?"
    AVOID = "avoid"  # a word of the trade
    ABOUT_THEM = "about_them"  # speaks about, not to


@dataclass(frozen=True, slots=True)
class Found:
    remark: Remark
    word: str  # as it stands in the line


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the note as the rules see it."""

    section: Section
    text: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """How some lines read together. `lix` is None where there are too few words to say."""

    words: int
    lix: int | None
    long_words: tuple[str, ...]

    @property
    def is_easy(self) -> bool:
        return self.lix is None or self.lix <= EASY


def lix(text: str) -> float:
    """Words a sentence, plus the share of words with more than six letters in per cent."""
    plain = re.sub(r"[*\"()”“]", " ", text)
    words = WORD.findall(plain)
    if not words:
        return 0.0
    stops = [part for part in re.split(r"[.?!:…]+(?:\s|$)", plain) if re.search(r"\w", part)]
    return len(words) / len(stops) + 100 * sum(len(word) > LONG for word in words) / len(words)


def measure(texts: Sequence[str]) -> Measure:
    """Say how easily some lines are read, and which words make it harder, the longest first."""
    whole = "\n".join(text if text.rstrip().endswith((".", "?", "!", ":", "…")) else f"{text}."
                      for text in texts)  # fmt: skip
    words = WORD.findall(whole)
    long = {word.lower(): word for word in words if len(word) > LONG + 3}
    named = sorted(long.values(), key=lambda word: (-len(word), word.lower()))
    return Measure(
        words=len(words),
        lix=round(lix(whole)) if len(words) >= ENOUGH else None,
        long_words=tuple(named[:MOST_LONG_WORDS]),
    )


def remarks(line: Written, name: str = "") -> tuple[Found, ...]:
    """Say what a line could be looked at again for; nothing about words that are a quote.

    `name` is the young person's: a line that tells about them by name, and never says du, speaks
    about them.
    """
    if line.is_quote or line.section in QUOTED_BY_NATURE:
        return ()
    own = _without_quotes(line.text)
    about = _whole(own, ABOUT)
    if name and not YOU.search(own):
        about += _whole(own, (name.lower(), f"{name.lower()}s"))
    found = {
        Remark.SEEN_OR_THOUGHT: _whole(own, THOUGHT) if line.section == Section.NOTICED else [],
        Remark.AVOID: _beginnings(own, AVOID),
        Remark.ABOUT_THEM: about,
    }
    once: dict[str, Found] = {}
    for remark in Remark:
        for word in found[remark]:
            once.setdefault(word.casefold(), Found(remark, word))
    return tuple(once.values())


def own_words(lines: Iterable[Written]) -> tuple[int, int]:
    """Count the lines that hold the young person's own words, and all lines."""
    written = list(lines)
    return sum(holds_quote(line) for line in written), len(written)


def holds_quote(line: Written) -> bool:
    """Whether a line is, or has in it, words in quotation marks."""
    return line.is_quote or _without_quotes(line.text) != line.text


QUOTES = re.compile(r"[”“\"»][^”“\"«»]{2,}[”“\"«]")


def _without_quotes(text: str) -> str:
    """What the writer says themselves: the young person may call things what they like."""
    return QUOTES.sub(" ", text)


def _beginnings(text: str, listed: Iterable[str]) -> list[str]:
    return [
        match[0] for word in listed
        if (match := re.search(rf"(?<!\w){re.escape(word)}\w*", text, re.IGNORECASE))
    ]  # fmt: skip


def _whole(text: str, listed: Iterable[str]) -> list[str]:
    return [
        match[0] for word in listed
        if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))
    ]  # fmt: skip
