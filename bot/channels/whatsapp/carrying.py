"""Takes a conversation from the website along to WhatsApp, by a code that is good once."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from bot.conversation.codes import ALPHABET, CODE, GROUP, LENGTH, code_key
from bot.store.whatsapp import WhatsAppStore

GOOD = timedelta(hours=1)
BLANK = "{code}"


@dataclass(frozen=True, slots=True)
class Carrying:
    """Gives codes for conversations; they are kept as a digest only."""

    store: WhatsAppStore
    secret: str

    async def code(self, conversation_id: str) -> str:
        """Return a code for going on with a conversation, good once; UnknownConversation."""
        marks = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        code = "-".join(marks[at : at + GROUP] for at in range(0, LENGTH, GROUP))
        await self.store.allow_carry(conversation_id, code_key(self.secret, code))
        return code

    async def carry(self, contact_id: str, code: str) -> bool:
        """Give the contact the code's conversation; False when the code isn't good (any more)."""
        return await self.store.carry(contact_id, code_key(self.secret, code), GOOD)


def carry_text(words: str, code: str) -> str:
    """Return what a patient sends: our words with the code, at their end if they leave it out."""
    return words.replace(BLANK, code) if BLANK in words else f"{words} {code}"


def words_beside(text: str, words: str) -> str:
    """Return what a text says besides its code and our words around it, "" when that is all."""
    ours = [" ".join(part.split()) for part in carry_text(words, BLANK).split(BLANK)]
    before, after = (" ".join(part.split()) for part in CODE.split(text, maxsplit=1))
    beside = f"{before.removesuffix(ours[0])} {after.removeprefix(ours[-1])}".strip()
    return beside if any(mark.isalnum() for mark in beside) else ""


def chat_link(number: str, text: str = "") -> str:
    """Return the link that opens a chat with the clinic's number, with a text ready to be sent."""
    digits = re.sub(r"\D", "", number)
    return f"https://wa.me/{digits}" + (f"?text={quote(text, safe='')}" if text else "")
