"""What the WhatsApp channel keeps: people, what came from them, and what goes to them."""

from bot.store.whatsapp.records import (
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

__all__ = [
    "Contact",
    "Delivery",
    "Incoming",
    "NewDelivery",
    "Report",
    "State",
    "Taken",
    "Waiting",
    "WhatsAppStore",
    "Who",
]
