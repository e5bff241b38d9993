"""The set-up before anything is installed: where pip comes from, and what is said when it stops.

That both commands work on a bare Debian is shown outside the tests; here are the joints.
"""

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import run
from server.tools import first_pip, system
from tests import browser

Asked = list[tuple[str, str | None]]


@pytest.fixture
def index() -> Iterator[tuple[str, Asked]]:
    """A package index on loopback; its pip is not the one whose hash we know."""
    asked: Asked = []

    class Index(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            page = f'<a href="../../files/{first_pip.WHEEL}#sha256=0">pip</a>'
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page.encode() if self.path.endswith("/") else b"another pip")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and no pip settings in the environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for name in ("PIP_INDEX_URL", "PIP_CERT", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_pip_with_another_hash_is_not_installed(
    index: tuple[str, Asked],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    host, asked = index
    monkeypatch.setenv("PIP_INDEX_URL", f"http://{host}/simple/")
    assert first_pip.install(home) is False
    assert [path for path, _ in asked] == ["/simple/pip/", f"/files/{first_pip.WHEEL}"]
    assert "with the hash we know" in capsys.readouterr().out
    assert list(home.iterdir()) == []


def test_an_index_that_wants_a_name_and_password_gets_them(
    index: tuple[str, Asked], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, asked = index
    monkeypatch.setenv("PIP_INDEX_URL", f"http://mette:p%40ss@{host}/simple")
    first_pip.install(home)
    wanted = "Basic " + base64.b64encode(b"mette:p@ss").decode()
    assert [word for _, word in asked] == [wanted, wanted]


def test_an_index_that_is_away_is_told_and_costs_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "file:///nowhere/simple")
    assert first_pip.install(home) is False
    assert "did not answer" in capsys.readouterr().out


def test_pips_own_settings_decide_where_pip_comes_from(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / ".config" / "pip" / "pip.conf"
    own.parent.mkdir(parents=True)
    own.write_text("[global]\nindex-url = http://everybody/simple\n")
    assert first_pip.setting("index-url") == "http://everybody/simple"
    own.write_text("[global]\nindex-url = http://a/\n[install]\nindex-url = http://b/\n")
    assert first_pip.setting("index-url") == "http://b/"
    named = home / "named.conf"
    named.write_text("[install]\nindex-url = http://c/\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(named))
    assert first_pip.setting("index-url") == "http://c/"
    monkeypatch.setenv("PIP_INDEX_URL", "http://d/")
    assert first_pip.setting("index-url") == "http://d/"


def test_an_ordinary_user_is_told_the_one_line_to_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apt = tmp_path / "apt-get"
    apt.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        system.ask_the_system("chromium", "libatomic1")
    assert stopped.value.code == 2
    assert "apt-get install -y --no-install-recommends chromium libatomic1" in (
        capsys.readouterr().out
    )


def test_without_a_webkit_the_long_tests_are_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`test --all` ends with the line to ask for; a single test says how to start it."""
    apt = tmp_path / "apt-get"
    apt.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(LookupError, match="no WebKit here"):
        browser.webkit()
    with pytest.raises(SystemExit) as stopped:
        browser.provide_webkit()
    assert stopped.value.code == 2
    assert "--no-install-recommends webkit2gtk-driver xvfb" in capsys.readouterr().out


def test_what_was_installed_counts_until_a_lock_or_the_python_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, python, newer = tmp_path / "lock", tmp_path / "python", tmp_path / "newer"
    for file in (lock, newer):
        file.write_text("aiohttp==1")
    python.symlink_to(tmp_path / "older")
    monkeypatch.setattr(run, "PYTHON", python)
    first = run.fingerprint(lock)
    assert run.fingerprint(lock) == first
    lock.write_text("aiohttp==2")
    second = run.fingerprint(lock)
    python.unlink()
    python.symlink_to(newer)
    assert len({first, second, run.fingerprint(lock)}) == 3


def test_what_a_link_leads_to_is_not_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody else may be at work in it, with what another version needs."""
    theirs = tmp_path / "theirs"
    (theirs / "lib").mkdir(parents=True)
    (tmp_path / ".venv").symlink_to(theirs)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit):
        run.make_venv()
    assert (theirs / "lib").is_dir()
    assert "Remove the link" in capsys.readouterr().out
