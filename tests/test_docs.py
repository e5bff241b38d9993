"""Documents point at what is there."""

import re
from pathlib import Path

import pytest

from server.ws import messages
from server.ws.view import Phase
from tests.e2e import tour
from tests.e2e.states import test_states

ROOT = Path(__file__).parents[1]
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_protocol_has_a_row_for_every_message_and_names_every_screen() -> None:
    """Two were sent for days that stood nowhere."""
    sent = {kind.__struct_config__.tag for kind in messages.Message.__subclasses__()}
    told = set(re.findall(r"^\| `(\w+)` \|", PROTOCOL, re.MULTILINE))
    assert sent <= told
    assert {phase for phase in Phase if phase not in PROTOCOL} == set()


def test_the_readme_leads_to_every_document() -> None:
    """What nothing leads to is read by nobody."""
    links = set(LINK.findall((ROOT / "README.md").read_text("utf-8")))
    there = {str(path.relative_to(ROOT)) for path in DOCUMENTS if path.parent.name != "adr"}
    assert there - links == {"README.md"}


def test_the_readme_says_what_this_is_not() -> None:
    """Design 2: until a second factor and the audit trail exist, everybody is told."""
    assert "not for real meetings" in (ROOT / "README.md").read_text("utf-8").lower()


def test_the_tour_shows_states_that_the_tests_visit() -> None:
    """Each picture is one that a test takes, and is there."""
    states = {state.name for state in test_states.states.ALL}
    shown = tour.pictures()
    assert shown
    assert [name for name, _ in shown if not (tour.SHOWN / name).exists()] == []
    assert [state for _, state in shown if state not in states] == []


def test_the_proof_names_tests_that_are_there() -> None:
    proof = (ROOT / "docs" / "proof.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/.]+?)(?:::(test_\w+))?`", proof)
    there = {path: (ROOT / path).read_text("utf-8") for path, _ in named if (ROOT / path).is_file()}
    assert [path for path, _ in named if not (ROOT / path).exists()] == []
    assert [name for path, name in named if name and f"def {name}(" not in there[path]] == []
