"""Graph's errors as Meta sends them: HTTP status, title and the shape of the body."""

from dataclasses import dataclass
from typing import Any

# code -> HTTP status, title; what isn't here comes as 400.
ERRORS: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    2: (503, "API Service"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130429: (400, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Account has been locked"),
    131047: (400, "Re-engagement message"),
    131051: (400, "Unsupported message type"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    133004: (503, "Server Temporarily Unavailable"),
}


@dataclass
class Refusal(Exception):
    """A request that Graph refuses. `details` may repeat what was sent, as Meta's do."""

    code: int
    details: str = ""
    subcode: int | None = None

    @property
    def status(self) -> int:
        return ERRORS.get(self.code, (400, ""))[0]

    @property
    def title(self) -> str:
        return ERRORS.get(self.code, (400, "An error"))[1]

    def to_body(self) -> dict[str, Any]:
        """The body of the answer."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "AzQ8or2yhqkZfEZ",
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}

    def to_status(self) -> dict[str, Any]:
        """The same error as an item of a failed status."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": "/documentation/business-messaging/whatsapp/support/error-codes",
        }
