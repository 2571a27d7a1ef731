"""The words around names: how people introduce themselves, greet, sign, and speak of others."""

import re

MEDICAL = re.compile(
    r"kellgren\W+lawrence|john'?s\s+wort|thomas\s+(?:test|splint)|alexander\s+technique", re.I
)
LOOSE = re.compile(
    r"\b(?:name'?s|name\s+is|name\s*[:=]|calls?\s+me|me\s+llamo|mi\s+nombre\s+es|je\s+m'appelle"
    r"|ich\s+hei(?:ß|ss)e|mein\s+name\s+ist|mi\s+chiamo|meu\s+nome\s+[eé]|me\s+chamo|ik\s+heet"
    r"|mijn\s+naam\s+is|nazywam\s+si[eę]|mam\s+na\s+imi[eę]|ad\u0131m)\s+",
    re.I,
)
TITLE = re.compile(r"\b(?:dr|mr|mrs|prof)\b\.?\s+", re.I)
# "ms" is a disease as well, and one may miss running.
CALLED = re.compile(
    r"\b(?:Ms|Miss|Mx|Sir|Dame|Rev|Lady|Lord|[Dd]octor|[Pp]rofessor|[Nn]urse|[Ss]ister|[Ss]urgeon"
    r"|[Cc]onsultant|[Pp]hysio(?:therapist)?)\b\.?\s+"
    r"|(?i:\bmy\s+(?:late\s+|ex[\s-])?(?:husband|wife|partner|son|daughter|m[uo]m|mother|dad|father|brother"
    r"|sister|friend|boss|neighbou?r|nan|gran|grand\w+|aunt(?:ie|y)?|uncle|cousin|colleague|mate|gp|doctor"
    r"|surgeon|consultant|physio\w*|nurse|trainer|coach|boyfriend|girlfriend|carer|fianc[eé]e?)"
    r"(?:,|\s+(?:is\s+)?(?:called|named))?\s+)"
)
GREETING = re.compile(
    r"(?:^|(?<=[\n.!?,]))\s*(?:hi+|hello|hey|hiya|dear|good\s+(?:morning|afternoon|evening)|morning"
    r"|afternoon|evening|namaste|sala+m)\s+(?:there\s+)?",
    re.I,
)
SELF = re.compile(r"\b(?:i\s+am|i'?m|(?P<thing>this\s+is|it'?s|here'?s))\s+", re.I)
HERE = re.compile(r"\s+(?:here|speaking|calling|writing|from)\b", re.I)
AFTER_SELF = re.compile(r"\s*(?:[,.!;\n]|$)|\s+(?:and|from|here|speaking)\b", re.I)
AFTER_GREETING = re.compile(r"\s*(?:[,.!:;\n-]|$)")
SIGN_OFF = re.compile(
    r"(?:\b(?:regards|wishes|thanks|thank\s+you|thx|cheers|sincerely|faithfully|(?P<fond>yours|love))\b|(?<=[\n.?!])\s*[-~])"
    r"(?P<gap>[\s,.!-]*)",
    re.I,
)
