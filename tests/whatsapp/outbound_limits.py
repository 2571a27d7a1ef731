"""What Graph refuses in a message, written from its documentation and not from our renderer."""

from typing import Any

INTERACTIVE = {"button", "list", "cta_url"}


def wrong_with(content: dict[str, Any]) -> list[str]:
    """Return a line for each limit of WhatsApp that the content of a message breaks."""
    kind = content.get("type")
    if kind == "text":
        body = content["text"]["body"]
        return _length("text", body, 4096) + [
            "preview" for _ in [0] if content["text"].get("preview_url") is not False
        ]
    if kind == "image":
        faults = _length("caption", content["image"]["caption"], 1024)
        return faults + _address("image", content["image"]["link"], "https://")
    if kind == "interactive":
        return _interactive(content["interactive"])
    return [f"type {kind}"]


def _interactive(item: dict[str, Any]) -> list[str]:
    kind, action = item["type"], item["action"]
    faults = _length("body", item["body"]["text"], 1024)
    if kind not in INTERACTIVE:
        faults.append(f"interactive {kind}")
    if header := item.get("header"):
        if kind == "list" or header["type"] != "image":
            faults.append(f"header {header['type']} of {kind}")
        faults += _address("header", header["image"]["link"], "https://")
    if kind == "button":
        faults += _buttons(action["buttons"])
    if kind == "list":
        faults += _list(action)
    if kind == "cta_url":
        if action["name"] != "cta_url":
            faults.append("action's name")
        faults += _length("display_text", action["parameters"]["display_text"], 20)
        faults += _address("cta_url", action["parameters"]["url"], "http")
    return faults


def _buttons(buttons: list[dict[str, Any]]) -> list[str]:
    faults = [] if 1 <= len(buttons) <= 3 else [f"{len(buttons)} buttons"]
    for button in buttons:
        if button["type"] != "reply":
            faults.append("button's type")
        faults += _length("button's id", button["reply"]["id"], 256)
        faults += _length("button's title", button["reply"]["title"], 20)
    replies = [button["reply"] for button in buttons]
    return faults + _unique(replies)


def _list(action: dict[str, Any]) -> list[str]:
    (section,) = action["sections"]
    rows = section["rows"]
    faults = [] if 1 <= len(rows) <= 10 else [f"{len(rows)} rows"]
    faults += _length("list's button", action["button"], 20)
    for row in rows:
        faults += _length("row's id", row["id"], 200)
        faults += _length("row's title", row["title"], 24)
        if "description" in row:
            faults += _length("row's description", row["description"], 72)
    return faults + _unique(rows)


def _unique(items: list[dict[str, str]]) -> list[str]:
    twice = [name for name in ("id", "title") if len({one[name] for one in items}) < len(items)]
    return [f"the same {name} twice" for name in twice]


def _length(name: str, text: str, most: int) -> list[str]:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return [] if text.strip() and units <= most else [f"{name} has {units} of {most}"]


def _address(name: str, url: str, start: str) -> list[str]:
    return [] if url.startswith(start) and " " not in url else [f"{name} leads to {url[:20]}"]
