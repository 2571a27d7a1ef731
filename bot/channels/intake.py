"""Taking a patient's message in: checked, limited, kept; the same for every page and socket."""

import hmac
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard
from unicodedata import category

from bot.channels.limits import Limiter
from bot.channels.refusal import Refused, refusal_of
from bot.conversation import Conversations, UnknownConversation
from bot.conversation.tokens import BadToken, sign, verify

MOST_CHARACTERS = 2000
# What stands for this machine in place of an address.
LOCAL = "local"
# Programs on the clinic's own machine (checks, imports) may write this much more.
LOCAL_ALLOWANCE = 20
# Reading costs this share of what writing costs.
LOOK = 0.1
KEY = re.compile(r"[!-~]{8,64}")
CLAIM = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that was kept: the conversation's id and token, and the turn that answers it."""

    conversation: str
    token: str
    turn: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes messages in for the one conversation use case."""

    conversations: Conversations
    secret: str
    by_address: Limiter
    by_conversation: Limiter
    label: Callable[[str], str | None]
    counted: Callable[[str, str], None]

    def conversation(self, token: object) -> str:
        """Return the conversation's id behind a token; Refused when it isn't one of ours."""
        try:
            return verify(self.secret, "conversation", token if isinstance(token, str) else "")
        except BadToken:
            raise refusal_of(UnknownConversation()) from None

    def token(self, conversation: str) -> str:
        """Return the token by which a patient comes back to the conversation."""
        return sign(self.secret, "conversation", conversation)

    def look(self, address: str, conversation: str | None = None, cost: float = LOOK) -> None:
        """Count a look into a conversation, in messages; Refused when there were too many."""
        self._limit(address, conversation, cost)

    async def receive(
        self,
        channel: str,
        address: str,
        token: object,
        text: object,
        key: str | None = None,
        claim: str | None = None,
    ) -> Kept:
        """Keep a message durably, in a new conversation when the token is None; or Refused.

        A claim is the sender's own secret for the conversation that it begins: the same claim
        leads to the same one, for a sender who never got to know the token.
        """
        words = clean_text(text)
        known = None if token is None else self.conversation(token)
        claimed = None if claim is None else self._claimed(claim)
        self._limit_unless_urgent(address, known or claimed, words)
        conversation = known or await self.conversations.start(channel, claimed)
        turn = await self.conversations.receive(
            conversation, words, key=key, shown=self.label(words)
        )
        self.counted("candor_messages_total", channel)
        return Kept(conversation, self.token(conversation), turn)

    def _claimed(self, claim: str) -> str:
        """Return the id of the conversation that this claim begins; nobody else can know it."""
        return hmac.digest(self.secret.encode(), f"claim:{claim}".encode(), "sha256").hex()[:32]

    def _limit_unless_urgent(self, address: str, conversation: str | None, words: str) -> None:
        """Count a message; Refused when there were too many, unless it tells of an emergency."""
        try:
            self._limit(address, conversation)
        except Refused:
            if not self.conversations.is_red_flag(words):
                raise

    def _limit(self, address: str, conversation: str | None, cost: float = 1.0) -> None:
        cost = cost / LOCAL_ALLOWANCE if address == LOCAL else cost
        wait = self.by_address.take(address, cost)
        if conversation is not None:
            wait = wait or self.by_conversation.take(conversation, cost)
        if wait:
            raise Refused(429, "too_many_messages", retry_after=math.ceil(wait))


def is_key(key: object) -> TypeGuard[str]:
    """Tell whether this can name a message: visible, so that no two are kept as one."""
    return isinstance(key, str) and KEY.fullmatch(key) is not None


def checked_claim(claim: object) -> str | None:
    """Return a new conversation's claim, or None without one; Refused if it is easy to guess."""
    if claim is None:
        return None
    if not isinstance(claim, str) or not CLAIM.fullmatch(claim):
        raise Refused(422, "bad_claim", "claim must be 32 random hexadecimal digits.")
    return claim


def clean_text(text: object) -> str:
    """Return what the patient wrote without control characters and outer blanks; or Refused."""
    if not isinstance(text, str):
        raise Refused(422, "no_text", 'Send the message as words, in "text".')
    words = "".join(
        mark if mark == "\n" or category(mark) not in ("Cc", "Cs") else " "
        for mark in text.replace("\r", "")
    ).strip()
    if not words:
        raise Refused(422, "empty_text")
    if len(words) > MOST_CHARACTERS:
        raise Refused(422, "text_too_long")
    return words
