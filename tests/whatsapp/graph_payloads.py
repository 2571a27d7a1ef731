"""What Graph takes: every payload is checked as strictly as Meta's limits allow."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_interactive import check_interactive
from tests.whatsapp.graph_parts import at_most, only, part, text_of, url_of

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
WAMID = re.compile(r"wamid\.\S+")
COMMON = (
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
)


def check_message(payload: object) -> Mapping[str, Any]:
    """Return a message to be sent when Meta would take it; Refusal when not."""
    if not isinstance(payload, Mapping):
        raise Refusal(100, "The body is no JSON object")
    if payload.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")
    if payload.get("recipient_type", "individual") != "individual":
        raise Refusal(131009, "recipient_type must be individual")
    _check_recipient(payload)
    kind = payload.get("type")
    if not isinstance(kind, str) or not kind:
        raise Refusal(131008, "The parameter type is required.")
    if kind not in KINDS:
        raise Refusal(131051, f"The type {kind} is not supported")
    only(payload, *COMMON, kind)
    if "context" in payload:
        context = part(payload, "context")
        only(context, "message_id")
        if not WAMID.fullmatch(text_of(context, "message_id", 512)):
            raise Refusal(131009, "context.message_id is no message's id")
    if "biz_opaque_callback_data" in payload:
        text_of(payload, "biz_opaque_callback_data", 512)
    KINDS[kind](part(payload, kind))
    return payload


def check_read(payload: Mapping[str, Any]) -> None:
    """Check a mark as read, with or without a typing indicator; Refusal when it is wrong."""
    only(payload, "messaging_product", "status", "message_id", "typing_indicator")
    if payload.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")
    if payload.get("status") != "read":
        raise Refusal(131009, "status must be read")
    if not WAMID.fullmatch(text_of(payload, "message_id", 512)):
        raise Refusal(131009, "message_id is no message's id")
    if payload.get("typing_indicator", {"type": "text"}) != {"type": "text"}:
        raise Refusal(131009, "typing_indicator.type must be text")


def _check_recipient(payload: Mapping[str, Any]) -> None:
    if "to" not in payload and "recipient" not in payload:
        raise Refusal(131008, "The parameter to or recipient is required.")
    to, user_id = payload.get("to", "+15550000000"), payload.get("recipient", "US.1")
    # Meta takes other forms and guesses a country; a message mustn't depend on a guess.
    if not isinstance(to, str) or not PHONE.fullmatch(to):
        raise Refusal(131009, f"to is no international number: {to}")
    if not isinstance(user_id, str) or not USER_ID.fullmatch(user_id):
        raise Refusal(131009, f"recipient is no user id: {user_id}")


def _check_text(text: Mapping[str, Any]) -> None:
    only(text, "body", "preview_url")
    text_of(text, "body", 4096)
    if not isinstance(text.get("preview_url", False), bool):
        raise Refusal(100, "text.preview_url must be a boolean")


def _check_image(image: Mapping[str, Any]) -> None:
    only(image, "id", "link", "caption")
    if ("id" in image) == ("link" in image):
        raise Refusal(131009, "image takes either id or link")
    if "link" in image:
        url_of(image, "link")
    else:
        text_of(image, "id", 512)
    if "caption" in image:
        text_of(image, "caption", 1024)


def _check_template(template: Mapping[str, Any]) -> None:
    only(template, "name", "language", "components")
    if not re.fullmatch(r"[a-z0-9_]{1,512}", text_of(template, "name", 512)):
        raise Refusal(131009, "template.name is not one")
    language = part(template, "language")
    only(language, "code", "policy")
    text_of(language, "code", 16)
    components = template.get("components", [])
    if not isinstance(components, list):
        raise Refusal(131009, "template.components must be a list")
    for component in components:
        _check_component(component)


def _check_component(component: object) -> None:
    if not isinstance(component, Mapping) or component.get("type") not in KINDS_OF_COMPONENT:
        raise Refusal(131009, "A component of the template has no known type")
    parameters = component.get("parameters", [])
    if not isinstance(parameters, list):
        raise Refusal(131009, "A component's parameters must be a list")
    for parameter in parameters:
        if not isinstance(parameter, Mapping) or not isinstance(parameter.get("type"), str):
            raise Refusal(131009, "A parameter of the template has no type")
        if parameter["type"] == "text":
            at_most(text_of(parameter, "text", 32768), 32768, "text")


KINDS_OF_COMPONENT = ("header", "body", "button", "footer")
KINDS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "text": _check_text,
    "image": _check_image,
    "interactive": check_interactive,
    "template": _check_template,
}
