"""What in an outgoing text may say where somebody lives, goes to school or is (C13, P6).

Plain patterns, made to find too much rather than too little: a find stops nothing for good, it
waits until somebody with a name has looked. tests/domain/test_places.py holds what must be found
and which harmless lines of the domain pack are held up as well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from server.domain.words import read


class Kind(StrEnum):
    ADDRESS = "address"
    INSTITUTION = "institution"
    SCHOOL = "school"
    PHONE = "phone"
    MAP = "map"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Place:
    kind: Kind
    words: str


NAME = r"[A-ZÆØÅÄÖÉ][\wæøåäöé'’-]*"
STREET = (
    r"(?:vej|vejen|gade|gaden|allé|alle|alléen|boulevard|boulevarden|stræde|strædet|vænge|vænget"
    r"|toft|toften|parken|torv|torvet|plads|pladsen|bakke|bakken|have|haven|gård|gården|marken|lunden"
    r"|skellet|vangen|kæret|krogen|stien|ager|ageren|brinken|dyssen|engen|høj|højen|kaj|kajen"
    r"|svinget|bro|broen|sti|led|leddet|skrænten)"
)
SCHOOL = (
    r"(?:folkeskole|friskole|privatskole|realskole|specialskole|heldagsskole|efterskole|ungdomsskole"
    r"|produktionsskole|højskole|skole|gymnasium|gymnasiet|børnehave|vuggestue|fritidshjem"
    r"|fritidsklub|ungdomsklub|sfo|hf|htx|hhx|vuc|fgu)"
)
HOME = (
    r"(?:opholdssted|opholdsstedet|børnehjem|børnehjemmet|institution|institutionen"
    r"|døgninstitution|døgninstitutionen"
    r"|døgncenter|behandlingshjem|behandlingshjemmet|børnecenter|ungecenter|ungehjem|ungdomspension"
    r"|familiehus|krisecenter|krisecentret|krisecenteret|bosted|bostedet|botilbud|kollegium"
    r"|kollegiet|hospital|sygehus|sygehuset|klinik|asylcenter|børnehuset|aflastningen)"
)
CITIES = (
    "København", "Aarhus", "Århus", "Odense", "Aalborg", "Ålborg", "Esbjerg", "Randers", "Kolding",
    "Horsens", "Vejle", "Roskilde", "Herning", "Silkeborg", "Hørsholm", "Helsingør", "Næstved",
    "Viborg", "Fredericia", "Køge", "Holstebro", "Taastrup", "Slagelse", "Hillerød", "Sønderborg",
    "Svendborg", "Holbæk", "Hjørring", "Frederikshavn", "Nørresundby", "Ringsted", "Haderslev",
    "Skive", "Ølstykke", "Nykøbing", "Grenaa", "Ballerup", "Rødovre", "Hvidovre", "Gladsaxe",
    "Gentofte", "Lyngby", "Frederiksberg", "Amager", "Nørrebro", "Vesterbro", "Østerbro", "Valby",
    "Brønshøj", "Vanløse", "Ishøj", "Greve", "Albertslund", "Glostrup", "Brøndby", "Herlev",
    "Kalundborg", "Korsør", "Nyborg", "Middelfart", "Faaborg", "Assens", "Aabenraa", "Tønder",
    "Varde", "Billund", "Grindsted", "Ikast", "Brande", "Struer", "Lemvig", "Thisted", "Hobro",
    "Mariager", "Brønderslev", "Skagen", "Sæby", "Maribo", "Nakskov", "Vordingborg", "Rønne",
    "Bornholm", "Samsø", "Langeland", "Ærø", "Fanø", "Læsø", "Mors", "Lolland", "Falster",
    "Djursland", "Ebeltoft", "Skanderborg", "Odder", "Hedensted", "Juelsminde", "Ribe", "Vejen",
    "Ringkøbing", "Skjern", "Tarm", "Bjerringbro", "Hadsten", "Hammel", "Kerteminde", "Bogense",
    "Frederikssund", "Frederiksværk", "Allerød", "Birkerød", "Farum", "Værløse", "Solrød", "Haslev",
    "Faxe", "Stege", "Sorø", "Nuuk", "Malmø", "Flensborg",
)  # fmt: skip

NAMED = 5  # letters: "Solhuset" is a name, "Lene" may be anybody's

PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.MAP, re.compile(
        r"(?:https?://|www\.)\S+"
        r"|\b(?:maps?\.(?:google|apple|app)\S*|goo\.gl/\S*|krak\.dk\S*|openstreetmap\.\S*|what3words\S*)"
        r"|///\w+\.\w+\.\w+"
        r"|\b-?\d{1,2}[.,]\d{4,}\s*[,; ]\s*-?\d{1,3}[.,]\d{4,}"
        r"|\b\d{1,2}°\s*\d{1,2}['′]"
        r"|\brejseplanen\S*",
        re.IGNORECASE)),
    (Kind.PHONE, re.compile(
        r"(?<![\d.,])(?:\+|00)\s?\d[\d\s().-]{6,}\d"
        r"|(?<![\d.,:])(?!\d\d\.\d\d\.(?:19|20)\d\d(?!\d))\d{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}(?![\d.,]*\d)"
        r"|(?<![\d.,:])\d{4}[\s-]\d{4}(?!\d)")),
    (Kind.ADDRESS, re.compile(
        rf"(?<!\w)(?:{NAME}\s+){{0,3}}[\wæøåÆØÅ.'’-]*{STREET}\s+(?:nr\.?\s*)?\d{{1,4}}\s?[A-Za-z]?\b"
        rf"|(?<!\w){NAME}(?:\s+{NAME}){{0,2}}\s+\d{{1,3}}\s?[A-Z]?\s*,?\s*(?:st|kld|\d{{1,2}})\.\s*(?:sal|tv|th|mf)?"
        rf"|(?<!\w)(?:[A-ZÆØÅ][\wæøå'’-]{{2,}})(?:vej|gade|allé|stræde|vænge|vænget|toften|parken"
        rf"|torvet|boulevard|bakken|marken|vangen)(?:en|s)?\b"
        rf"|(?<!\w){NAME}(?:\s+{NAME}){{0,2}}\s(?:[Aa]llé|[Gg]ade|[Vv]ej|[Bb]oulevard|[Tt]orv|[Pp]lads|[Ss]træde)\b"
        r"|\b[1-9]\d{3}\s+(?:[A-ZÆØÅ][\wæøå]+)")),
    (Kind.SCHOOL, re.compile(
        rf"(?<!\w)(?:{NAME}\s+){{0,3}}[A-ZÆØÅ][\wæøå'’-]*{SCHOOL}(?:n|en|t|et|s)?\b"
        rf"|(?<!\w)(?:{NAME}\s+){{1,3}}(?i:{SCHOOL})(?:n|en|t|et|s)?\b"
        rf"|\b(?i:{SCHOOL})(?:n|en|et)?\s+(?:i\s+|på\s+|ved\s+)?{NAME}")),
    (Kind.INSTITUTION, re.compile(
        rf"(?<!\w)(?:{NAME}\s+){{1,3}}(?i:{HOME})s?\b"
        rf"|(?<!\w)[A-ZÆØÅ][\wæøå'’-]*{HOME}s?\b"
        rf"|(?<!\w)(?:Fonden|Fondet)\s+{NAME}"
        rf"|(?<!\w)(?:{NAME}\s+){{1,3}}(?:Hus|Huset|Gård|Minde|Lyst|Hjem|Hjemmet|Center|Lund)\b"
        rf"|\b(?i:{HOME})s?\s+(?:i\s+|på\s+|ved\s+|hedder\s+)?[”“\"]?{NAME}"
        r"|(?<!\w)[A-ZÆØÅ][\wæøå'’-]{2,}(?:huset|gården|hjemmet|borgen|lund|hus|centret|centeret)\b")),
    (Kind.PLACE, re.compile(
        rf"(?<!\w)(?:{'|'.join(CITIES)})s?\b"
        rf"|\b(?:bor|boede|flytte[rt]?|flyttede|bo)\s+(?:nu\s+)?(?:i|på|ved|til|hos\s+\w+\s+i)\s+{NAME}"
        rf"|(?<!\w)(?:{NAME}\s+)?[\wæøå]*(?i:station|stationen|banegård|stadion|svømmehal|svømmehallen"
        rf"|kirke|kommune)\b(?<=[a-zæøå])(?:\s+{NAME})?"
        rf"|\b(?i:bus|linje|stoppested(?:et)?)\s+\d{{1,3}}[A-Z]?\b")),
)  # fmt: skip


def find(text: str, known: Iterable[str] = (), *, besides: str = "") -> tuple[Place, ...]:
    """Find what may be a place, each once, in the order of the text.

    `known` are names that are places for certain, such as a secret address's own words. What is
    part of `besides` is none: a home may read its own name. Letters that only look like ours, or
    are put together of several, are taken for those one reads.
    """
    text = read(text)
    found: dict[tuple[int, int], Place] = {}
    taken: list[tuple[int, int]] = []
    for word in known:
        if name := read(word).strip():
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
                found[match.span()] = Place(Kind.PLACE, match[0])
                taken.append(match.span())
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < e and s < end for s, e in taken):
                found[start, end] = Place(kind, " ".join(match[0].split()).strip(" ,.;"))
                taken.append((start, end))
    own = read(besides).casefold()
    places = [found[span] for span in sorted(found)]
    return tuple(dict.fromkeys(p for p in places if p.words.casefold() not in own))


def names_in(home: str) -> tuple[str, ...]:
    """The words of a home's name that give away which home it is."""
    return (home, *(word for word in home.split() if word[:1].isupper() and len(word) > NAMED))
