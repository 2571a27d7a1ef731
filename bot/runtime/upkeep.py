"""What is done in time while the site is served, also while a channel is off."""

from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.questions.collecting import Collector, taken_back_texts
from bot.runtime.collecting import keep_collecting
from bot.runtime.counting import keep_counting
from bot.runtime.erasing import keep_noted
from bot.runtime.keeping import ByChannel, keep_only, look_after
from bot.runtime.stack import Stack
from bot.runtime.whatsapp import KEY_DAYS
from bot.settings import Settings
from bot.store.desk.callbacks import TakenDown
from bot.store.desk.figures import Figures
from bot.store.rights import Ledger
from bot.store.whatsapp import WhatsAppStore


def upkeep(settings: Settings, stack: Stack) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what looks after those who wait, deletes, counts and collects, until cancelled."""
    yield look_after(stack.conversations)
    keep = settings.clinic.keep_days
    yield keep_only(ByChannel(stack.conversations, keep), keep.widget)
    figures, zone = Figures(stack.store.database), ZoneInfo(settings.clinic.time_zone)
    yield keep_counting(partial(figures.count, zone))
    yield keep_only(WhatsAppStore(stack.store.database), KEY_DAYS)
    yield keep_noted(Ledger(stack.store.database))
    yield keep_only(TakenDown(stack.store.database), keep.of("desk"))
    yield keep_collecting(_collector(settings, stack), stack.assistant.understand)


def _collector(settings: Settings, stack: Stack) -> Collector:
    clinic, skip = settings.clinic, taken_back_texts(stack.texts)
    return Collector(stack.store.database, clinic.country, ZoneInfo(clinic.time_zone), skip)
