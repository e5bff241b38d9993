"""The Chromium that tests look through, and what some of the long ones need: Firefox, WebKit.

`python -m tests.browser` sees to it that there is one, before the first test: nothing is skipped
for want of a browser; with `--all` to Firefox and WebKit as well. Tests start Chromium with
`launched(playwright)`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from server.tools.system import ask_the_system, say, stop

FIREFOX = ["firefox-esr", "firefox"]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ON_A_MAC = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
DOWNLOADED = {
    "linux": (".cache/ms-playwright", "chromium-*/chrome-linux*/chrome"),
    "darwin": ("Library/Caches/ms-playwright", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"),
}

# What a window brings along for its owner, and a test has no use for: a page of its own for
# suggestions below the address costs each window a sixth of its time. Whoever names some features
# takes the place of Playwright's list, so those of it that matter here are named again.
NOT_NEEDED = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    "--disable-features=" + ",".join(NOT_NEEDED),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A test talks to loopback alone; the browser's own errands stay undone.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


async def launched(
    playwright: Any, *more_flags: str, path: str | None = None, without: tuple[str, ...] = ()
) -> Any:
    """Our Chromium, headless, with a fake camera and microphone that need no permission.

    `path` is a program that starts it in some other way; `without` are flags of Playwright's own
    that would keep it from being the browser people have.
    """
    # Chromium refuses its sandbox to root, which is who runs tests in a container.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return await playwright.chromium.launch(
        executable_path=path or chromium(),
        args=[*FLAGS, *as_root, *more_flags],
        ignore_default_args=[*without],
    )


@cache
def chromium() -> str:
    """The browser's path. Raises when there is none: `run.py test` would have seen to it."""
    for path in candidates():
        if starts(path):
            return path
    raise LookupError("no Chromium here: start the tests with `python3 run.py test`")


def candidates() -> Iterator[str]:
    """Where a Chromium may be; the one named by CHROMIUM comes first."""
    for name in [os.environ.get("CHROMIUM", ""), *NAMES]:
        if found := shutil.which(name):
            yield found
    yield from ON_A_MAC
    if sys.platform in DOWNLOADED:
        folder, pattern = DOWNLOADED[sys.platform]
        yield from map(str, sorted((Path.home() / folder).glob(pattern), reverse=True))


def starts(path: str) -> bool:
    # Ubuntu's `chromium-browser` is a stub that only asks for a snap: being there is not enough.
    return Path(path).exists() and quietly(path, "--version")


def quietly(*command: str) -> bool:
    silent = subprocess.DEVNULL
    return subprocess.call(command, stdout=silent, stderr=silent) == 0


def firefox() -> str:
    """Firefox's path. Raises when there is none: `run.py test --all` would have seen to it."""
    for path in filter(None, map(shutil.which, FIREFOX)):
        if starts(path):
            return path
    raise LookupError("no Firefox here: start the tests with `python3 run.py test --all`")


class WebKit(NamedTuple):
    """Where the three programs are that make a WebKit one can drive without a screen."""

    driver: str
    browser: str
    screen: str


def webkit() -> WebKit:
    """WebKitGTK's paths. Raises when one is missing: `run.py test --all` would have seen to it."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4*/MiniBrowser"), reverse=True)
    if not (driver and screen and browsers):
        raise LookupError("no WebKit here: start the tests with `python3 run.py test --all`")
    return WebKit(driver, str(browsers[0]), screen)


def here(browser: Callable[[], object]) -> bool:
    try:
        return bool(browser())
    except LookupError:
        return False


def provide() -> None:
    """Find a Chromium and what Playwright's driver needs; install what is missing, or say so."""
    missing = [] if here(chromium) else ["chromium", "fonts-dejavu-core"]
    if not driver_starts():
        missing.append("libatomic1")
    if missing and sys.platform == "linux":
        ask_the_system(*missing)
    if not here(chromium):
        # No package of that name (macOS), or only a stub (Ubuntu): Playwright's own build.
        say("Downloading Playwright's Chromium (about 170 MB) into your cache folder.")
        if not quietly(sys.executable, "-m", "playwright", "install", "chromium"):
            stop("No Chromium could be had. Install Chromium or Google Chrome, then start again.")
    if not here(chromium):
        stop("The Chromium just installed does not start. Run it with --version to see why.")


def driver_starts() -> bool:
    from playwright._impl._driver import compute_driver_executable

    return quietly(*compute_driver_executable(), "--version")


def provide_firefox() -> None:
    if not here(firefox):
        ask_the_system("firefox-esr")


def provide_webkit() -> None:
    if not here(webkit):
        ask_the_system("webkit2gtk-driver", "xvfb")


if __name__ == "__main__":
    provide()
    if "--all" in sys.argv:
        provide_firefox()
        provide_webkit()
