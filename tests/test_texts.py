"""Sentences with somebody's name in them."""

import pytest
from markupsafe import Markup

from server.app import TEXTS
from server.domain.ages import Band
from server.texts import Texts, Voice

CATALOGUE = Texts(TEXTS)
YUSUF = "يوسف"


def said(name: str) -> str:
    return Voice(CATALOGUE, "da", Band.ADULT, hvem=name).say("alert.paused-away.title")


def test_a_name_from_right_to_left_turns_nothing_round_it():
    """UAX 9: in a sentence of ours it stands as one thing, also before a number or a bracket."""
    assert said(YUSUF).startswith(f"\u2068{YUSUF}\u2069 ")
    assert said("Zoë").startswith("Zoë ")
    assert said("Ма\u0301ша").startswith("Ма")


def test_it_is_still_escaped_where_words_are_strong():
    voice = Voice(CATALOGUE, "da", Band.EIGHTEEN, navn=f"<b>{YUSUF}", barn="x", hjem=f"{YUSUF}<i>")
    shown = voice.rich("choosing.who.home")
    assert isinstance(shown, Markup)
    assert "<i>" not in shown


def test_an_asterisk_in_a_name_makes_nothing_strong():
    voice = Voice(CATALOGUE, "da", Band.TEN, navn="Mette*", barn="x", hjem="L*ne *og* Karl {navn}")
    shown = voice.rich("choosing.who.home")
    assert shown.count("<strong>") == shown.count("</strong>") == 1
    assert "<strong>L*ne *og* Karl {navn}</strong>" in shown


@pytest.mark.parametrize(
    ("language", "name", "theirs"),
    [
        ("da", "Sofie", "Sofies egne ord"),
        ("da", "Lukas", "Lukas’ egne ord"),
        ("da", "Beatrix", "Beatrix’ egne ord"),
        ("en", "Sofie", "Sofie’s own words"),
        ("en", "Lukas", "Lukas’ own words"),
    ],
)
def test_what_is_somebodys_is_written_as_people_write_it(language: str, name: str, theirs: str):
    voice = Voice(CATALOGUE, language, Band.ADULT, barn=name)
    assert voice.say("request.words") == theirs
    assert voice.rich("request.words") == theirs


def test_a_home_begins_a_sentence_with_a_capital_whatever_a_child_calls_it():
    """Domain pack, "how to read": "de voksne på Solhuset" is a name like any other."""
    voice = Voice(CATALOGUE, "da", Band.TEN, navn="Mette", hjem="de voksne på Solhuset")
    assert voice.say("choice.not_to_home.line") == "De voksne på Solhuset får det ikke at vide."
    assert voice.rich("choosing.who.mail").startswith("<strong>De voksne på Solhuset</strong> kan")
    assert voice.say("choice.not_to_home") == "Ikke til de voksne på Solhuset"


def test_a_name_in_the_genitive_is_escaped_and_stands_as_one_thing():
    voice = Voice(CATALOGUE, "da", Band.ADULT, barn=f"<b>{YUSUF}")
    assert voice.rich("request.words").startswith(f"\u2068&lt;b&gt;{YUSUF}\u2069s ")


def test_a_name_nobody_gave_still_stops_the_page():
    with pytest.raises(KeyError):
        Voice(CATALOGUE, "da", Band.ADULT, navn="Mette").say("request.words")
