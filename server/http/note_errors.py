"""Where on the note's page something is wrong: the page is long, so it says so on top, with the way
there. The keys of errors are places (`http/pages/noting.py`)."""

from collections.abc import Iterable, Mapping

FIELDS = {"entry": "entry", "code": "code", "spoken_to": "spoken"}  # named by their line
WRITTEN = frozenset({"line", "home", "reason", "heard"})
OTHERS = {"ready:supports": "supports", "unlock": "code", "hide:code": "hide-code"}
READY = "ready"
UNSENT = "ready:unsent"


def listed(errors: Mapping[str, str], unsent: Iterable[str]) -> list[tuple[str, str]]:
    """What is wrong, each with the id of where it stands. `unsent` are the places that hold words
    nobody sent: the first of them is where to go about that."""
    typed = next((one for one in unsent if one.startswith(("meeting:", "item:"))), READY)
    return [(_id(typed if place == UNSENT else place), words) for place, words in errors.items()]


def _id(place: str) -> str:
    kind, *rest = place.split(":")
    if kind == "meeting":
        return place.replace(":", "-")
    if kind != "item":
        return OTHERS.get(place, READY)
    line, name, *field = rest
    if field and field[0] in FIELDS:
        return f"{FIELDS[field[0]]}-{line}"
    return f"item-{line}-{name}" if name in WRITTEN else f"item-{line}"
