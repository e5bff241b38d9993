"""The trial call is no dead end: there is a way back to where one came from."""


async def test_the_trial_call_leads_back_to_where_one_came_from(sofie, aya, mette):
    """P3, P8, P12: a guest's trial call has the sill as every other screen."""
    for browser, back, sill in ((sofie, "/arriving", True), (aya, "/arriving", True),
                                (mette, "/", False)):  # fmt: skip
        page = await (await browser.get("/trying")).text()
        assert f'<a class="text-action" href="{back}">' in page
        assert ("/arriving/another-way" in page) == sill
        assert ('action="/calling/leave"' in page) == sill
