"""What a person's messages ask for, in order; what is said in one go is one step."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.whatsapp.keys import line_key
from bot.channels.whatsapp.reader import Reader
from bot.channels.whatsapp.reading import read_received
from bot.channels.whatsapp.steps import (
    Carry,
    Do,
    More,
    Move,
    React,
    Rewrite,
    Step,
    TakeBack,
    Talk,
)
from bot.conversation import Said
from bot.store.whatsapp import Waiting
from tests.whatsapp import deliveries as meta
from tests.whatsapp.clinic_channel import commands
from tests.whatsapp.deliveries import NUMBER, Item

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
FILES = ("image", "video", "audio", "voice", "document", "sticker")
OTHERS = ("place", "cards", "order", "unreadable", "edited")
SHOWN = {kind: f"({kind})" for kind in FILES + OTHERS}
TEXT, OTHER = meta.text("is it permanent?"), meta.text("and does it hurt?")
IMAGE, CAPTION = meta.media("image"), meta.media("image", " my knee ")
TAP = meta.button_reply("ask:it", "Is it?")
STOP, PLACE = meta.text("STOP"), meta.place()
CODE = meta.text("Continue: 2345-abcd-EFGH-9999")


def _read(*items: Item) -> list[Step]:
    """The steps of messages with the numbers 0, 1, ... and the keys k0, k1, ..."""
    came = [
        (
            Waiting(number, f"k{number}", AT + timedelta(seconds=number), AT, {}),
            read_received(NUMBER, item, None),
        )
        for number, item in enumerate(items)
    ]
    return Reader(commands(), SHOWN).steps(came)


def _key(number: int = 0) -> str:
    return line_key(f"k{number}")


@pytest.mark.parametrize(
    ("item", "said", "kinds"),
    [
        (TEXT, Said("is it permanent?", _key()), ()),
        (meta.text("👍🏽 "), Said("That helped", _key(), "👍🏽 "), ()),
        (meta.text("❤️❤️"), Said("That helped", _key(), "❤️❤️"), ()),
        (meta.text("👎"), Said("That did not help", _key(), "👎"), ()),
        (meta.text("👍👎"), Said("👍👎", _key()), ()),
        (meta.text("👍 ok"), Said("👍 ok", _key()), ()),
        (meta.text("🚗"), Said("🚗", _key()), ()),
        (IMAGE, Said(None, _key(), "(image)"), ("image",)),
        (CAPTION, Said("my knee", _key(), "(image) my knee"), ("image",)),
        (meta.media("video", "   "), Said(None, _key(), "(video)"), ("video",)),
        (meta.media("audio"), Said(None, _key(), "(audio)"), ("audio",)),
        (meta.media("voice"), Said(None, _key(), "(voice)"), ("voice",)),
        (meta.media("document", "x"), Said("x", _key(), "(document) x"), ("document",)),
        (meta.media("sticker"), Said(None, _key(), "(sticker)"), ("sticker",)),
        (PLACE, Said(None, _key(), "(place)"), ("place",)),
        (meta.cards(), Said(None, _key(), "(cards)"), ("cards",)),
        (meta.order(), Said(None, _key(), "(order)"), ("order",)),
        (meta.unsupported("poll"), Said(None, _key(), "(unreadable)"), ("unreadable",)),
        (meta.message("hologram", {}), Said(None, _key(), "(unreadable)"), ("unreadable",)),
        # Commands are words that somebody typed, not ones beside a picture.
        (meta.media("image", "stop"), Said("stop", _key(), "(image) stop"), ("image",)),
    ],
)
def test_what_is_to_be_answered(item: Item, said: Said, kinds: tuple[str, ...]) -> None:
    assert _read(item) == [Talk((0,), item["id"], AT, (said,), kinds)]


def test_a_tap_is_what_stands_behind_it_and_shown_as_it_reads() -> None:
    expected = Talk((0,), TAP["id"], AT, (Said("ask:it", _key(), "Is it?"),), tapped=True)
    assert _read(TAP) == [expected]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (STOP, Do((0,), STOP["id"], AT, "stop", Said("STOP", _key()))),
        (
            tap := meta.button("STOP", "Stop"),
            Do((0,), tap["id"], AT, "stop", Said("STOP", _key())),
        ),
        (
            tap := meta.button("payload 7", "Start"),
            Do((0,), tap["id"], AT, "start", Said("Start", _key())),
        ),
        (
            rest := meta.button_reply("rest:m1:2", "Read more"),
            More((0,), rest["id"], AT, "m1", 2),
        ),
        (up := meta.reaction("w1", "👍"), React((0,), up["id"], AT, "w1", "👍", _key())),
        (gone := meta.reaction("w1", None), React((0,), gone["id"], AT, "w1", None, _key())),
        (back := meta.revoke("w1"), TakeBack((0,), back["id"], AT, "w1", _key())),
        (
            moved := meta.new_number("447700900002", "GB.2"),
            Move((0,), moved["id"], AT, "447700900002", "GB.2", _key()),
        ),
        (
            anew := meta.edit("w1", meta.text("is it?")),
            Rewrite((0,), anew["id"], AT, "w1", Said("is it?", _key(), "(edited) is it?"), ()),
        ),
        (
            anew := meta.edit("w1", CAPTION),
            Rewrite(
                *((0,), anew["id"], AT, "w1"),
                Said("my knee", _key(), "(edited) (image) my knee"),
                ("image",),
            ),
        ),
        # What is written anew is no command: it says what was meant by something before.
        (
            anew := meta.edit("w1", meta.text("stop")),
            Rewrite((0,), anew["id"], AT, "w1", Said("stop", _key(), "(edited) stop"), ()),
        ),
    ],
)
def test_everything_else_is_a_step_of_its_own(item: Item, expected: Step) -> None:
    assert _read(item) == [expected]


@pytest.mark.parametrize("text", ["2345-ABCD-EFGH-9999", "Go on: 2345-abcd-efgh-9999."])
def test_a_code_goes_on_with_a_conversation(text: str) -> None:
    [step] = _read(meta.text(text))
    assert isinstance(step, Carry)
    assert (step.code, step.key, step.updates) == ("2345-ABCD-EFGH-9999", _key(), (0,))


@pytest.mark.parametrize(
    "text",
    ["2345-ABCD-EFGH", "2345-ABCD-EFGH-9999-2222", "2345ABCDEFGH9999", "0345-ABCD-EFGH-9999"],
)
def test_what_is_no_code_is_talk(text: str) -> None:
    assert [type(step) for step in _read(meta.text(text))] == [Talk]


@pytest.mark.parametrize(
    ("items", "updates"),
    [
        ([], []),
        ([TEXT, OTHER], [(0, 1)]),
        ([TEXT, CAPTION, OTHER, PLACE], [(0, 1, 2, 3)]),
        ([TAP, TEXT], [(0,), (1,)]),
        ([TEXT, TAP, OTHER], [(0,), (1,), (2,)]),
        ([TAP, TAP], [(0,), (1,)]),
        ([TEXT, STOP, OTHER], [(0,), (1,), (2,)]),
        ([TEXT, meta.reaction("w1", "👍"), OTHER], [(0,), (1,), (2,)]),
        ([TEXT, OTHER, CODE, TEXT, OTHER], [(0, 1), (2,), (3, 4)]),
        ([TEXT, meta.edit("w1", OTHER)], [(0,), (1,)]),
    ],
)
def test_what_belongs_together(items: list[Item], updates: list[tuple[int, ...]]) -> None:
    assert [step.updates for step in _read(*items)] == updates


def test_a_burst_is_as_old_as_its_first_and_answers_its_last() -> None:
    [step] = _read(TEXT, CAPTION, PLACE)
    assert isinstance(step, Talk)
    assert (step.sent_at, step.message_id) == (AT, PLACE["id"])
    assert [line.text for line in step.said] == ["is it permanent?", "my knee", None]
    assert [line.key for line in step.said] == [_key(0), _key(1), _key(2)]
    assert step.kinds == ("image", "place")


@pytest.mark.parametrize(("size", "turns"), [(1900, 1), (2100, 2), (4096, 2)])
def test_a_very_long_burst_is_more_than_one_turn(size: int, turns: int) -> None:
    assert len(_read(meta.text("a" * size), meta.text("b" * size))) == turns
    whole = _read(*[meta.text("a" * size)] * 5)
    said = [line for step in whole if isinstance(step, Talk) for line in step.said]
    assert len(said) == 5


def test_an_emoji_beside_words_is_read_with_them() -> None:
    [step] = _read(TEXT, meta.text("👍"))
    assert isinstance(step, Talk)
    assert [line.text for line in step.said] == ["is it permanent?", "👍"]
