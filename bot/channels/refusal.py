"""What a patient is told when a message can't be taken."""

from bot.conversation import Closed, StoreUnavailable, UnknownConversation
from bot.knowledge import Texts


class Refused(Exception):
    """A message that can't be taken, with its HTTP `status` and a `code` for programs.

    `reason` tells a programmer what is wrong with a request; what happens to patients is told in
    the clinic's own words, the fixed text `refusal.<code>`.
    """

    def __init__(self, status: int, code: str, reason: str = "", *, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.reason = reason
        self.retry_after = retry_after

    def words(self, texts: Texts) -> str:
        """Return what a person is told."""
        return self.reason or texts[f"refusal.{self.code}"].text

    def to_dict(self, texts: Texts) -> dict[str, str]:
        """Return the error as every channel carries it."""
        return {"code": self.code, "message": self.words(texts)}


MISHAPS = (Refused, UnknownConversation, StoreUnavailable, Closed, TimeoutError)


def refusal_of(error: Exception) -> Refused:
    """Return what a patient is told of one of MISHAPS."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, UnknownConversation):
        return Refused(404, "unknown_conversation")
    if isinstance(error, TimeoutError):
        return Refused(504, "still_working", retry_after=5)
    return Refused(503, "unavailable", retry_after=5)
