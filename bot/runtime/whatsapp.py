"""The WhatsApp channel on the running stack, where the environment sets it up."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from bot.channels.whatsapp.channel import Account, Surroundings, WhatsApp, running_whatsapp
from bot.channels.whatsapp.commands import load_commands
from bot.channels.whatsapp.inbox import Pace
from bot.channels.whatsapp.patience import Patience
from bot.runtime.stack import Stack
from bot.runtime.steps import say
from bot.settings import Settings, WhatsAppSettings
from bot.store.whatsapp import WhatsAppStore

# Meta repeats a delivery for seven days; what came is known by its key for longer.
KEY_DAYS = 9


@asynccontextmanager
async def maybe_whatsapp(
    settings: Settings,
    stack: Stack,
    counted: Callable[[str, str], None],
    *,
    pace: Pace | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[WhatsApp | None]:
    """Run the channel within the block when it is set up; say what is missing otherwise."""
    if settings.whatsapp is None:
        if settings.whatsapp_missing:
            missing = ", ".join(settings.whatsapp_missing)
            say(f"WhatsApp stays off: {missing} must be set; see `candor whatsapp check`.")
        yield None
        return
    around = Surroundings(
        store=WhatsAppStore(stack.store.database),
        conversations=stack.conversations,
        knowledge=stack.knowledge,
        texts=stack.texts,
        commands=load_commands(settings.root / "data" / "commands.yml"),
        secret=settings.secret,
        zone=ZoneInfo(settings.clinic.time_zone),
        counted=counted,
    )
    account = account_of(settings.whatsapp)
    async with running_whatsapp(account, around, pace=pace, patience=patience) as channel:
        yield channel


def account_of(settings: WhatsAppSettings) -> Account:
    """Return what the channel has to know of the settings."""
    template = (settings.template_name or "", settings.template_language or "")
    return Account(
        token=settings.token,
        app_secret=settings.app_secret,
        verify_token=settings.verify_token,
        number_id=settings.number_id,
        graph_url=settings.graph_url,
        graph_version=settings.graph_version,
        template=template if all(template) else None,
        late_after=settings.late,
        late_reply=settings.late_reply,
    )
