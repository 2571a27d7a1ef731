"""Interactive messages as Graph takes them: buttons, a list, or a link."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_parts import items, only, part, text_of, unique, url_of

MEDIA = ("image", "video", "document")


def check_interactive(item: Mapping[str, Any]) -> None:
    """Refuse an interactive message that Meta would refuse."""
    only(item, "type", "header", "body", "footer", "action")
    kind = item.get("type")
    if kind not in ACTIONS:
        raise Refusal(131009, "interactive.type is not one that is supported")
    if "header" in item:
        _check_header(part(item, "header"), only_text=kind == "list")
    body = part(item, "body")
    only(body, "text")
    text_of(body, "text", 1024)
    if "footer" in item:
        footer = part(item, "footer")
        only(footer, "text")
        text_of(footer, "text", 60)
    ACTIONS[kind](part(item, "action"))


def _check_header(header: Mapping[str, Any], *, only_text: bool) -> None:
    kind = header.get("type")
    if kind == "text":
        only(header, "type", "text")
        text_of(header, "text", 60)
        return
    if kind not in MEDIA or only_text:
        raise Refusal(131009, "header.type is not supported here")
    only(header, "type", kind)
    media = part(header, kind)
    only(media, "id", "link", "filename")
    if ("id" in media) == ("link" in media):
        raise Refusal(131009, "The header's media takes either id or link")
    if "link" in media:
        url_of(media, "link")


def _check_buttons(action: Mapping[str, Any]) -> None:
    only(action, "buttons")
    buttons = items(action, "buttons", 1, 3)
    replies = []
    for button in buttons:
        only(button, "type", "reply")
        if button.get("type") != "reply":
            raise Refusal(131009, "A button's type must be reply")
        reply = part(button, "reply")
        only(reply, "id", "title")
        replies.append((text_of(reply, "id", 256), text_of(reply, "title", 20)))
    unique([one for one, _ in replies], "The ids of buttons")
    unique([title for _, title in replies], "The titles of buttons")


def _check_list(action: Mapping[str, Any]) -> None:
    only(action, "button", "sections")
    text_of(action, "button", 20)
    sections = items(action, "sections", 1, 10)
    rows: list[Mapping[str, Any]] = []
    for section in sections:
        only(section, "title", "rows")
        if len(sections) > 1 or "title" in section:
            text_of(section, "title", 24)
        rows += items(section, "rows", 1, 10)
    if len(rows) > 10:
        raise Refusal(131009, f"A list takes 10 rows in all, not {len(rows)}")
    for row in rows:
        only(row, "id", "title", "description")
        text_of(row, "title", 24)
        if "description" in row:
            text_of(row, "description", 72)
    unique([text_of(row, "id", 200) for row in rows], "The ids of rows")


def _check_link(action: Mapping[str, Any]) -> None:
    only(action, "name", "parameters")
    if action.get("name") != "cta_url":
        raise Refusal(131009, "action.name must be cta_url")
    parameters = part(action, "parameters")
    only(parameters, "display_text", "url")
    text_of(parameters, "display_text", 20)
    url_of(parameters, "url")


ACTIONS: dict[object, Callable[[Mapping[str, Any]], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
}
