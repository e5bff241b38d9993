"""Whose each address is, by its name in urls.py: one that stands in no list fails
(tests/http/test_who_reaches_what.py)."""

from collections.abc import Mapping
from enum import StrEnum


class Whose(StrEnum):
    ANYBODY = "anybody"  # nothing of anybody's stands there
    STAFF = "staff"  # any caseworker's
    OWN = "own"  # the caseworker's whose meeting or young person it is
    GUESTS = "guests"  # of whoever came by a link
    YOUNG_PERSONS = "young person's"  # and of nobody else in the meeting
    HOMES = "homes"


NAMES: Mapping[Whose, str] = {
    Whose.ANYBODY: """
        static language health open-link swap gone leave trying trying-offer
        door enter sign-out first open-account open-home-link home-swap home-entry
    """,
    Whose.STAFF: """
        day new-meeting plan young-people new-young-person add-young-person incidents
        account change-account own-portrait put-photo drop-photo change-password invite-colleague
        say-unlocking passing-on set-passing-on hand-passing-on keep-draft put-draft
        handle-incident keep-promise miss-promise open-promise
    """,
    Whose.OWN: """
        meeting change-meeting move call-off tell-home invite uninvite renew-link show-link
        brief host-answer host-call ways offer-ways take-pick tick
        young-person change-young-person move-home show-home-link renew-home-link
        requests note-request change-request take-back-request answer-request
        assess-concern
        decisions new-decision decide undecide promise note-visits
        register restrict lift say-code need-code say-home-code
        note note-ready note-journal lock-note unlock-note hide-words write-item note-chat item-deed
        note-on-paper hear-how-it-went hold lift-hold put-home-mail remove-home-mail
    """,
    Whose.GUESTS: """
        letter next-step question answer effect more another-way ready after after-done rights
        call offer keep-device line pick agreed call-me last-time answer-last-time help take-help
        share-wish guests-portrait what-was-asked newcomers answer-newcomer code enter-code
        read-decisions seen-decisions
    """,
    Whose.YOUNG_PERSONS: """
        who-sees-what preview home-answers on-paper receipts history telling say-how-it-went
        written own-copy take-copy take-choices
        own-line write-own-line item choose ask-withdrawal withdraw own-words comment
    """,
    Whose.HOMES: """
        home home-before home-answer-before home-cannot home-worried home-sent home-answer
        home-code enter-home-code home-mail switch-home-mail
    """,
}
WHOSE: Mapping[str, Whose] = {
    name: whose for whose, names in NAMES.items() for name in names.split()
}
