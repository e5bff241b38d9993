"""Lives of a note, each around one rule of what may leave, told in a few words. One at a time they
are played deed by deed to the end; and each beginning of each is a place from which any order of
deeds goes on (test_what_leaves.py). `yes:2` is about the second line, `yes` about the first.
"""

from collections.abc import Mapping
from typing import Any

from server.domain.sharing import Choice, ToldTo

Step = tuple[str, Mapping[str, Any]]  # a rule of any_order.py, and what it is given
SAYS = {
    "yes": Choice.AS_WRITTEN, "other-words": Choice.OTHER_WORDS, "no": Choice.NOT_TO_HOME,
    "myself": Choice.TELL_MYSELF, "together": Choice.TELL_TOGETHER,
}  # fmt: skip
ABOUT_A_LINE: Mapping[str, Step] = {
    **{word: ("choose", {"choice": choice, "in_call": True}) for word, choice in SAYS.items()},
    **{f"taps-{word}": ("choose", {"choice": choice}) for word, choice in SAYS.items()},
    **{f"voice-{word}": ("choose_by_voice", {"choice": choice}) for word, choice in SAYS.items()},
    "asked": ("ask_alone", {}),
    "asked-before": ("ask_about_what_was_chosen_before", {}),
    "unread": ("choose_about_words_that_have_changed", {}),
    "back": ("take_back", {}),
    "back-in-call": ("take_back", {"in_call": True}),
    "reworded": ("reword", {}),
    "first-words": ("reword", {"back": True}),
    "for-home": ("reword", {"for_home": True}),
    "place-for-home": ("reword", {"for_home": True, "place": True}),
    "first-words-for-home": ("reword", {"for_home": True, "back": True}),
    "struck": ("strike", {}),
    "must": ("must_pass_on", {"with_somebody": False}),
    "must-by-two": ("must_pass_on", {"with_somebody": True}),
    "not-after-all": ("not_after_all", {}),
    "told": ("tell", {"to": ToldTo.YOUNG_PERSON}),
    "home-told": ("tell", {"to": ToldTo.HOME}),
    "looked": ("look_at_places", {}),
}
OTHERWISE: Mapping[str, Step] = {
    "line": ("write", {}),
    "place": ("write", {"place": True}),
    "ready": ("ready", {}),
    "talk": ("time_goes_by", {"minutes": 30}),
    "later": ("time_goes_by", {"minutes": 5}),
    "weeks": ("weeks_go_by", {}),
    "hour": ("the_hour_comes", {}),
    "slept": ("the_hour_is_slept_through", {}),
    "awake": ("awake", {}),
    "in-or-out": ("goes_in_or_out", {}),
    "turned-away": ("is_turned_away", {}),
    "lock": ("lock", {}),
    "unlock": ("unlock", {}),
    "unlock-alone": ("unlock", {"alone": True}),
    "hide": ("hide", {}),
    "hide-alone": ("hide", {"alone": True}),
    "moved": ("moves_home", {}),
}
AT_HOME = "line yes talk ready hour"  # the home has the first line

PLAYS: Mapping[str, str] = {
    # Choosing
    "silence is not a yes": "line place talk ready hour hour",
    "a yes in the call leaves at the hour": f"line {AT_HOME} hour",
    "the three noes": "line line line no myself:2 together:3 talk ready hour",
    "not these words": "line other-words talk ready hour for-home hour yes hour",
    "a yes from any hand waits": "line talk ready taps-yes hour asked hour asked",
    "a yes by voice": "line talk ready voice-yes taps-yes yes hour",
    "a no by voice": "line voice-no voice-yes talk ready hour voice-no",
    "a tap, and the same in the call": "line talk ready taps-yes yes asked hour",
    "said again, said the first time": "line yes talk ready slept later yes awake",
    "a mind changed to no": "line yes talk ready taps-no hour yes hour",
    "a mind changed to yes": "line no talk ready taps-yes hour voice-yes hour",
    "asked about what is not there": "line asked no asked yes asked reworded asked",
    "asked about what was said before": "line talk ready taps-yes asked-before hour asked hour",
    "words they have not read": "line unread talk ready hour",
    "outside the call, when it is ready": "line taps-yes talk ready taps-yes hour",
    "who has left the call": "line in-or-out yes talk ready hour asked hour",
    "back in the call": "line in-or-out yes in-or-out yes talk ready hour",
    "whose hand it was": "line line yes voice-yes:2 turned-away talk ready hour asked hour",
    # Words
    "other words undo a yes": "line line yes yes:2 reworded for-home:2 talk ready hour",
    "the same words are no news": "line yes first-words talk ready hour",
    "the same words are other words": "line yes reworded first-words talk ready hour",
    "the line's words for the home": "line yes first-words-for-home talk ready hour yes hour",
    "the line beside words for the home": "line for-home yes reworded talk ready hour",
    "in the old ones' place": f"{AT_HOME} for-home hour line yes:2 yes hour",
    "struck": "line line yes yes:2 struck talk ready hour",
    "struck by nobody": f"{AT_HOME} struck back struck hour",
    # The hour
    "late, and not a minute more": "line line yes talk ready slept later yes:2 awake hour",
    "asked while the server slept": "line talk ready taps-yes slept later asked awake hour",
    "told while the server slept": "line must talk ready slept later told awake hour",
    "looked while the server slept": "place yes talk ready slept later looked awake hour",
    "at noon, never at once": "line talk ready hour later yes awake later awake hour",
    "a window over": "line talk ready hour taps-other-words weeks taps-yes back voice-yes hour",
    "ready once it has begun, and once": "line ready yes talk ready later ready hour ready",
    # Taking back
    "taken back, and chosen anew": f"{AT_HOME} back later awake yes hour",
    "taken back in the call": f"{AT_HOME} back-in-call awake",
    "no way to take back": f"{AT_HOME} no taps-no voice-no back",
    # What must be passed on
    "not before it was told": "line must talk ready hour home-told hour told later awake hour",
    "not theirs to choose": "line must no voice-yes talk ready taps-no told hour back back-in-call",
    "told these very words": "line must told for-home talk ready hour told hour",
    "against a no, by two": "line no must must-by-two told talk ready hour",
    "against telling it themselves": "line myself must reworded must must-by-two told",
    "against telling it together": "line together must must-by-two",
    "a no to these words alone": "line other-words must for-home must told talk ready hour",
    "marked anew, told anew": "line must told not-after-all later must talk ready hour told hour",
    "the yes counts as it did": "line yes must talk ready hour not-after-all awake hour",
    "the no counts as it did": "line no must-by-two told not-after-all talk ready hour",
    "told what need not be": "line told must told not-after-all told ready",
    "passed on by the mark alone": "line no must-by-two told talk ready hour not-after-all hour",
    "passed on, and they say yes": "line yes must told talk ready hour not-after-all hour",
    "old words, passed on": "line must told talk ready hour for-home hour not-after-all hour",
    # Places
    "a place waits for a look": "place yes talk ready hour looked awake hour",
    "a look at these words": "place looked place-for-home yes talk ready hour looked hour",
    "told, and waits for a look": "place must told talk ready hour looked hour",
    # Locked
    "locked before the hour": "line yes lock talk ready hour unlock awake hour",
    "locked, and told": "line must told lock talk ready hour hour unlock hour",
    "locked, and stays": f"{AT_HOME} line lock yes:2 hour unlock hour",
    "locked and unmarked": "line must told talk ready hour lock not-after-all hour unlock hour",
    "opened by two": "line yes lock unlock-alone lock later unlock-alone unlock talk ready hour",
    "hidden by two": f"{AT_HOME} hide lock hide-alone hide hour later unlock awake hour",
    # Moved
    "about the home it named": "line yes moved talk ready hour no yes hour",
    "moved once it is there": f"{AT_HOME} moved yes hour back",
    "moved before the hour": "line yes talk ready moved hour hour",
    "moved, and told anew": "line must told moved talk ready hour not-after-all must told hour",
}

# Every deed the issue names, and the rules it is played by.
NAMED: Mapping[str, tuple[str, ...]] = {
    "write": ("write",),
    "reword": ("reword",),
    "strike": ("strike",),
    "choose": ("choose",),
    "choose outside the call": ("choose", "goes_in_or_out"),
    "confirm by voice": ("ask_alone", "choose_by_voice", "is_turned_away"),
    "change mind": ("choose",),
    "lock": ("lock",),
    "unlock": ("unlock",),
    "override": ("must_pass_on", "tell", "not_after_all"),
    "window over": ("the_hour_comes", "the_hour_is_slept_through", "weeks_go_by"),
    "release": ("awake",),
    "withdraw": ("take_back", "hide"),
    "placement change": ("moves_home",),
}


def steps(play: str) -> list[Step]:
    """What is done in a life, in its order."""
    return [_step(word) for word in PLAYS[play].split()]


def _step(word: str) -> Step:
    name, _, number = word.partition(":")
    if name in OTHERWISE:
        return OTHERWISE[name]
    rule, given = ABOUT_A_LINE[name]
    return rule, {"item": int(number or 1) - 1, **given}
