"""A case system's folder, and what stands in it, for tests of what goes there."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from server.settings import Settings


def sending(settings: Settings, folder: Path) -> Settings:
    """The same house, set up to send notes to the municipality's folder."""
    folder.mkdir(exist_ok=True)
    return replace(
        settings,
        export_dir=folder,
        export_municipality="Nordby Kommune",
        export_kle="27.36.04 G01",
    )


def arrived(folder: Path) -> list[str]:
    """What a receiver sees: it looks at no name that begins with a dot."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def read(folder: Path, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / name / "note.json").read_text(encoding="utf-8"))
    return told
