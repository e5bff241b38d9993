"""The three example notes of the domain pack, 5.4, as lines of the note's sections."""

from dataclasses import dataclass

from server.domain.sections import Section
from server.domain.writing import Written


@dataclass(frozen=True, slots=True)
class Line:
    section: Section
    text: str
    said_by: str = ""
    owner: str = ""

    @property
    def written(self) -> Written:
        return Written(self.section, self.text, bool(self.said_by))


EXAMPLES = {
    "Sofus": (
        Line(
            Section.TALKED_ABOUT,
            "Hej Sofus. Vi snakkede sammen i tirsdags på video. Du viste mig din nye kanin. "
            "Den hedder Plet.",
        ),
        Line(
            Section.TALKED_ABOUT,
            "Det er sjovt i skolen, men ikke i frikvarteret.",
            said_by="Sofus",
        ),
        Line(
            Section.TALKED_ABOUT,
            "Du er tit alene i frikvarteret. Du sagde også, at det gør dig lidt trist.",
        ),
        Line(
            Section.AGREED,
            "Jeg lovede at ringe til Hanne fra din skole. Det gør jeg på fredag. "
            "Så siger jeg til dig, hvad hun svarer.",
            owner="Mette",
        ),
        Line(
            Section.OWN_WORDS,
            "Lene må gerne vide det med frikvarteret. Du skal ikke sige, at jeg var trist.",
            said_by="Sofus",
        ),
    ),
    "Amira": (
        Line(
            Section.NOTICED,
            "Vi ringede sammen onsdag kl. 16. Dit kamera var slukket, og det var helt fint.",
        ),
        Line(Section.TALKED_ABOUT, "Du sagde, at du gerne vil bo, hvor du bor."),
        Line(Section.OWN_WORDS, "Jeg kan ikke sove, når Jonas har besøg.", said_by="Amira"),
        Line(
            Section.TALKED_ABOUT,
            "Vi talte om, hvad der kunne hjælpe. Du foreslog selv, at din dør må være lukket "
            "efter kl. 21.",
        ),
        Line(
            Section.THINKS,
            "Jeg tænker, at søvn er vigtigt, fordi du er træt i skolen. Det er min tanke. "
            "Du kan skrive, hvis du ser det på en anden måde.",
        ),
        Line(
            Section.AGREED,
            "Vi aftalte, at jeg spørger Lene og Karl om døren. Du vil ikke have, at jeg siger "
            "noget om Jonas.",
            owner="Mette",
        ),
    ),
    "Mikkel": (
        Line(
            Section.TALKED_ABOUT,
            "Du sagde, at du ikke vil på efterskole. Jeg sagde, at jeg synes, det er en god idé. "
            "Vi er ikke enige.",
        ),
        Line(Section.OWN_WORDS, "I spørger mig, men I har bestemt det.", said_by="Mikkel"),
        Line(
            Section.NEXT_TIME,
            "Jeg har svaret: Det er ikke bestemt. Mødet er den 4. Du kan tage en bisidder med.",
        ),
    ),
}
