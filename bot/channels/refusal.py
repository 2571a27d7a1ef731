"""What a patient is told when a message can't be taken."""

from bot.conversation import Closed, StoreUnavailable, UnknownConversation


class Refused(Exception):
    """A message that can't be taken: `code` for programs, `message` for people, HTTP `status`."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def to_dict(self) -> dict[str, str]:
        """Return the error as every channel carries it."""
        return {"code": self.code, "message": self.message}


MISHAPS = (UnknownConversation, StoreUnavailable, Closed, TimeoutError)


def refusal_of(error: Exception) -> Refused:
    """Return what a patient is told of one of MISHAPS."""
    if isinstance(error, UnknownConversation):
        words = "This conversation is not known here. Please start a new one."
        return Refused(404, "unknown_conversation", words)
    if isinstance(error, TimeoutError):
        words = "The answer takes longer than usual. Your message is kept; please wait a moment."
        return Refused(504, "still_working", words, retry_after=5)
    words = "Messages can't be taken just now. Please try again in a moment, or ring the clinic."
    return Refused(503, "unavailable", words, retry_after=5)
