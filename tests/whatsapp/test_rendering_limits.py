"""Whatever a message holds, every part is within WhatsApp's limits and every passage arrives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.whatsapp.limits import size
from bot.channels.whatsapp.rendering import parts, read_rest, render
from bot.conversation.message import KINDS, Booking, Citation, Figure, Message, Suggestion
from tests.whatsapp.messages import WORDS, body_of, tapped
from tests.whatsapp.outbound_limits import wrong_with

JOINER = "\u2060"
anything = st.text(max_size=90) | st.integers(18, 76).map("x".__mul__)
some = st.text(st.sampled_from("abc e.\n-*_~`>🦵é"), min_size=1, max_size=30)
prose = st.builds(lambda text, times: text * times, some, st.integers(1, 40))
addresses = st.one_of(
    st.sampled_from(["https://x.example/a.svg?day=3", "http://localhost/a.svg", "javascript:x"]),
    st.from_regex(
        r"https://[a-z]{1,9}\.example/[a-z]{0,9}(\?m=[a-z.]{1,400})?#[a-z]+", fullmatch=True
    ),
)
payloads = st.one_of(st.sampled_from(["person", "book", "ask:a", "ask:b", ""]), anything)
shorts = st.one_of(st.none(), st.sampled_from(["Why?", "why?", ""]), anything)
passages = st.lists(prose, min_size=1, max_size=9).filter(lambda all_: any(map(str.strip, all_)))


@st.composite
def messages(draw: st.DrawFn) -> tuple[Message, list[str]]:
    """Return a message and its passages."""
    said = draw(passages)
    titles = draw(st.lists(anything, max_size=6))
    source = "Source: " + ", ".join(f"“{title}”" for title in titles)
    figure = st.builds(Figure, st.just("timeline"), addresses, anything)
    message = Message(
        id=draw(st.uuids()).hex,
        kind=draw(st.sampled_from(KINDS)),
        text="\n\n".join([*said, *([source] if titles and draw(st.booleans()) else [])]),
        citations=tuple(Citation("d", "d#s", title, "q", draw(addresses)) for title in titles),
        suggestions=draw(
            st.lists(st.builds(Suggestion, anything, payloads), max_size=14).map(tuple)
        ),
        booking=draw(st.none() | st.builds(Booking, anything, addresses)),
        figure=draw(st.none() | figure),
    )
    return message, said


@pytest.mark.slow
@settings(max_examples=60, deadline=None)  # the first examples are slow to make
@given(messages(), shorts, st.none() | anything)
def test_every_part_is_within_all_limits(
    drawn: tuple[Message, list[str]], title: str | None, speaker: str | None
) -> None:
    message, said = drawn
    count = parts(message, WORDS, speaker=speaker)
    rendered = [
        render(message, WORDS, lambda _: title, part=part, speaker=speaker) for part in range(count)
    ]
    assert [fault for content in rendered for fault in wrong_with(content)] == []
    for part, content in enumerate(rendered[:-1], start=1):
        ((_, payload),) = tapped(content)
        assert read_rest(payload) == (message.id, part)
    bodies = [body_of(content).replace(JOINER, "") for content in rendered]
    for passage in " \n\n ".join(said).split("\n\n"):
        if size(passage) <= 200:
            assert any(passage.strip() in body for body in bodies)
    # Longer ones may be cut, but every mark of them is there, in its order.
    everything = iter("".join(bodies))
    assert all(mark in everything for mark in "".join(" ".join(said).split()))


@settings(max_examples=30, deadline=None)
@given(messages())
def test_beside_a_red_flag_nothing_is_offered(drawn: tuple[Message, list[str]]) -> None:
    message, _ = drawn
    urgent = Message(
        message.id,
        "urgent",
        message.text[:1000] + ".",
        suggestions=message.suggestions,
        booking=message.booking,
        figure=message.figure,
    )
    assert render(urgent, WORDS, lambda _: None)["type"] == "text"
