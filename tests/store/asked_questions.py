"""Questions of patients, and what the front desk decides about them."""

from datetime import UTC, datetime
from functools import partial

from bot.conversation import Message
from bot.conversation.message import new_id
from bot.conversation.records import Reply
from bot.conversation.settling import settle_fixed
from bot.store import SqlStore
from bot.store.desk import AuditEntry, deciding, questions
from bot.store.desk.question_records import Decision, DecisionKind, Question
from tests.databases import said

ENTRY = AuditEntry("s", "anna", "question.decided", "d")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reply(kind: str, intent: str | None = "cost", confidence: float | None = 0.9) -> Message:
    return Message(new_id(), kind, "Words.", intent, confidence)  # type: ignore[arg-type]


async def tell(
    store: SqlStore,
    words: str,
    *replies: Message,
    key: str | None = None,
    channel: str = "widget",
    asked: str | None = None,
) -> str:
    """Let somebody write in a conversation of their own and be replied to; return its id."""
    conversation = await store.start(channel)
    settle = partial(settle_fixed, Reply(replies or (reply("decline"),)))
    await store.keep(conversation, said(words, key), settle=settle, asked=asked)
    return conversation


def decision(
    kind: DecisionKind = "noise", target: str | None = None, at: datetime = AT
) -> Decision:
    return Decision(new_id(), kind, target, (), "s", "Anna", at)


async def decide(store: SqlStore, these: list[int], made: Decision | None = None) -> Decision:
    made = made or decision()
    work = partial(deciding.decide, decision=made, these=these, entry=ENTRY)
    assert await store.database.write(work) == len(these)
    return made


async def kept(store: SqlStore) -> list[Question]:
    return await questions.open_questions(store.database)


async def texts(store: SqlStore) -> list[str]:
    return [one.text for one in await kept(store)]
