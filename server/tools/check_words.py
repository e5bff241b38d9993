"""What `run.py check` says to the operator, in Danish and English.

The operator stands in a terminal, often over a slow line and in a hurry: one line for each
joint, and where one is broken, what to do about it. {0} and {1} are what was found.
"""

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "da": {
        "port": (
            "Porten: UDP {0} er åben.",
            "Porten: UDP {0} kan ikke åbnes. {1}\n"
            "  Kører Enerum allerede? Stop det, eller vælg en anden ENERUM_MEDIA_PORT.",
        ),
        "address": (
            "Adressen: {0} hører til denne maskine.",
            "Adressen: {0} er ikke denne maskines egen. Det er i orden bag en router, der "
            "oversætter én til én;\n  ellers skal ENERUM_MEDIA_ADDRESSES rettes.",
        ),
        "answer": (
            "Svaret: medieserveren svarer på {0}.",
            "Svaret: ingen svarer på {0}, UDP {1}, og det er dér, deltagerne bliver sendt hen.\n"
            "  Lad firewall og router slippe UDP-porten igennem, eller ret "
            "ENERUM_MEDIA_ADDRESSES.",
        ),
        "keys": (
            "Nøglerne: to deltagere har aftalt kryptering ({0}).",
            "Nøglerne: deltagerne kan nå serveren, men aftaler ikke kryptering (DTLS).\n"
            "  Noget på vejen slipper små pakker igennem og store ikke; se efter MTU og filtre.",
        ),
        "media": (
            "Lyd og billede: de to hører og ser hinanden.",
            "Lyd og billede: de to er forbundet, men hører eller ser ikke hinanden.\n"
            "  Det er en fejl hos os: send os gerne det, der står her, og maskinens type.",
        ),
        "clean": (
            "Efter opkaldet: {0} pakker sendt videre, ingen af dem afkodet.",
            "Efter opkaldet: medieserveren har hentet en afkoder. Det må den ikke.",
        ),
        "all": ("Video virker fra denne maskine.", ""),
    },
    "en": {
        "port": (
            "Port: UDP {0} is open.",
            "Port: UDP {0} cannot be opened. {1}\n"
            "  Is Enerum running already? Stop it, or choose another ENERUM_MEDIA_PORT.",
        ),
        "address": (
            "Address: {0} belongs to this machine.",
            "Address: {0} is not this machine's own. That is fine behind a router that "
            "translates one to one;\n  otherwise ENERUM_MEDIA_ADDRESSES has to be corrected.",
        ),
        "answer": (
            "Answer: the media server answers at {0}.",
            "Answer: nobody answers at {0}, UDP {1}, and that is where people are sent.\n"
            "  Let the UDP port through firewall and router, or correct "
            "ENERUM_MEDIA_ADDRESSES.",
        ),
        "keys": (
            "Keys: two clients have agreed on encryption ({0}).",
            "Keys: clients reach the server but do not agree on encryption (DTLS).\n"
            "  Something on the way passes small packets and not large ones; look at MTU and "
            "filters.",
        ),
        "media": (
            "Sound and picture: the two hear and see each other.",
            "Sound and picture: the two are connected but do not hear or see each other.\n"
            "  That is a fault of ours: please send us what stands here, and the machine's type.",
        ),
        "clean": (
            "After the call: {0} packets passed on, none of them decoded.",
            "After the call: the media server has loaded a decoder. It must not.",
        ),
        "all": ("Video works from this machine.", ""),
    },
}

# Where homes are sent a mail: {0} is the mail server; {1} its port, or whom it sends as.
MAIL: dict[str, dict[str, str]] = {
    "da": {
        "holds": "Mail: {0} lukker os ind. Mails sendes som {1}.",
        "unreachable": "Mail: ingen svarer på {0}, port {1}.\n  Se efter ENERUM_MAIL_HOST, "
        "ENERUM_MAIL_PORT og firewallen. Venter den TLS fra første ord, er det "
        "ENERUM_MAIL_TLS=implicit.",
        "untrusted": "Mail: {0} kan ikke bevise, hvem den er, så der sendes intet.\n  Navnet skal "
        "stå i dens certifikat; er det udstedt af jer selv, så sæt ENERUM_MAIL_CA_FILE.",
        "unencrypted": "Mail: {0}, port {1}, krypterer ikke, som ENERUM_MAIL_TLS siger, så der "
        "sendes intet.\n  starttls er som regel port 587, og implicit er port 465.",
        "login": "Mail: {0} lukker os ikke ind.\n  Se efter ENERUM_MAIL_USER og adgangskoden i "
        "ENERUM_MAIL_PASSWORD_FILE.",
        "answers": "Mail: {0}, port {1}, svarer, men siger nej, før vi er begyndt.",
    },
    "en": {
        "holds": "Mail: {0} lets us in. Mails are sent as {1}.",
        "unreachable": "Mail: nobody answers at {0}, port {1}.\n  Look at ENERUM_MAIL_HOST, "
        "ENERUM_MAIL_PORT and the firewall. If it expects TLS from the first word, it is "
        "ENERUM_MAIL_TLS=implicit.",
        "untrusted": "Mail: {0} does not prove who it is, so nothing is sent.\n  The name has to "
        "stand in its certificate; if that is of your own making, set ENERUM_MAIL_CA_FILE.",
        "unencrypted": "Mail: {0}, port {1}, does not encrypt the way ENERUM_MAIL_TLS says, so "
        "nothing is sent.\n  starttls is usually port 587, and implicit is port 465.",
        "login": "Mail: {0} does not let us in.\n  Look at ENERUM_MAIL_USER and the password in "
        "ENERUM_MAIL_PASSWORD_FILE.",
        "answers": "Mail: {0}, port {1}, answers, but says no before we have begun.",
    },
}


def say(language: str, joint: str, *found: str, holds: bool) -> str:
    words = WORDS.get(language, WORDS["en"])[joint]
    sentence = words[0 if holds else 1].format(*found, "?", "?")
    return f"{'ok ' if holds else '-- '} {sentence}"


def say_mail(language: str, joint: str, *found: str) -> str:
    sentence = MAIL.get(language, MAIL["en"])[joint].format(*found)
    return f"{'ok ' if joint == 'holds' else '-- '} {sentence}"
