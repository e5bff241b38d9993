"""People of a meeting, and young people, as forms."""

NOAH = {"name": "Noah", "age": "8", "home": "Mormor", "phone": ""}


async def send(browser, path, form):
    return await browser.post(path, data=form, allow_redirects=False)


async def test_somebody_invited_stands_on_the_meeting_unanswered(mette, cast):
    form = {"companion": "Ida", "companion_why": "Er din lærer"}
    response = await send(mette, f"/meetings/{cast.meeting}/people", form)
    assert response.status == 303
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "Ida" in page
    assert "Sofie har ikke svaret endnu." in page


async def test_an_invitation_without_a_reason_comes_back(mette, cast):
    form = {"companion": "Ida", "companion_why": ""}
    response = await send(mette, f"/meetings/{cast.meeting}/people", form)
    page = await response.text()
    assert response.status == 400
    assert "Skriv, hvorfor personen er med." in page
    assert 'value="Ida"' in page


async def test_somebody_removed_is_gone_from_the_page(mette, cast):
    await send(mette, f"/meetings/{cast.meeting}/people/{cast.ayas_seat}/removed", {})
    assert "Aya" not in await (await mette.get(f"/meetings/{cast.meeting}")).text()


async def test_removing_twice_is_not_found_the_second_time(mette, cast):
    path = f"/meetings/{cast.meeting}/people/{cast.ayas_seat}/removed"
    assert (await send(mette, path, {})).status == 303
    assert (await send(mette, path, {})).status == 404


async def test_sofie_cannot_be_removed_from_her_own_meeting(mette, cast):
    path = f"/meetings/{cast.meeting}/people/{cast.sofies_seat}/removed"
    response = await send(mette, path, {})
    assert response.status == 409
    assert "Aflys det i stedet." in await response.text()


async def test_of_a_child_it_says_what_is_asked_aloud(mette):
    """Domain pack 4.0: four questions on screen, with pictures; the rest in the first minutes."""
    response = await send(mette, "/young-people", NOAH)
    assert response.status == 303
    page = await (await mette.get(response.headers["Location"])).text()
    assert "Noah, 8 år" in page
    assert "Noah får fire spørgsmål med billeder på sin egen skærm." in page


async def test_of_a_13_year_old_nothing_of_that_is_said(mette, cast):
    page = await (await mette.get(f"/young-people/{cast.sofie}")).text()
    assert "fire spørgsmål" not in page


async def test_what_was_saved_says_so_where_it_was_saved(mette, cast):
    """The page looks as it did before, so it says so: once, beside that form alone."""
    young = f"/young-people/{cast.sofie}"
    for path, form in (
        (young, {"name": "Sofie", "age": "13", "home": "Lene og Karl", "phone": ""}),
        (f"{young}/visits", {"last_seen": "2026-11-01", "next_visit": ""}),
        (f"/meetings/{cast.meeting}/people/{cast.ayas_seat}/code-needed", {"why": "asked"}),
        ("/account", {"name": "Mette Lund", "phone": "12 34 56 78"}),
    ):
        response = await send(mette, path, form)
        where = response.headers["Location"]
        page = await (await mette.get(where)).text()
        assert (response.status, where.endswith("#saved"), page.count('id="saved"')) == (
            303,
            True,
            1,
        )
        assert 'id="saved"' not in await (await mette.get(where.partition("?")[0])).text()


WRONG = [
    ("name", "", "Skriv et navn."),
    ("name", "Sofie\u202enesnaJ", "Der er tegn, vi ikke kan bruge."),
    ("name", "x" * 41, "Det er for langt."),
    ("age", "5", "Alderen skal være mellem 6 og 23 år."),
    ("age", "24", "Alderen skal være mellem 6 og 23 år."),
    ("age", "tretten", "Alderen skal være mellem 6 og 23 år."),
    ("home", " ", "Skriv, hvem barnet eller den unge bor hos."),
    ("phone", "ring mig", "Skriv et telefonnummer"),
]


async def test_a_field_that_cannot_be_used_is_named(mette, cast):
    for field, value, words in WRONG:
        for path in ("/young-people", f"/young-people/{cast.sofie}"):
            response = await send(mette, path, NOAH | {field: value})
            page = await response.text()
            assert (field, value, response.status) == (field, value, 400)
            assert f'href="#{field}"' in page
            assert words in page


async def test_a_move_without_a_name_for_the_new_home_changes_nothing(mette, cast):
    response = await send(mette, f"/young-people/{cast.sofie}/home", {"new_home": ""})
    assert response.status == 400
    assert "Lene og Karl" in await (await mette.get(f"/young-people/{cast.sofie}")).text()


async def test_what_people_wrote_is_shown_as_text(mette):
    """V1.2.1: a name is never markup."""
    odd = NOAH | {"name": "<script>x</script>", "home": "{{ 7*7 }} & Søn"}
    response = await send(mette, "/young-people", odd)
    page = await (await mette.get(response.headers["Location"])).text()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert "{{ 7*7 }} &amp; Søn" in page
