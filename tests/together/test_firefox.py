"""Firefox in the same room as the others, in a network of its own (`python -m tests.together`)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_two_firefox_a_chromium_and_aiortc_get_one_another():
    """Every picture and every sound is decoded in all twelve directions."""
    command = [sys.executable, "-m", "tests.together"]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    decoded = json.loads(said.stdout)
    assert set(decoded) == {"mette", "sofie", "aya", "aiortc"}
    for slots in decoded.values():
        assert len(slots) == 3
        assert all(count > 0 for slot in slots for count in slot.values())
