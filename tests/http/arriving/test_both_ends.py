"""What could let others in on a talk, asked about at every end of it (S36)."""

from tests.http.arriving.test_answers import say

# What it is about, and the word for it at the young person's, the caseworker's and Aya's end.
THINGS = {
    "who hears": ("Kan nogen høre dig", "Kan nogen høre dig", "Er du alene"),
    "a door": ("Luk døren", "lukket rum", "lukket rum"),
    "headphones": ("Tag høretelefoner på", "Høretelefoner på", "Tag høretelefoner på"),
    "a speaker": ("højttaler, man taler til", "Ingen højttaler", "det, der lytter"),
    "a screen": ("Andre kan se min skærm", "ingen kan se din skærm", "hvem der kan se din skærm"),
    "messages": ("Der popper beskeder op", "Beskeder er slået fra", "slå beskeder fra"),
    "recording": ("gemme eller optage", "intet optager", "optager i rummet"),
}


async def test_each_end_is_asked_about_everything_that_lets_others_in(sofie, mette, aya, cast):
    """S36: headphones, door, who hears, screens, messages, recording and what listens; asked of the
    young person as things to choose among, with a way to go on whatever they are."""
    for question, answer in (("heard", "maybe"), ("place", "own_room")):
        await say(sofie, question, answer)
    await say(aya, "guest_room", "alone")
    pages = (
        (sofie, ("questions/heard", "effects/heard", "effects/place", "questions/around")),
        (aya, ("questions/guest_room", "effects/guest_room")),
    )
    young, others = [
        "".join([await (await who.get(f"/arriving/{path}")).text() for path in paths])
        for who, paths in pages
    ]
    host = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    for thing, words in THINGS.items():
        for page, word in zip((young, host, others), words, strict=True):
            assert word in page, (thing, word)
