"""Passwords of staff: kept as argon2id digests, checked in threads, and none of the worst."""

import asyncio
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.desk.worst_passwords import WORST

SHORTEST, LONGEST = 12, 256
FEWEST_DIFFERENT = 5
# No letters or digits that are mistaken for others when they are read from paper.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Passwords:
    """Makes digests and checks passwords, two at a time: each takes memory and a core."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    # Checked where there is no such person, so that it takes as long.
    _nobody: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make a digest that nobody knows the password of."""
        object.__setattr__(self, "_nobody", self.hasher.hash(secrets.token_urlsafe(32)))

    async def digest(self, password: str) -> str:
        """Return what is kept of a password."""
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, as_typed(password))

    async def fits(self, digest: str | None, password: str) -> bool:
        """Tell whether it is the password; it takes as long without a digest, and is False."""
        async with self._turns:
            fits = await asyncio.to_thread(self._verify, digest or self._nobody, password)
        return fits and digest is not None

    def is_old(self, digest: str) -> bool:
        """Tell whether a digest was made with other parameters than today's."""
        return self.hasher.check_needs_rehash(digest)

    def _verify(self, digest: str, password: str) -> bool:
        try:
            # Nobody's password is longer; a digest of megabytes would only cost us time.
            return self.hasher.verify(digest, as_typed(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False


def as_typed(password: str) -> str:
    """Return the same text for the same password, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def first_password() -> str:
    """Return a new random password that can be read aloud: 79 bits in four groups of four."""
    letters = [secrets.choice(READABLE) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def password_problem(password: str, login: str, name: str) -> str | None:
    """Return what is wrong with a new password, to be told to whoever chose it, or None."""
    plain = as_typed(password).casefold()
    if len(plain) < SHORTEST:
        return f"Use at least {SHORTEST} characters. A few words in a row are easy to remember."
    if len(plain) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if plain in WORST or len(set(plain)) < FEWEST_DIFFERENT or _is_row(plain):
        return "That password is among the first that anybody would guess. Choose another."
    if _is_little_more_than(plain, [login, *name.split()]):
        return "That password is little more than your name. Choose another."
    return None


def _is_row(text: str) -> bool:
    """Tell whether each character follows the one before it, as in 23456789 or hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1} or steps <= {-1}


def _is_little_more_than(text: str, words: list[str]) -> bool:
    rest = text
    for word in sorted((as_typed(word).casefold() for word in words), key=len, reverse=True):
        if len(word) > 1:
            rest = rest.replace(word, "")
    return rest != text and len(re.sub(r"[\W\d_]", "", rest)) < FEWEST_DIFFERENT
