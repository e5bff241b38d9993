"""The main job, end to end: link, checklist, gate, door, call, note, choice, the home."""

from playwright.async_api import Browser

from tests.e2e import hearing, office, people
from tests.e2e.conftest import TONES
from tests.e2e.house import House

DOOR = "Du vil gerne have, at din dør må være lukket efter kl. 21."
SECRET = "Du sagde, at du ikke kan sove, når Jonas har besøg."


async def test_a_whole_meeting(house: House, three: dict[str, Browser]):
    """P1, P4, P6, P11, S45: from the first start to the home's page. Three browsers meet, see
    and hear each other in every direction; two things are written and chosen about in the call;
    the home gets exactly the one; and no log of it holds a name, a word, a token or a place."""
    mette = await office.opens_the_first_account(three["mette"], house)
    await office.signs_in_again(mette, house)
    await office.adds_sofie(mette, house)
    meeting = await office.plans_a_meeting(mette, house)
    links = {
        name.lower(): await office.link_of(mette, house, meeting, name) for name in ("Sofie", "Aya")
    }
    home_link = await office.link_of_the_home(mette, house)
    talk = await people.come_together(house, mette, meeting, links, three)
    for page in talk.all:
        await hearing.sees(page, 2)
    await hearing.hears(talk.mette, TONES["sofie"], TONES["aya"])
    await hearing.hears(talk.sofie, TONES["mette"], TONES["aya"])
    await hearing.hears(talk.aya, TONES["mette"], TONES["sofie"])

    for line in (DOOR, SECRET):
        await talk.mette.get_by_label("Det snakkede I om", exact=True).fill(line)
        await talk.mette.locator("form.note__new").first.get_by_role("button", name="Gem").click()
        await talk.mette.get_by_text(line).first.wait_for()
    await talk.sofie.get_by_role("button", name="Noten").click()
    for line, choice in ((DOOR, "as_written"), (SECRET, "not_to_home")):
        item = talk.sofie.locator("li.item", has_text=line)
        await item.locator(f'input[value="{choice}"]').check(force=True)
        await item.locator('[data-fill="standing"]', has_text="Lene og Karl").wait_for()

    await house.write(people.the_meeting_begins)
    await talk.mette.goto(f"{house.url}/meetings/{meeting}/note")
    await talk.mette.get_by_role("button", name="Noten er klar til Sofie").click()
    await talk.mette.wait_for_load_state()
    lene = await people.somebody(three["aya"])
    page = await lene.new_page()
    await page.goto(home_link)
    await page.wait_for_url("**/home/code")
    await page.locator("#code").fill(await office.code_of_the_home(talk.mette, house))
    await page.locator("main form button").click()
    await page.wait_for_url("**/home")
    before = await page.content()
    assert DOOR not in before

    await house.write(people.the_hour_comes)
    after = before
    while DOOR not in after:  # the server's own loop releases; the test's patience is pytest's
        await page.reload()
        after = await page.content()
    assert "Jonas" not in after
    assert "Jonas" not in before
    never = [link.partition("#")[2] for link in (*links.values(), home_link)]
    never += ["Sofie", "Aya", "Lene", "dør", "Jonas", "127.0.0.1", "candidate", "ice-ufrag"]
    assert [line for line in house.lines for word in never if word in line] == []
