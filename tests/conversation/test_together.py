"""Several lines at once make one turn; notes, fixed replies, and lines that are taken back."""

import asyncio
from pathlib import Path

import pytest

from bot.conversation import Conversations, Said
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, say, texts
from tests.staff import ADA


async def _talk(conversations: Conversations) -> str:
    return await conversations.start("whatsapp")


async def test_several_lines_get_one_reply(conversations: Conversations, assistant: Echo) -> None:
    talk = await _talk(conversations)
    said = [Said("My knee", "k1"), Said(None, "k2", "(photo)"), Said("is it safe?", "k3")]
    kept = await conversations.receive_together(talk, said)
    await conversations.finished(kept.turn_id, 5)
    assert assistant.asked == ["My knee\nis it safe?"]
    transcript = await conversations.transcript(talk)
    assert texts(transcript) == ["My knee", "(photo)", "is it safe?", "re: My knee\nis it safe?"]
    assert [entry.key for entry in transcript] == ["k1", "k2", "k3", None]


async def test_lines_that_are_known_are_not_asked_again(
    conversations: Conversations, assistant: Echo
) -> None:
    talk = await _talk(conversations)
    first = await conversations.receive_together(talk, [Said("a", "k1"), Said("b", "k2")])
    await conversations.finished(first.turn_id, 5)
    again = await conversations.receive_together(talk, [Said("b", "k2"), Said("a", "k1")])
    assert (again.turn_id, again.new) == (first.turn_id, False)
    more = await conversations.receive_together(talk, [Said("b", "k2"), Said("c", "k3")])
    await conversations.finished(more.turn_id, 5)
    assert assistant.asked == ["a\nb", "c"]
    assert texts(await conversations.transcript(talk)) == ["a", "b", "re: a\nb", "c", "re: c"]


async def test_a_note_comes_before_the_reply_and_never_before_an_urgent_one(
    conversations: Conversations,
) -> None:
    talk = await _talk(conversations)
    kept = await conversations.receive_together(talk, [Said("hello")], note="I can't see photos.")
    assert texts(await conversations.finished(kept.turn_id, 5)) == [
        "I can't see photos.\n\nre: hello"
    ]
    lines = [Said("my knee"), Said("and chest pain")]
    kept = await conversations.receive_together(talk, lines, note="I can't see photos.")
    assert kept.urgent
    assert texts(await conversations.finished(kept.turn_id, 5)) == ["Please call now."]


async def test_a_fixed_reply_is_said_at_once_whoever_holds_but_not_in_an_emergency(
    conversations: Conversations, assistant: Echo
) -> None:
    talk = await _talk(conversations)
    sticker, words = [Said(None, None, "(sticker)")], say("I can only read words.", "notice")
    kept = await conversations.receive_together(talk, sticker, fixed=[words], note="Hello.")
    assert texts(await conversations.finished(kept.turn_id, 5)) == [
        "Hello.\n\nI can only read words."
    ]
    kept = await conversations.receive_together(talk, [Said("chest pain")], fixed=[words])
    assert texts(await conversations.finished(kept.turn_id, 5)) == ["Please call now."]
    await conversations.take(talk, ADA)
    kept = await conversations.receive_together(talk, sticker, fixed=[words])
    assert texts(await conversations.finished(kept.turn_id, 5)) == ["I can only read words."]
    assert (await conversations.state(talk)).holder == "staff"
    assert assistant.asked == []


async def test_a_line_may_be_kept_without_a_reply_but_never_an_emergency(
    conversations: Conversations, assistant: Echo
) -> None:
    talk = await _talk(conversations)
    replies = []
    for text in ("hello", "chest pain", "my leg is blue"):
        kept = await conversations.receive_together(talk, [Said(text)], note="Late.", fixed=[])
        replies.append(texts(await conversations.finished(kept.turn_id, 5)))
    assert replies == [[], ["Please call now."], ["Get help."]]
    assert assistant.asked == []


async def test_a_turn_needs_a_line(conversations: Conversations) -> None:
    with pytest.raises(ValueError, match="needs a line"):
        await conversations.receive_together(await _talk(conversations), [])


async def test_a_line_is_taken_back_before_it_was_answered(
    conversations: Conversations, assistant: Echo
) -> None:
    talk = await _talk(conversations)
    assistant.held["first"] = asyncio.Event()
    await conversations.receive_together(talk, [Said("first", "k1")])
    both = await conversations.receive_together(talk, [Said("secret", "k2"), Said("b", "k3")])
    alone = await conversations.receive_together(talk, [Said("private", "k4")])
    for key in ("k2", "k4", "never sent"):
        await conversations.retract(talk, key, "(deleted)")
    assistant.held["first"].set()
    await conversations.finished(both.turn_id, 5)
    assert await conversations.finished(alone.turn_id, 5) == []
    assert assistant.asked == ["first", "b"]
    said = [one for one in await conversations.transcript(talk) if one.author == "patient"]
    assert texts(said) == ["first", "(deleted)", "b", "(deleted)"]


async def test_what_was_taken_back_is_gone_from_the_files(
    conversations: Conversations, store: SqlStore, tmp_path: Path
) -> None:
    talk = await _talk(conversations)
    kept = await conversations.receive_together(talk, [Said("my secret symptom", "k", "secret!")])
    await conversations.finished(kept.turn_id, 5)
    await conversations.retract(talk, "k", "(deleted)")
    [line, _answer] = await conversations.transcript(talk)
    assert line.message.text == "(deleted)"
    path = store.database.writer.url.database
    files = [Path(f"{path}{end}") for end in ("", "-wal")]
    content = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"(deleted)" in content
    assert b"secret!" not in content


async def test_whoever_listens_hears_of_each_conversation(conversations: Conversations) -> None:
    heard: list[str] = []
    conversations.listen(heard.append)
    talk = await _talk(conversations)
    kept = await conversations.receive_together(talk, [Said("hello")])
    await conversations.finished(kept.turn_id, 5)
    assert heard.count(talk) >= 2
