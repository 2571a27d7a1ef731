"""Payloads that Graph takes, to be broken one limit at a time."""

from typing import Any


def message(kind: str, content: object, **more: object) -> dict[str, Any]:
    """A message of any type to one patient."""
    common = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    return common | {"to": "+447700900123", "type": kind, kind: content} | more


def text_message(body: object = "hello", **more: object) -> dict[str, Any]:
    """A text."""
    return message("text", {"body": body}, **more)


def interactive(kind: str, action: object, **more: object) -> dict[str, Any]:
    """An interactive message with any action."""
    return message("interactive", {"type": kind, "body": {"text": "b"}, "action": action} | more)


def button(number: int, **changes: object) -> dict[str, Any]:
    """One reply button."""
    reply = {"id": f"ask:{number}", "title": f"Title {number}"} | changes
    return {"type": "reply", "reply": reply}


def buttons(*each: object, **more: object) -> dict[str, Any]:
    """A message with reply buttons."""
    return interactive("button", {"buttons": list(each)}, **more)


def row(number: int, **changes: object) -> dict[str, Any]:
    """One row of a list."""
    return {"id": f"ask:{number}", "title": f"Title {number}"} | changes


def section(*rows: object, **more: object) -> dict[str, Any]:
    """A section of a list."""
    return {"rows": list(rows)} | more


def listing(*sections: object, button: object = "Choose", **more: object) -> dict[str, Any]:
    """A message with a list."""
    return interactive("list", {"button": button, "sections": list(sections)}, **more)


def link(**changes: object) -> dict[str, Any]:
    """A message with a link's button."""
    parameters = {"display_text": "Book", "url": "https://clinic.test/book/1"} | changes
    return interactive("cta_url", {"name": "cta_url", "parameters": parameters})


def image(**content: object) -> dict[str, Any]:
    """A picture."""
    return message("image", {"link": "https://clinic.test/a.png"} | content)


def template(name: object = "answer_ready", code: object = "en_GB", **more: object) -> Any:  # noqa: ANN401
    """A template's message."""
    return message("template", {"name": name, "language": {"code": code}} | more)


def header(kind: str, content: object) -> dict[str, Any]:
    """The header of an interactive message."""
    return {"header": {"type": kind, kind: content}}


def footer(text: str) -> dict[str, Any]:
    """The footer of an interactive message."""
    return {"footer": {"text": text}}
