"""What the set-up says, and what it asks of the operating system.

Standard library only: it runs before anything is installed.
"""

import os
import shutil
import subprocess
from typing import NoReturn


def say(sentence: str) -> None:
    print(f"Enerum: {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    """End the set-up with a sentence the reader can act on."""
    say(sentence)
    raise SystemExit(2)


def ask_the_system(*packages: str) -> None:
    """Install what only the system can give: as root on Debian and its kin, after saying so.

    Anybody else is told the one line to ask for, and nothing goes on half-equipped.
    """
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    missing, line = ", ".join(packages), " ".join(install)
    if not shutil.which("apt-get"):
        stop(f"Missing: {missing}. Please install it with your system's package manager.")
    if os.geteuid() != 0:
        stop(f"Missing: {missing}. Ask for this line, then start again:\n\n    sudo {line}\n")
    say(f"Installing through apt-get: {missing}.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], install):
        if subprocess.call(command, env=quiet) != 0:
            stop(f"apt-get could not install {missing}; its message stands above.")
