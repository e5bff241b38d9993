async def test_it_says_that_all_is_well(stranger):
    response = await stranger.get("/health")
    assert response.status == 200
    assert await response.json() == {"standing": "well"}


async def test_it_is_not_for_posting(stranger):
    response = await stranger.post("/health", headers={"Accept": "application/json"})
    assert response.status == 405
