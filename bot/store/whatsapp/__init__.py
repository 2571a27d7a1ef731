"""What the WhatsApp channel keeps: people, what came from them, and what goes to them."""

from bot.store.whatsapp.desk import Pending, pending
from bot.store.whatsapp.passing_on import Passed, Stopped, by_number, pass_on
from bot.store.whatsapp.records import (
    OPEN,
    Contact,
    Delivery,
    Incoming,
    NewDelivery,
    Report,
    State,
    Taken,
    Waiting,
    Who,
)
from bot.store.whatsapp.store import WhatsAppStore
from bot.store.whatsapp.transcript import KEY

__all__ = [
    "KEY",
    "OPEN",
    "Contact",
    "Delivery",
    "Incoming",
    "NewDelivery",
    "Passed",
    "Pending",
    "Report",
    "State",
    "Stopped",
    "Taken",
    "Waiting",
    "WhatsAppStore",
    "Who",
    "by_number",
    "pass_on",
    "pending",
]
