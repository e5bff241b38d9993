"""What lies on the disk is for the user the server runs as, and for nobody else (D1, V13.3)."""

import stat


async def test_nobody_else_on_the_machine_reads_the_database(server, settings):
    """D1: names and words of people; also a file an earlier start left open is closed."""
    found = list(settings.data_dir.rglob("*"))
    assert any(path.name == "enerum.db" for path in found)
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name
