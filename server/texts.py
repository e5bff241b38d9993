"""Every sentence people read, by id, language and age band.

Catalogues are gettext files through Babel, one a moment: `web/text/<language>/<moment>.po`.
msgid is the sentence's id, msgctxt the band. A missing band falls to the next *older* one, never
younger; adults have only their own. A missing sentence raises: nobody gets half a page.

`{hjem}` is a name, `{Hjem}` the same at the start of a sentence ("De voksne på Solhuset"), and
`{barns}` is whose something is: "Sofies svar", "Lukas’ svar".
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from server.domain.ages import Band

LANGUAGES = ("da", "en")
HISSING = ("s", "x", "z")
UPWARDS: Mapping[Band, tuple[Band, ...]] = {
    Band.SIX: (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN),
    Band.TEN: (Band.TEN, Band.THIRTEEN, Band.EIGHTEEN),
    Band.THIRTEEN: (Band.THIRTEEN, Band.EIGHTEEN),
    Band.EIGHTEEN: (Band.EIGHTEEN,),
    Band.ADULT: (Band.ADULT,),
}


class MissingText(LookupError):
    """A sentence is not in the catalogue for this language and band."""


class Texts:
    """All catalogues in memory."""

    def __init__(self, folder: Path) -> None:
        self.sentences: dict[tuple[str, str, Band], str] = {}
        for language in LANGUAGES:
            for path in sorted((folder / language).glob("*.po")):
                self._read(language, path)

    def say(self, language: str, band: Band, sentence: str, **values: object) -> str:
        """Give a sentence with its placeholders filled. Raises `MissingText`."""
        return self.template(language, band, sentence).format_map(_Values(language, values))

    def template(self, language: str, band: Band, sentence: str) -> str:
        """Give a sentence as it stands in the catalogue. Raises `MissingText`."""
        for candidate in UPWARDS[band]:
            found = self.sentences.get((language, sentence, candidate))
            if found is not None:
                return found
        raise MissingText(f"{sentence} ({language}, {band})")

    def has(self, language: str, band: Band, sentence: str) -> bool:
        return any((language, sentence, c) in self.sentences for c in UPWARDS[band])

    def _read(self, language: str, path: Path) -> None:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            if not message.context:
                raise ValueError(f"{path.name}: {message.id} has no age band")
            key = (language, str(message.id), Band(message.context))
            if key in self.sentences:
                raise ValueError(f"{path.name}: {message.id} ({message.context}) stands twice")
            self.sentences[key] = str(message.string)


class Voice:
    """The catalogue for one reader: `say("id", navn="Mette")`, or `rich` for *strong* words."""

    def __init__(self, texts: Texts, language: str, band: Band, **known: object) -> None:
        self.texts = texts
        self.language = language
        self.band = band
        self.known = known
        self._isolated = {name: _isolated(value) for name, value in known.items()}

    def knowing(self, **more: object) -> "Voice":
        """The same voice to somebody who may hear these names as well by now."""
        return Voice(self.texts, self.language, self.band, **(self.known | more))

    def say(self, sentence: str, **values: object) -> str:
        said = {name: _isolated(value) for name, value in values.items()}
        return self.texts.say(self.language, self.band, sentence, **(self._isolated | said))

    def rich(self, sentence: str, **values: object) -> Markup:
        """As `say`, escaped, with what stands between asterisks made strong."""
        said = {name: _isolated(value) for name, value in values.items()}
        shown = {name: escape(value) for name, value in (self._isolated | said).items()}
        known = _Values(self.language, shown)
        template = self.texts.template(self.language, self.band, sentence)
        # Taken apart before anything is filled in: an asterisk in somebody's name is theirs.
        parts = [part.format_map(known) for part in template.split("*")]
        marked = [
            f"<strong>{part}</strong>" if place % 2 else part for place, part in enumerate(parts)
        ]
        return Markup("".join(marked))  # noqa: S704  # values were escaped above

    def has(self, sentence: str) -> bool:
        return self.texts.has(self.language, self.band, sentence)


class _Values(dict[str, object]):
    """What stands for the names in braces: each also with a capital, and in the genitive."""

    def __init__(self, language: str, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.language = language

    def __missing__(self, asked: str) -> str:
        begun, whose = asked[0].lower() + asked[1:], asked.removesuffix("s")
        if begun != asked:
            found = str(self[begun])
            return found[:1].upper() + found[1:]
        if whose == asked or whose not in self:
            raise KeyError(asked)
        return genitive(str(self[whose]), self.language)


def genitive(name: str, language: str) -> str:
    """Put a name in the genitive as it is written in Danish or English."""
    if name.lower().endswith(HISSING):
        return f"{name}’"
    return f"{name}s" if language == "da" else f"{name}’s"


def _isolated(value: object) -> object:
    """A name written from right to left stands in a sentence as one thing, and turns neither the
    words round it nor the number after it (Unicode UAX 9, 2.4)."""
    if not isinstance(value, str) or value.isascii():
        return value
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in value)
    return f"\u2068{value}\u2069" if turns else value
