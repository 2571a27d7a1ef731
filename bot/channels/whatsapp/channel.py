"""The WhatsApp channel as a whole: put together, started where it stopped, and ended."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, TCPConnector

from bot.channels.whatsapp.arriving import Arriving
from bot.channels.whatsapp.carrying import Carrying
from bot.channels.whatsapp.commands import Command
from bot.channels.whatsapp.doing import Doing
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.inbox import Inbox, Pace
from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.inviting import Inviting
from bot.channels.whatsapp.keys import message_key
from bot.channels.whatsapp.obeying import Obeying
from bot.channels.whatsapp.outbox import Outbox
from bot.channels.whatsapp.patience import Patience
from bot.channels.whatsapp.plain import text_content
from bot.channels.whatsapp.queueing import Queueing, Render, template_content
from bot.channels.whatsapp.reacting import Reacting
from bot.channels.whatsapp.reader import Reader
from bot.channels.whatsapp.rendering import load_words, render
from bot.channels.whatsapp.talking import Late, Talking
from bot.channels.whatsapp.webhook import Webhook
from bot.conversation import Conversations, Message
from bot.conversation.payload import read_ask
from bot.conversation.plain import moment
from bot.knowledge import Knowledge, Texts
from bot.store.whatsapp import WhatsAppStore

GRACE = 3.0  # seconds for what is being sent when everything stops
LINES = 64  # connections to Graph at once


@dataclass(frozen=True, slots=True)
class Account:
    """The clinic's number at Meta, what proves who speaks, and how late messages are met."""

    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    number_id: str
    graph_url: str
    graph_version: str
    template: tuple[str, str] | None  # name and language
    late_after: timedelta
    late_reply: Literal["answer", "leave"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the channel works with, besides the account."""

    store: WhatsAppStore
    conversations: Conversations
    knowledge: Knowledge
    texts: Texts
    commands: Mapping[str, Command]
    secret: str
    zone: ZoneInfo
    counted: Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class WhatsApp:
    """A running channel."""

    webhook: Webhook
    carrying: Carrying
    inbox: Inbox
    outbox: Outbox
    inviting: Inviting
    store: WhatsAppStore
    contacts: dict[str, str]  # by the conversation that they have

    def look_after(self, conversation_id: str, contact_id: str) -> None:
        """Send a contact what was kept for them in their conversation from outside the channel."""
        self.contacts[conversation_id] = contact_id
        self.outbox.wake(contact_id)


@asynccontextmanager
async def running_whatsapp(
    account: Account,
    around: Surroundings,
    *,
    pace: Pace | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[WhatsApp]:
    """Run the channel within the block; it takes up what was left when it last stopped."""
    async with ClientSession(connector=TCPConnector(limit=LINES)) as session:
        graph = Graph(
            session,
            account.graph_url,
            account.graph_version,
            account.number_id,
            account.token,
        )
        channel = _channel(account, around, graph, pace or Pace(), patience or Patience())
        around.conversations.listen(partial(_heard, channel))
        channel.contacts.update(await around.store.conversations())
        for contact_id in await around.store.left():
            channel.inbox.wake(contact_id)
            channel.outbox.wake(contact_id)
        try:
            yield channel
        finally:
            await channel.inbox.close(GRACE)
            await channel.outbox.close(GRACE)


def _channel(
    account: Account, around: Surroundings, graph: Graph, pace: Pace, patience: Patience
) -> WhatsApp:
    contacts: dict[str, str] = {}
    show = _show(around.knowledge, around.texts)
    template = template_content(*account.template) if account.template else None
    intro = around.texts["whatsapp.intro"].text
    queueing = Queueing(around.store, show, text_content, template, intro)
    outbox = Outbox(around.store, graph, queueing, around.counted, patience)
    doing = _doing(account, around, contacts, show, outbox)
    inbox = Inbox(
        around.store,
        Reader(around.commands, _shown(around.texts), around.texts["whatsapp.carry"].text),
        doing,
        around.conversations.is_red_flag,
        partial(graph.mark_read, typing=True),
        pace,
    )
    intake = Intake(around.store, around.secret, inbox.wake, outbox.wake, around.counted)
    webhook = Webhook(account.app_secret, account.verify_token, account.number_id, intake)
    carrying, inviting = doing.arriving.carrying, Inviting(outbox)
    return WhatsApp(webhook, carrying, inbox, outbox, inviting, around.store, contacts)


def _doing(
    account: Account,
    around: Surroundings,
    contacts: dict[str, str],
    show: Render,
    outbox: Outbox,
) -> Doing:
    late = Late(
        account.late_after, account.late_reply, lambda at: moment(at.astimezone(around.zone))
    )
    store, conversations = around.store, around.conversations
    talking = Talking(store, conversations, around.texts, late, contacts)

    def part(message: Message, number: int) -> Mapping[str, Any]:
        return show(message, number, None)

    return Doing(
        store,
        conversations,
        talking,
        Arriving(store, talking, Carrying(store, around.secret), outbox.wake),
        Obeying(store, conversations, talking, part, outbox.wake),
        Reacting(store, conversations, talking),
        partial(message_key, around.secret, account.number_id),
        show,
        outbox.wake,
    )


def _show(knowledge: Knowledge, texts: Texts) -> Render:
    """Return what makes one part of a message for Graph."""
    words = load_words(texts)

    def short(payload: str) -> str | None:
        ask = read_ask(payload)
        answer = knowledge.answers.get(ask.answer) if ask else None
        return answer.short if answer else None

    def show(message: Message, part: int, speaker: str | None) -> dict[str, Any]:
        return render(message, words, short, part=part, speaker=speaker)

    return show


def _shown(texts: Texts) -> dict[str, str]:
    """Return what stands in the transcript for what isn't words, by its kind."""
    names = [name for name in texts.names("whatsapp") if name.startswith("shown_")]
    return {name.removeprefix("shown_"): texts[f"whatsapp.{name}"].text for name in names}


def _heard(channel: WhatsApp, name: str) -> None:
    """Send what is new in a conversation of somebody who writes here."""
    contact_id = channel.contacts.get(name)
    if contact_id is not None:
        channel.outbox.wake(contact_id)
