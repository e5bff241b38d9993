"""Fetches the few front-end files we did not write ourselves, and makes them small.

`web/vendor.lock.json` says which packages, which version, which files and what their
hashes are. Run `python -m server.tools.vendor` to make every file anew and compare it
with the lock; `--accept` writes the new hashes after an upgrade. Nothing here runs in
production: the results are committed, and `tests/test_vendor.py` re-hashes them.

Needs npm, and makes a throw-away environment for the two font tools named in the lock.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "web" / "vendor.lock.json"

SPRITE_HEAD = "<!-- Lucide, ISC licence, see icons-licence.txt -->\n"


def main() -> int:
    """Make every vendored file; return 1 when one differs from the lock."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write new hashes to the lock")
    accept = parser.parse_args().accept
    lock = json.loads(LOCK.read_text())
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        python = font_tools(lock["tools"], scratch)
        changed = [
            entry["to"]
            for package in lock["packages"]
            for entry in make_package(package, scratch, python, accept)
        ]
    if accept:
        LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
    for path in changed:
        sys.stdout.write(f"{'new hash' if accept else 'differs from the lock'}: {path}\n")
    return 1 if changed and not accept else 0


def make_package(
    package: dict[str, Any], scratch: Path, python: Path, accept: bool
) -> list[dict[str, Any]]:
    """Fetch one package and make its files; give back the entries that changed."""
    source = fetch(package, scratch, accept)
    changed = []
    for entry in package["files"]:
        target = ROOT / entry["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if entry["make"] == "sprite":
            target.write_text(sprite(source / entry["from"], entry["icons"]))
        elif entry["make"] == "subset":
            subset(python, source / entry["from"], target, entry, scratch)
        elif entry["make"] == "weight":
            weight(python, source / entry["from"], target, entry, scratch)
        else:
            target.write_bytes((source / entry["from"]).read_bytes())
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
        if digest != entry.get("sha256"):
            entry["sha256"] = digest
            changed.append(entry)
    return changed


def fetch(package: dict[str, Any], scratch: Path, accept: bool) -> Path:
    """Pack one package without running its scripts, check its hash, unpack it."""
    name = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", name, "--ignore-scripts", "--json", "--pack-destination", scratch]
    told = json.loads(run(command))
    # npm 11.19 answers with an object by name, older ones with a list.
    first = next(iter(told.values())) if isinstance(told, dict) else told[0]
    archive = scratch / str(first["filename"])
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if accept:
        package["integrity"] = digest
    elif digest != package["integrity"]:
        raise SystemExit(f"{name} is not the package the lock was made from")
    folder = scratch / archive.stem
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def sprite(folder: Path, names: list[str]) -> str:
    """One file with the icons we use; the page's own style gives colour and line."""
    symbols = []
    for name in sorted(names):
        drawing = re.sub(r"<!--.*?-->|</?svg[^>]*>", "", (folder / f"{name}.svg").read_text())
        shapes = re.sub(r"\s+", " ", drawing).replace(" />", "/>").replace("> <", "><").strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>\n')
    return f'{SPRITE_HEAD}<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def subset(python: Path, source: Path, target: Path, entry: dict[str, Any], scratch: Path) -> None:
    """Cut a variable font to the weights and letters named in the lock."""
    narrowed = scratch / "narrowed.ttf"
    limits = [python, "-m", "fontTools.varLib.instancer", source, entry["axes"]]
    run([*limits, "--no-recalc-timestamp", "-o", narrowed])
    run(
        [
            *(python, "-m", "fontTools.subset", narrowed, f"--unicodes={entry['unicodes']}"),
            *("--flavor=woff2", "--layout-features=kern,liga,mark,mkmk,locl,ccmp"),
            *("--no-hinting", "--desubroutinize", f"--output-file={target}"),
        ]
    )


def weight(python: Path, source: Path, target: Path, entry: dict[str, Any], scratch: Path) -> None:
    """Take one weight of a variable font as a plain file, for what reads no others (typst)."""
    plain, fixed = scratch / "plain.ttf", scratch / "fixed.ttf"
    run([python, "-m", "fontTools.ttLib.woff2", "decompress", "-o", plain, source])
    limits = [python, "-m", "fontTools.varLib.instancer", plain, entry["axes"]]
    run([*limits, "--no-recalc-timestamp", "-o", fixed])
    run(
        [
            *(python, "-m", "fontTools.subset", fixed, f"--unicodes={entry['unicodes']}"),
            *("--layout-features=kern,liga,mark,mkmk,locl,ccmp", "--no-hinting"),
            f"--output-file={target}",
        ]
    )


def font_tools(tools: dict[str, str], scratch: Path) -> Path:
    """A throw-away environment with the font tools, at the versions the hashes belong to."""
    run([sys.executable, "-m", "venv", scratch / "tools"])
    python = scratch / "tools" / "bin" / "python"
    wanted = [f"{name}=={version}" for name, version in tools.items()]
    run([python, "-m", "pip", "install", "--quiet", *wanted])
    return python


def run(command: list[Any]) -> str:
    """Run one tool and give back what it wrote; a tool that fails stops everything."""
    # The words come from the lock file in this repository, never from a request.
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True)
    return done.stdout.decode()


if __name__ == "__main__":
    sys.exit(main())
