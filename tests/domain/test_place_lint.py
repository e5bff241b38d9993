"""What may say where somebody is: all that was planted is found, and what is harmless is listed."""

from time import process_time

import pytest

from server.domain.places import Kind, find, names_in

PLANTED = {
    Kind.ADDRESS: """
        Du bor på Egevej 14 nu.
        Vi mødes på Søndre Ringvej 12, 2. tv.
        Det er Strandvejen 115B.
        Kom til H.C. Andersens Boulevard 27.
        Det er i Nørregade 3, st. th.
        Skriv til 8000 Aarhus C.
        Det ligger i 5883 Oure.
        Ved Lille Sankt Mikkels Stræde.
        Huset ligger på Kastanievej.
        Vi ses i Vestre Allé 5.
        Der er fest på Solsikkevænget 8.
        Adressen er Åparken 31.
        Du kan finde os på Kongens Nytorv 1.
        egevej 14 er let at finde
    """,
    Kind.INSTITUTION: """
        Du bor på Solhuset.
        Det er Opholdsstedet Birkely.
        De voksne på Egelund Børnehjem ved det.
        Du kom til døgninstitutionen Fonden Skovbo.
        Du var på Josephine Schneiders Hus.
        Din mor er på krisecenter Lundby.
        Der er heste på Møllegården.
        Vi ses på Behandlingshjemmet Nebs Møllehus.
        Det er opholdsstedet i Gislev.
        Du har fået plads på Fonden Skovbo.
        Du har været på Odense Universitetshospital.
    """,
    Kind.SCHOOL: """
        Du går på Sct. Hans Skole.
        Du er begyndt på Nordre Skole.
        Din lærer er fra Katrinebjergskolen.
        Du vil gerne på Vestre Gymnasium.
        Der er et værelse på Hjortholm Efterskole.
        Lillebror er i Børnehaven Mælkebøtten.
        Du går i friskolen i Tåsinge.
        Bagefter er du i SFO Stjernen.
    """,
    Kind.PHONE: """
        Ring på 20 30 40 50.
        Nummeret er +45 20304050.
        20304050
        Det er 2030 4050.
        Ring 0045 20 30 40 50.
        Skriv til 20-30-40-50 i morgen.
    """,
    Kind.MAP: """
        Her er det: https://maps.app.goo.gl/abc
        maps.google.com/?q=55.6,12.5
        Stedet er 55.67594, 12.56553.
        ///bord.lampe.stol
        55° 40' N
        Se krak.dk/egevej
        Læs på www.stedet.dk
        Slå det op på rejseplanen.dk.
    """,
    Kind.PLACE: """
        Din far bor i Odense.
        I var ved Vejle Fjord.
        Du flytter til Gislev.
        Du tager bus 171 hjem.
        Dåben er i Gislev Kirke.
        Du står af ved Ringe Station.
        Sagen er i Midtfyns Kommune.
    """,
}
CORPUS = [
    pytest.param(kind, line.strip(), id=line.strip())
    for kind, lines in PLANTED.items()
    for line in lines.strip().splitlines()
]

# The example notes of the domain pack, 5.4, and other lines that name no place. What is found in
# them all the same is a false alarm: somebody looks once, and the line leaves.
HARMLESS = (
    "Hej Sofus. Vi snakkede sammen i tirsdags på video. "
    "Du viste mig din nye kanin. Den hedder Plet.",
    "Du sagde: ”Det er sjovt i skolen, men ikke i frikvarteret.” Du er tit alene der.",
    "Jeg lovede at ringe til Hanne fra din skole. Det gør jeg på fredag. "
    "Så siger jeg til dig, hvad hun svarer.",
    "Sofus vil gerne have nogen at lege med i frikvarteret.",
    "Du ville gerne have, at Lene ved det med frikvarteret.",
    "Vi ringede sammen onsdag kl. 16. Dit kamera var slukket, og det var helt fint.",
    "Du sagde, at du gerne vil bo, hvor du bor. "
    "Du sagde også: ”Jeg kan ikke sove, når Jonas har besøg.”",
    "Du foreslog selv, at din dør må være lukket efter kl. 21.",
    "Jeg tænker, at søvn er vigtigt, fordi du er træt i skolen. Det er min tanke.",
    "Vi aftalte, at jeg spørger Lene og Karl om døren.",
    "Du sagde, at du ikke vil på efterskole. Jeg sagde, at jeg synes, det er en god idé.",
    "”I spørger mig, men I har bestemt det.”",
    "Det er ikke bestemt. Mødet er den 4. Du kan tage en bisidder med.",
    "Det her er jeg nødt til at sige til Lene: Du har ikke taget din medicin i tre dage.",
    "Du får 250 kr. om måneden fra 1. januar 2027.",
    "Skolen ringer til Lene. Institutionen er lukket i uge 42.",
    "Vi tales ved kl. 14.30 den 12.11.2026.",
)
FALSE_ALARMS = {
    "Du er glad for Haven og Skoven på Minecraft.": (),
    "Du kan lide Billie Eilish Parken-koncerten.": (),
    "Du vil hedde Liva Lund Hansen.": ("Liva Lund",),
    "Du glæder dig til at bo på Mors gamle værelse.": ("bo på Mors",),
    "Du holder med Brande Hedegård i spillet.": ("Brande",),
}


@pytest.mark.parametrize(("kind", "line"), CORPUS)
def test_every_place_that_was_planted_is_found(kind: Kind, line: str):
    """C13: 100 % of the corpus."""
    assert find(line)
    assert kind in {place.kind for place in find(line)}


@pytest.mark.parametrize("line", HARMLESS)
def test_the_example_notes_give_no_false_alarm(line: str):
    """C13: listed, and there are none."""
    assert find(line) == ()


@pytest.mark.parametrize(("line", "held_up"), FALSE_ALARMS.items())
def test_the_false_alarms_we_know_of_are_these(line: str, held_up: tuple[str, ...]):
    assert tuple(place.words for place in find(line)) == held_up


@pytest.mark.parametrize(
    "line",
    [
        "Du bor p\u00e5 Ege\u00advej 14.",  # a soft hyphen, as from a web page
        "Din far bor ved A\u030alborg.",  # a letter put together of two, as from a PDF
        "Du g\u00e5r p\u00e5 Katrine\u200dbjergskolen.",
        "Det er i \u0410\u0430rhus.",  # two Cyrillic letters
        "Ring \uff12\uff10 \uff13\uff10 \uff14\uff10 \uff15\uff10.",  # wide figures
        "Ring 20\u00a030\u00a040\u00a050.",
        "Od\u2060ense er langt v\u00e6k.",
    ],
)
def test_a_place_is_read_as_an_eye_reads_it(line: str):
    """C13: whatever its letters are put together of."""
    assert find(line)


def test_a_secret_name_is_found_and_a_homes_own_is_not_whatever_they_are_put_together_of():
    assert find("hjem til \u00c5lykke", known=["A\u030alykke"])
    assert find("hjem til A\u030aly\u00adkke", known=["\u00c5lykke"])
    assert not find("P\u00e5 S\u00f8lv\u00adhuset", besides="de voksne p\u00e5 S\u00f8lvhuset")


def test_a_place_known_to_be_secret_is_found_however_it_is_written():
    assert find("jeg elsker at bo på birkely", known=["Birkely"])
    assert not find("jeg elsker at bo på birkely")


def test_a_home_may_read_its_own_name():
    line = "De voksne på Solhuset må vide, at du var på Egevej 14."
    assert [p.words for p in find(line, besides="de voksne på Solhuset")] == ["Egevej 14"]


def test_a_homes_name_is_known_by_the_words_that_give_it_away():
    assert names_in("de voksne på Solhuset") == ("de voksne på Solhuset", "Solhuset")
    assert names_in("Lene og Karl") == ("Lene og Karl",)
    assert find("hjem til solhuset", names_in("de voksne på Solhuset"))
    assert find("snak med lene og karl", names_in("Lene og Karl"))
    assert not find("Lene har fødselsdag", names_in("Lene og Karl"))


def test_each_place_is_named_once_in_the_order_it_stands():
    found = find("Gå fra Egevej 14 til Nordre Skole og hjem til Egevej 14.")
    assert [place.words for place in found] == ["Egevej 14", "Nordre Skole"]


def test_a_long_text_without_end_is_read_in_no_time():
    """A line is 1000 letters at most; nothing in it makes the patterns go round and round."""
    began = process_time()
    for part in ("Aaa ", "a", "Vej ", "12 ", "A-", "///a.", "55.5555 "):
        find(part * 400)
    assert process_time() - began < 2  # seconds; 0.1 here
