#!/usr/bin/env python3
"""Enerum's two commands: `python3 run.py` serves, `python3 run.py test` proves.

Makes `.venv`, installs the hash-locked packages into it, says so beforehand, and hands over to
`server/` or pytest. When nothing changed it only compares two fingerprints. It parses on old
Pythons so that they can be told kindly which one is needed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "tests" / "requirements.lock"
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]

# The first word decides who gets the others; without one of these it is the server.
MODULES = {
    "test": "pytest",
    "bench": "tests.bench",
    "check": "server.tools.check",
    "backup": "server.tools.backup",
    "password": "server.tools.new_password",
    "retention": "server.tools.retention",
}


def main(words):
    if sys.version_info < (3, 11):
        start_again_with_a_newer_python()
    if not sys.platform.startswith("linux"):
        sys.exit("Enerum runs on Linux; on Windows use WSL, the Linux inside Windows.")
    os.chdir(str(ROOT))
    module = MODULES.get(words[0] if words else "", "server")
    with one_at_a_time():
        prepare(testing=module in ("pytest", "tests.bench"), everything="--all" in words)
    if module != "server":
        words = words[1:]
    if module == "pytest" and "--all" in words:
        # Also what needs more than a Chromium: other servers, long loads.
        words = [word for word in words if word != "--all"] + ["-m", "long or not long"]
    elif module == "pytest":
        # The whole suite on two processors, a part of it as it is (tests/lanes.py).
        words = ["-n", "auto", "--max-worker-restart", "0"] + words
    os.execv(str(PYTHON), [str(PYTHON), "-m", module] + words)


def start_again_with_a_newer_python():
    """Older systems say `python3` to an old one while a newer stands beside it."""
    for name in NEWER:
        if shutil.which(name):
            os.execv(shutil.which(name), [name, str(Path(__file__).resolve())] + sys.argv[1:])
    version = sys.version.split()[0]
    print("Enerum needs Python 3.11 or newer, and this is {}.".format(version))
    print("Please install one, for example python3.12, and say: python3.12 run.py")
    sys.exit(2)


def one_at_a_time():
    """Let a second run.py wait while the first is still installing."""
    import fcntl

    door = open(ROOT / ".venv.lock", "w")
    fcntl.flock(door, fcntl.LOCK_EX)
    return door


def prepare(testing, everything=False):
    """Bring `.venv` to what the locks say; for tests the test tools and a browser as well, and
    for `everything` Firefox too."""
    from server.tools.system import say

    installed, test_tools = VENV / "installed", VENV / "installed-for-tests"
    if read(installed) != fingerprint(LOCK):
        say("Making .venv and installing requirements.lock into it (about 290 MB).")
        make_venv()
        install(LOCK)
        installed.write_text(fingerprint(LOCK))
    if testing and read(test_tools) != fingerprint(LOCK, TEST_LOCK):
        say("Installing the test tools, tests/requirements.lock, into .venv (about 200 MB).")
        install(LOCK, TEST_LOCK)
        test_tools.write_text(fingerprint(LOCK, TEST_LOCK))
    browsers = [str(PYTHON), "-m", "tests.browser"] + ["--all"] * everything
    if testing and subprocess.call(browsers) != 0:
        sys.exit(2)


def fingerprint(*locks):
    """What an installation depends on: its locks, and the Python it was made with."""
    parts = [lock.read_bytes() for lock in locks]
    parts.append("{} {}".format(os.path.realpath(str(PYTHON)), PYTHON.exists()).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read(stamp):
    return stamp.read_text() if stamp.exists() else ""


def make_venv():
    from server.tools.system import ask_the_system, stop

    if VENV.is_symlink():
        # Making it anew empties it, also for whoever uses it where it really is.
        stop(".venv is a link, and not what this version needs. Remove the link, then start again.")
    uv = shutil.which("uv")
    if uv and run(uv, "venv", "-q", "--clear", "--python", ">=3.11", VENV):
        return
    if importlib.util.find_spec("venv") is None:
        ask_the_system("python3-venv")
    pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if not run(sys.executable, "-m", "venv", "--clear", *pip, VENV):
        stop("Python could not make .venv; its message stands above.")


def install(*locks):
    """Install exactly the locked packages: with uv where there is one, else with pip."""
    from server.tools import first_pip
    from server.tools.system import ask_the_system, stop

    wanted = ["--require-hashes", "--no-deps"]
    for lock in locks:
        wanted += ["-r", lock]
    uv = shutil.which("uv")
    if uv and run(uv, "pip", "install", "-q", "--python", PYTHON, *wanted):
        return
    if not importlib.util.find_spec("ensurepip") and not has_pip() and not first_pip.install(VENV):
        ask_the_system("python3-venv")
    if not has_pip() and not run(PYTHON, "-m", "ensurepip"):
        stop("There is no pip for .venv; the messages stand above.")
    if not run(PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-q", *wanted):
        stop("The packages could not be installed; pip's message stands above.")


def has_pip():
    return any((VENV / "lib").glob("python3*/site-packages/pip"))


def run(*command):
    return subprocess.call([str(word) for word in command]) == 0


if __name__ == "__main__":
    main(sys.argv[1:])
