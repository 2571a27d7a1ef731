"""What is kept of a person, whichever table it stands in: found, gathered, erased."""

from bot.store.rights.collecting import Gathered, gather
from bot.store.rights.erasing import Erased, erase
from bot.store.rights.finding import Between, Carried, Numbers, Wanted
from bot.store.rights.ledger import Ledger
from bot.store.rights.records import Entry, Found, Record, Summary
from bot.store.rights.summing import look

__all__ = [
    "Between",
    "Carried",
    "Entry",
    "Erased",
    "Found",
    "Gathered",
    "Ledger",
    "Numbers",
    "Record",
    "Summary",
    "Wanted",
    "erase",
    "gather",
    "look",
]
