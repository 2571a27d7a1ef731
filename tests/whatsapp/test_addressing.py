"""To whom a message goes, and what the button for more brings back."""

import pytest

from bot.channels.whatsapp.rendering import addressed, read_rest


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("rest:ab12:3", ("ab12", 3)),
        ("rest:ab12:0", None),
        ("rest:ab12:²", None),
        ("rest::1", None),
        ("rest:a:1\n", None),
        ("ask:safe", None),
        ("the rest", None),
    ],
)
def test_the_button_for_more_is_read_back(payload: str, expected: object) -> None:
    assert read_rest(payload) == expected


def test_it_is_addressed_to_a_phone_or_a_user_id() -> None:
    content = {"type": "text", "text": {"body": "Hello.", "preview_url": False}}
    assert addressed(content, phone="441632960142", user_id="GB.1", opaque="o1") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+441632960142",
        "biz_opaque_callback_data": "o1",
        **content,
    }
    other = addressed(content, phone=None, user_id="GB.1", opaque="o1", replies_to="wamid.x")
    assert (other["recipient"], other["context"]) == ("GB.1", {"message_id": "wamid.x"})
    assert "to" not in other


@pytest.mark.parametrize(("phone", "opaque"), [(None, "o1"), ("44", "x" * 513)])
def test_what_cannot_be_addressed_is_refused(phone: str | None, opaque: str) -> None:
    with pytest.raises(ValueError, match=r"needs a phone|at most 512"):
        addressed({}, phone=phone, user_id=None, opaque=opaque)
