"""What the WhatsApp channel keeps: people, what came from them, and what goes to them."""

from bot.store.whatsapp.desk import Pending, pending
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
    "Pending",
    "Report",
    "State",
    "Taken",
    "Waiting",
    "WhatsAppStore",
    "Who",
    "pending",
]
