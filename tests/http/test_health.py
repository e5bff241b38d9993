from server.http.pages import health


async def test_it_says_that_all_is_well(stranger):
    response = await stranger.get("/health")
    assert response.status == 200
    assert await response.json() == {"standing": "well"}


async def test_it_is_not_for_posting(stranger):
    response = await stranger.post("/health", headers={"Accept": "application/json"})
    assert response.status == 405


async def test_it_says_that_the_disk_fills_up_before_nothing_can_be_kept(stranger, monkeypatch):
    """P10: the status stays, since to start anew would help nobody."""
    monkeypatch.setattr(health, "LEAST_ROOM", 2**63)
    response = await stranger.get("/health")
    assert (response.status, await response.json()) == (200, {"standing": "well", "disk": "low"})
