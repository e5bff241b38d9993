"""Every sentence is there, is used, and is one a young person can bear to read.

What is said where stands in tests/sentences.py. LIX is words per sentence plus the share of words
with more than six letters, in per cent; a screen of a young person's stays at 25 or below.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from server.app import TEXTS
from server.domain import questions
from server.domain.ages import Band
from server.domain.roles import Role
from server.domain.writing import EASY, lix
from server.texts import LANGUAGES, UPWARDS, Texts
from server.ws import view
from tests import sentences
from tests.sentences import ADULT, READERS, ROOT, TEMPLATES, YOUNG

CATALOGUE = Texts(TEXTS)
BANNED = {
    "da": (
        "del ikke", "samtykke", "kun du og jeg ved", "det bliver mellem os", "bare", "husk at",
        "anbragt", "bekymring", "foranstaltning", "indsats", "trivsel", "samarbejde",
        "vores fortrolige rum",
    ),
    "en": (
        "do not share", "consent", "only you and i", "stays between us", "you just", "remember to",
    ),
}  # fmt: skip
SECRET = {"da": ("hemmelig", "ikke love"), "en": ("secret", "cannot promise")}
# What the names in braces may be filled with; a long name would count against every sentence.
NAMES = defaultdict(
    lambda: "4", navn="Mette", barn="Sofie", hjem="Lene og Karl", Hjem="Lene og Karl", hvem="Aya"
)


def known(sentence: str) -> set[tuple[str, Band]]:
    return {(lang, band) for lang, found, band in CATALOGUE.sentences if found == sentence}


def names_in(text: str) -> set[str]:
    """`Hjem` at the start of a sentence and the genitive `hjems` are the same name as `hjem`."""
    return {name.lower().removesuffix("s") for name in re.findall(r"\{(\w+)\}", text)}


# Nothing is missing, nothing is left over


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_family_is_there_for_everybody_who_can_meet_it(language: str) -> None:
    missing = {
        f"{sentence} ({band})"
        for sentence, bands in sentences.families()
        for band in bands
        if not CATALOGUE.has(language, band, sentence)
    }
    assert sorted(missing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_a_page_says_is_there_for_its_readers(language: str) -> None:
    missing = []
    for sentence, path in set(sentences.literal()):
        inside = path.relative_to(TEMPLATES).parts[0] if path.is_relative_to(TEMPLATES) else ""
        readers = READERS.get(inside)
        there = [CATALOGUE.has(language, band, sentence) for band in readers or YOUNG + ADULT]
        if not (all(there) if readers else any(there)):
            missing.append(f"{sentence} ({path.name})")
    assert sorted(missing) == []


def test_what_any_young_person_can_read_all_of_them_can() -> None:
    """A band looks to the next older one: so all of them end at the oldest."""
    young = {(lang, found) for lang, found, band in CATALOGUE.sentences if band in YOUNG}
    oldest = {(lang, found) for lang, found, band in CATALOGUE.sentences if band == YOUNG[-1]}
    assert sorted(young - oldest) == []
    assert UPWARDS[Band.SIX][-1] == YOUNG[-1]


def test_every_problem_that_is_raised_has_its_sentence() -> None:
    errors, fields = sentences.problems()
    wanted = {f"error.{e}" for e in errors} | {f"field.{f}" for f in fields}
    assert sorted(sentence for sentence in wanted if not known(sentence)) == []


def test_no_sentence_is_left_over() -> None:
    used = {found for found, _ in sentences.literal()} | sentences.mentioned()
    used |= {found for found, _ in sentences.families()}
    used |= {f"{key}.{part}" for key in sentences.mentioned() for part in ("title", "text")}
    used |= {f"line.{phase}-host.text" for phase in view.HOSTS}
    used |= {f"hint.{asked}" for asked in questions.ALL}
    words = sentences.words_of_code() | {"invalid", "not-found", "offer-no-vp8"}
    fields = {f"{word.replace('_', '-')}-{end}" for word in words for end in ("missing", "choose")}
    for kind, ids in (("error", words), ("field", words | fields)):
        used |= {f"{kind}.{name}" for name in ids}
    left = {s for _, s, _ in CATALOGUE.sentences if s not in used}
    assert sorted(s for s in left if not s.startswith("error.http-")) == []


def test_both_languages_say_the_same_with_the_same_names() -> None:
    for (language, sentence, band), text in CATALOGUE.sentences.items():
        other = "en" if language == "da" else "da"
        twin = CATALOGUE.sentences.get((other, sentence, band))
        assert twin is not None, f"{sentence} ({band}) has no {other}"
        assert names_in(twin) == names_in(text), f"{sentence} ({band})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: str) -> None:
    """Of two in one catalogue the reader of catalogues keeps the last, and says nothing."""
    entry = re.compile(r'^msgctxt "(.+)"\nmsgid "(.+)"$', re.MULTILINE)
    texts = [path.read_text(encoding="utf-8") for path in sorted((TEXTS / language).glob("*.po"))]
    found = Counter(one for text in texts for one in entry.findall(text))
    assert [one for one, times in found.items() if times > 1] == []


# Words that are not said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_young_person_reads_a_word_that_should_not_be_said(language: str) -> None:
    """P5: recipients are named, nothing is promised that cannot be kept, and nobody commands."""
    found = []
    for (lang, sentence, band), text in CATALOGUE.sentences.items():
        if lang != language or band not in YOUNG:
            continue
        said = text.lower()
        secret, unless = SECRET[language]
        if secret in said and unless not in said:
            found.append(f"{sentence}: {secret}")
        banned = [word for word in BANNED[language] if re.search(rf"\b{word}\b", said)]
        found += [f"{sentence}: {word}" for word in [*banned, *(["!"] if "!" in text else [])]]
    assert sorted(set(found)) == []


def test_code_speaks_of_choices_never_of_consent() -> None:
    """P5: ICE alone has a consent of its own, by the name RFC 7675 gives it."""
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("server", "web")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".js", ".po", ".css"}
        and not path.is_relative_to(ROOT / "server" / "media")
        and re.search("consent|samtykke", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert found == []


# Easy to read


def read(band: Band, *ids: str) -> str:
    """These sentences as a reader of this band gets them, each with its stop."""
    found = []
    for sentence in ids:
        bands = [b for b in UPWARDS[band] if ("da", sentence, b) in CATALOGUE.sentences]
        if bands:
            text = CATALOGUE.sentences["da", sentence, bands[0]].format_map(NAMES)
            found.append(text if text.endswith((".", "?", ":")) else f"{text}.")
    return "\n".join(found)


def screens() -> Iterator[tuple[str, str]]:
    """What stands together on a young person's screen, by name, in Danish."""
    strip = ("sill.way", "sill.go")
    for band in YOUNG:
        for asked in sentences.every_question(Role.YOUNG_PERSON, band):
            answers = [f"a.{asked.id}.{said}" for said in asked.answers]
            words = read(band, f"q.{asked.id}", f"hint.{asked.id}", *answers, *strip)
            yield f"question {asked.id} ({band})", words
        for sentence, bands in sentences.families():
            if sentence.startswith("e.") and sentence.endswith(".1") and band in bands:
                lines = [sentence[:-1] + n for n in "123"]
                title, onward = "arriving.effect.title", ("arriving.change", "arriving.next")
                yield f"effect {sentence} ({band})", read(band, title, *lines, *onward, *strip)
        for phase in view.GUESTS:
            words = read(band, f"line.{phase}.title", f"line.{phase}.text", *strip)
            yield f"call {phase} ({band})", words
        for path in sorted({where for _, where in sentences.literal()}):
            if path.parent.name == "choosing":
                ids = [found for found, where in sentences.literal() if where == path]
                yield f"{path.name} ({band})", read(band, *ids, *strip)


def test_every_screen_of_a_young_person_is_easy_to_read() -> None:
    """S53: LIX 25 at most."""
    hard = {name: round(lix(words)) for name, words in screens() if lix(words) > EASY}
    assert hard == {}


def test_the_measure_counts_as_others_do() -> None:
    assert lix("Mette ringer til dig.") == 4
    assert lix("Du bestemmer. Vi venter.") == 2 + 100 / 4
    assert lix(read(Band.TEN, "q.heard")) < lix("Samarbejdet vedrørende foranstaltningen drøftes.")
