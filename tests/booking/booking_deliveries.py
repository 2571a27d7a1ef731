"""What Cal.com and Calendly would deliver, signed as they sign; all names are invented."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

SECRET = "a-secret-that-only-tests-know"
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def moment(minutes: int) -> str:
    """So many minutes after the beginning, as providers write it."""
    return (BEGAN + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def calcom(
    trigger: str,
    uid: str,
    *,
    told: int = 0,
    starts: int = 1440,
    reference: str | None = None,
    instead_of: str | None = None,
) -> dict[str, Any]:
    """What Cal.com says `told` minutes after the beginning of a booking `starts` minutes after."""
    payload: dict[str, Any] = {
        "uid": uid,
        "title": "A first visit",
        "startTime": moment(starts),
        "attendees": [{"name": "Pat Invented", "email": "pat@patient.example"}],
        "responses": {"notes": "my left knee"},
        "metadata": {"candor": reference} if reference else {},
    }
    if instead_of:
        payload["rescheduleUid"] = instead_of
    return {"triggerEvent": trigger, "createdAt": moment(told), "payload": payload}


def calendly(
    event: str,
    uid: str,
    *,
    told: int = 0,
    starts: int = 1440,
    reference: str | None = None,
    instead_of: str | None = None,
    rescheduled: bool = False,
) -> dict[str, Any]:
    """What Calendly says of an invitee."""
    payload = {
        "uri": f"https://api.calendly.com/scheduled_events/e/invitees/{uid}",
        "name": "Pat Invented",
        "email": "pat@patient.example",
        "rescheduled": rescheduled,
        "old_invitee": instead_of
        and f"https://api.calendly.com/scheduled_events/e/invitees/{instead_of}",
        "tracking": {"utm_source": "candor", "utm_content": reference},
        "scheduled_event": {"start_time": moment(starts), "name": "A first visit"},
    }
    return {"event": event, "created_at": moment(told), "payload": payload}


def written(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def calcom_header(body: bytes, secret: str = SECRET) -> dict[str, str]:
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Cal-Signature-256": signed, "Content-Type": "application/json"}


def calendly_header(body: bytes, at: int, secret: str = SECRET) -> dict[str, str]:
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"Calendly-Webhook-Signature": f"t={at},v1={signed}", "Content-Type": "application/json"}
