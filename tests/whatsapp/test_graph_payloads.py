"""What the fake Graph takes and what it refuses: a limit that slips here would slip at Meta's."""

from typing import Any

import pytest

from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_payloads import check_message, check_read
from tests.whatsapp.payloads import (
    button,
    buttons,
    footer,
    header,
    image,
    interactive,
    link,
    listing,
    message,
    row,
    section,
    template,
    text_message,
)

MOST_ROWS = [row(n, description="d" * 72) for n in range(10)]
PICTURE = {"link": "https://clinic.test/a.png"}


def without(payload: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in names}


TAKEN = {
    "text": text_message("x" * 4096),
    "text with preview": message("text", {"body": "b", "preview_url": True}),
    "by user id": without(text_message(recipient="US.134912"), "to"),
    "by both": text_message(recipient="US.134912"),
    "a reply": text_message(context={"message_id": "wamid.abc"}),
    "opaque": text_message(biz_opaque_callback_data="x" * 512),
    "three buttons": buttons(*[button(n, id="i" * 255 + str(n)) for n in range(3)]),
    "title of 20": buttons(button(1, title="x" * 20)),
    "header text": buttons(button(1), **header("text", "x" * 60), **footer("x" * 60)),
    "header image": buttons(button(1), **header("image", PICTURE)),
    "ten rows": listing(section(*MOST_ROWS)),
    "two sections": listing(section(row(1), title="x" * 24), section(row(2), title="b")),
    "row's limits": listing(section(row(1, id="i" * 200, title="x" * 24))),
    "link": link(display_text="x" * 20),
    "image": image(caption="x" * 1024),
    "image by id": message("image", {"id": "1234"}),
    "template": template(components=[{"type": "body", "parameters": []}]),
}
REFUSED = {
    "no object": (100, []),
    "no product": (100, without(text_message(), "messaging_product")),
    "group": (131009, text_message(recipient_type="group")),
    "nobody": (131008, without(text_message(), "to")),
    "no plus": (131009, text_message(to="447700900123")),
    "number's form": (131009, text_message(to="+1 650 555 1234")),
    "user id's form": (131009, text_message(recipient="447700900123")),
    "no type": (131008, without(text_message(), "type")),
    "type": (131051, message("poem", {"body": "b"})),
    "no content": (131008, without(text_message(), "text")),
    "content no object": (100, message("text", "hello")),
    "strange key": (100, text_message(preview_url=True)),
    "two types": (100, text_message(interactive={})),
    "empty text": (131008, text_message("")),
    "blank text": (131008, text_message(" \n")),
    "text a number": (100, text_message(5)),
    "long text": (131009, text_message("x" * 4097)),
    "preview no bool": (100, message("text", {"body": "b", "preview_url": "yes"})),
    "reply to nothing": (131008, text_message(context={})),
    "reply's id": (131009, text_message(context={"message_id": "abc"})),
    "long opaque": (131009, text_message(biz_opaque_callback_data="x" * 513)),
    "interactive type": (131009, interactive("poem", {})),
    "no action": (131008, message("interactive", {"type": "button", "body": {"text": "b"}})),
    "no body": (
        131008,
        message("interactive", {"type": "button", "action": {"buttons": [button(1)]}}),
    ),
    "long body": (131009, buttons(button(1), body={"text": "x" * 1025})),
    "list's long body": (131009, listing(section(row(1)), body={"text": "x" * 1025})),
    "empty body": (131008, buttons(button(1), body={"text": ""})),
    "long header": (131009, buttons(button(1), **header("text", "x" * 61))),
    "list's header": (131009, listing(section(row(1)), **header("image", PICTURE))),
    "header's kind": (131009, buttons(button(1), **header("sticker", PICTURE))),
    "header's media": (131009, buttons(button(1), **header("image", {}))),
    "long footer": (131009, buttons(button(1), **footer("x" * 61))),
    "no button": (131009, buttons()),
    "four buttons": (131009, buttons(*[button(n) for n in range(4)])),
    "button's type": (131009, buttons(button(1) | {"type": "url"})),
    "button's long title": (131009, buttons(button(1, title="x" * 21))),
    "button's empty title": (131008, buttons(button(1, title=""))),
    "button's long id": (131009, buttons(button(1, id="x" * 257))),
    "same titles": (131009, buttons(button(1, title="a"), button(2, title="a"))),
    "same ids": (131009, buttons(button(1, id="a"), button(2, id="a"))),
    "no section": (131009, listing()),
    "no row": (131009, listing(section())),
    "eleven rows": (131009, listing(section(*MOST_ROWS, row(10)))),
    "eleven rows in two": (
        131009,
        listing(section(*MOST_ROWS, title="a"), section(row(10), title="b")),
    ),
    "eleven sections": (131009, listing(*[section(row(n), title="a") for n in range(11)])),
    "untitled section": (131008, listing(section(row(1), title="a"), section(row(2)))),
    "section's long title": (131009, listing(section(row(1), title="x" * 25))),
    "row's long title": (131009, listing(section(row(1, title="x" * 25)))),
    "row's long text": (131009, listing(section(row(1, description="x" * 73)))),
    "row's empty text": (131008, listing(section(row(1, description="")))),
    "row's long id": (131009, listing(section(row(1, id="x" * 201)))),
    "same rows": (131009, listing(section(row(1), row(1)))),
    "list's long button": (131009, listing(section(row(1)), button="x" * 21)),
    "link's long text": (131009, link(display_text="x" * 21)),
    "link's address": (131009, link(url="clinic.test/book")),
    "link's scheme": (131009, link(url="javascript:alert(1)")),
    "link's name": (131009, interactive("cta_url", {"name": "url", "parameters": {}})),
    "image twice": (131009, image(id="1")),
    "image's long caption": (131009, image(caption="x" * 1025)),
    "template's name": (131009, template("Answer ready")),
    "template's language": (131008, template(language={})),
    "component's type": (131009, template(components=[{"type": "BODY!"}])),
    "parameter's type": (131009, template(components=[{"type": "body", "parameters": [{}]}])),
    "parameter's text": (
        131008,
        template(components=[{"type": "body", "parameters": [{"type": "text", "text": ""}]}]),
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_keeps_to_the_limits_is_taken(name: str) -> None:
    assert check_message(TAKEN[name]) == TAKEN[name]


@pytest.mark.parametrize("name", REFUSED)
def test_each_broken_limit_is_refused(name: str) -> None:
    code, payload = REFUSED[name]
    with pytest.raises(Refusal) as refusal:
        check_message(payload)
    assert refusal.value.code == code


READ = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.abc"}


@pytest.mark.parametrize("more", [{}, {"typing_indicator": {"type": "text"}}])
def test_a_mark_as_read_is_taken(more: dict[str, Any]) -> None:
    check_read(READ | more)


@pytest.mark.parametrize(
    "payload",
    [
        without(READ, "messaging_product"),
        without(READ, "message_id"),
        READ | {"message_id": "abc"},
        READ | {"status": "delivered"},
        READ | {"typing_indicator": {"type": "voice"}},
        READ | {"to": "+447700900123"},
    ],
)
def test_a_broken_mark_as_read_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        check_read(payload)
