"""The words by which people leave the form, refuse, ask why, agree, or say what is wrong."""

import re

MARKS = re.compile(r"[^\w\s'+-]+")


def plain(text: str) -> str:
    """Return a text in small letters, without marks, its apostrophes alike."""
    return " ".join(
        MARKS.sub(" ", text.casefold().replace("\u2019", "'").replace("`", "'")).split()
    )


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})")


CALL = (
    r"(?:the |my |that |this |a )?(?:call[ -]?back|callback|call|ring|phone call|request)"
    r"(?: request)?"
)
AROUND = r"(?:(?:no|ok|okay|oh|please|sorry|actually|just|thanks|then|now|it's ok|all right)\s+)*"
LEAVES = re.compile(
    rf"^{AROUND}(?:never ?mind(?: (?:it|that|the call.*|about .*))?|nvm|let's not|"
    rf"stop(?: (?:it|this|that|asking(?: me)?))?|cancel(?: (?:it|this|"
    rf"that|all))?|"
    r"forget (?:it|that|this)|leave it(?: be)?|quit|exit|abort|drop it|delete (?:it|that|all)|"
    r"end (?:it|this)|i give up|don't bother|i (?:don't|do not) want (?:it|this|that|to)|"
    r"skip (?:it all|the call|this))(?: (?:please|thanks|"
    r"thank you|then))*$"
)
CALLS_OFF = re.compile(
    rf"\b(?:cancel|withdraw|stop|forget|forget about|call off|delete|remove|drop) {CALL}\b|"
    r"\b(?:(?:don't|dont|do not|needn't|neednt|need not|didn't|never) (?:you |please |"
    r"have to |need to |"
    r"(?:want|need|wish|like)(?: (?:you|him|her|them|anybody|anyone|someone))?(?: to)? )?"
    rf"(?:be )?(?:{CALL}|call|called|ring|rung|phone|phoned)\b|no need (?:to|for) (?:call|"
    rf"ring|phone|a call|the call))|"
    r"\bchanged my mind\b|\bi(?:'ll| will| would rather|'d rather) (?:just )?(?:ring|call|"
    r"phone) (?:you|myself|them)\b"
)
REFUSES = re.compile(
    r"\bnone of your\b|\bmind your own\b|\bnot your business\b|\b(?:rather|"
    r"prefer) not\b(?! to be)|\banonymous|"
    r"\bnot telling\b|\bwon't (?:say|tell|give)\b|\b(?:don't|do not|not going to|never|"
    r"won't|will not) "
    r"(?:want to |like to )?(?:give|share|tell|say)\b|"
    r"^(?:i )?(?:have |have got |got |do not have |don't have |dont have |haven't |haven't got )?"
    r"(?:no|a|any) (?:name|number|phone|telephone|mobile)$"
)
# Such a message says nothing else, so it can be no emergency, whatever it resembles.
ONLY_REFUSES = re.compile(
    r"^(?:(?:no|sorry|please|but|well|actually) )*(?:i(?:'m| am)? )?(?:really |just )?"
    r"(?:(?:don't|dont|do not|won't|wont|will not|not going to|would rather not|rather not) )"
    r"(?:really )?(?:want to |like to |wish to )?(?:give|share|tell|say|leave)"
    r"(?: (?:you|out|away))?(?: (?:my|the|any|a|it|that|full|real|own|phone|name|number))*"
    r"(?: (?:please|sorry|here|online))*$"
)
WHY = re.compile(
    r"^(?:what\b *)?(?:but )?(?:why|what for|how come)\b|^(?:do|must) i (?:have|"
    r"need) to (?:say|tell|give)|"
    r"\bwhat (?:do|would|will) you (?:need|want|do) (?:it|that|this|with|my)\b|^is (?:that|"
    r"it) (?:necessary|needed)"
)
SKIPS = re.compile(
    r"^(?:skip(?: (?:it|this|that))?|nothing(?: (?:special|in particular|really|specific))?|"
    r"none|nope?|"
    r"no reason|n/?a|private|personal|it's (?:private|personal)|confidential|just a call|"
    r"not (?:now|really)|"
    r"i(?:'ll| will) (?:say|tell|explain).*|pass|next|leave (?:it|that) out|"
    r"no thanks?(?: you)?)$"
)
GOES_ON = re.compile(
    r"^(?:(?:yes|ok|okay|sure|please|let's|lets|let us|now|and)\s+)*(?:go on|continue|"
    r"carry on|resume|proceed|"
    r"go ahead|back to (?:the|my) call.*|go on with (?:the|my) call.*)(?: please)?$"
)
SAME = re.compile(
    r"^(?:the )?same(?: (?:number|one|as (?:before|last time|here|this)))*$|"
    r"\bthis (?:number|one)\b|"
    r"\b(?:writing|texting|messaging|chatting|using)(?: (?:you|this))? (?:from|on|with)\b|"
    r"\b(?:have|got|know|see) my (?:number|phone)\b|^(?:my )?whatsapp(?: number)?$|"
    r"\byou (?:already )?have (?:it|that|my number)\b|\bon (?:file|record)\b|"
    r"\bsame number\b"
)
YES = re.compile(
    r"^(?:(?:thanks|thank you|ok|okay)\s+)?(?:yes|yep|yeah|yup|ye|ya|y|ok|okay|k|sure|right|"
    r"correct|perfect|great|"
    r"good|fine|exactly|absolutely|definitely|confirm(?:ed)?|agreed|please do|go ahead|"
    r"do it|lovely|brilliant|"
    r"that's (?:it|right|fine|correct|all|good|great|perfect)|that is (?:it|right|fine|"
    r"correct)|all (?:good|right|correct|fine)|"
    r"it(?:'s| is) (?:right|correct|fine|good)|looks? (?:good|right|fine)|spot on|"
    r"that'll do|that will do|"
    r"sounds? good|ring me|send it|submit)\b"
)
THUMBS = frozenset("👍👌✅☑✔💯🆗")
# Buttons of another step, tapped late.
LATE = frozenset({"change something", "yes ring me", "note my question"})
LATE_TIME = re.compile(
    r"^(?:as soon as possible|(?:this|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day) "
    r"(?:morning|afternoon))$"
)
RING_ME = re.compile(r"^(?:yes|yep|yeah|please)(?: please)? (?:ring|call|phone) me$")
# A joint by itself: what a call is about, and nothing to hurry for.
JOINT = re.compile(
    r"^(?:about |it's |for )?(?:my |the |her |his |both |both my )?(?:left |right )?"
    r"(?:knee|hip|shoulder|elbow|ankle|wrist|back|spine|neck|foot|hand|thumb)s?"
    r"(?: (?:joint|pain|arthritis|problem|treatment|injury))?$"
)
BUT = re.compile(r"\b(?:but|except|only|not|wrong|change|instead|different)\b")
WRONG = re.compile(
    r"^(?:no|nope|not (?:quite|right|correct|really|yet)|wrong|change|edit|correct(?:ion)?|"
    r"amend)\b|"
    r"\b(?:wrong|mistake|incorrect|typo|not right|isn't right|not correct|change (?:it|that|"
    r"something)|isn't correct|"
    r"something else|needs? changing)\b"
)
CHANGES = re.compile(
    r"\b(?:wrong|chang\w*|different|another|other|not right|isn't|isnt|incorrect|mistake|"
    r"typo|(?:mis)?spel\w+|correct|fix|edit|"
    r"doesn't (?:work|suit)|no good|instead|new)\b"
)
INSTEAD = re.compile(
    r"\b(?:instead|make it|make that|rather|change|better|actually|not|no|call|ring|could|"
    r"can|what about|how about)\b"
)
RATHER = re.compile(r"\b(?:instead|make it|rather)\b")
ABOUT_WHAT = (
    ("callback_number", re.compile(r"\b(?:number|phone|mobile|telephone|digits?)\b")),
    ("callback_name", re.compile(r"\bname(?:'s)?\b|\b(?:mis)?spel(?:t|led|ling)\b")),
    ("callback_when", re.compile(r"\b(?:time|times|day|date|when|hour)\b")),
    ("callback_about", re.compile(r"\b(?:about|reason|subject|topic)\b")),
)
LONGEST_CHANGE = 9  # words


def what_is_wrong(text: str) -> str | None:
    """Return the slot that a short message says to change, or names alone; None without."""
    words = plain(text)
    if len(words.split()) > LONGEST_CHANGE:
        return None
    named = [slot for slot, pattern in ABOUT_WHAT if pattern.search(words)]
    bare = re.fullmatch(
        r"(?:no )?(?:the |my )?(?:name|number|phone|time|day|date|reason|what it is about)", words
    )
    if not named or not (bare or CHANGES.search(words)):
        return None
    return named[0]
