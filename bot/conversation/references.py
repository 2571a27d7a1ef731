"""The short reference of a conversation, which people can read out on the telephone.

It is the first 40 bits of the id in eight marks, so that it needs no table of its own: a look-up is
a range of ids.
"""

# Crockford's: no I, L, O or U, and what is heard or typed for them is understood.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HEARD = str.maketrans("ILO", "110", " -\u2010\u2011\u2013")
LENGTH, BITS, DIGITS = 8, 5, 10
EXAMPLE = "7K3Q-9FMD"


class NotAReference(ValueError):
    """Nothing of ours is called this; the text says so, with an example."""


def reference_of(an_id: str) -> str:
    """Return the reference of an id of 32 hexadecimal digits, such as 7K3Q-9FMD."""
    number = int(an_id[:DIGITS], 16)
    marks = [ALPHABET[number >> BITS * place & 31] for place in reversed(range(LENGTH))]
    return f"{''.join(marks[:4])}-{''.join(marks[4:])}"


def read_reference(text: str) -> str:
    """Return a reference as we write it, however it was typed; NotAReference."""
    marks = "".join(text.split()).upper().translate(HEARD)
    if len(marks) != LENGTH or not set(marks) <= set(ALPHABET):
        raise NotAReference(
            f"That is not a reference. It has eight letters and digits, such as {EXAMPLE}."
        )
    return f"{marks[:4]}-{marks[4:]}"


def ids_between(reference: str) -> tuple[str, str]:
    """Return the least id with a reference, and the greatest; NotAReference."""
    number = 0
    for mark in read_reference(reference).replace("-", ""):
        number = number << BITS | ALPHABET.index(mark)
    start = f"{number:0{DIGITS}x}"
    return start + "0" * (32 - DIGITS), start + "f" * (32 - DIGITS)
