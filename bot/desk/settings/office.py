"""What the pages of the settings need to know of the clinic's files, and of what is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

# A text's change is named so, with its name after it.
TEXT = "texts."


class CannotRead(Exception):
    """The clinic's file can't be read; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class StockText:
    """A fixed text as it is delivered; facts and what is filled in later stand in braces."""

    name: str
    words: str

    @property
    def group(self) -> str:
        """The group that it stands in, such as `decline`."""
        return self.name.partition(".")[0]


class Office(Protocol):
    """The clinic's files, the checks of what would lie over them, and the way into force.

    What reads files may take a moment: call it in a thread.
    """

    @property
    def since(self) -> datetime:
        """When the settings in force came into force."""

    @property
    def failed(self) -> str | None:
        """Why settings that were saved are not in force; None when they are."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What a text's braces may name, with what stands there for it."""

    @property
    def texts(self) -> Sequence[StockText]:
        """Every fixed text."""

    def base(self) -> Mapping[str, Any]:
        """Return what `clinic.yml` says, by entry, own texts as `texts.NAME`; CannotRead."""

    def problems(self, changes: Mapping[str, Any]) -> Mapping[str, str]:
        """Return what would be wrong with changes laid over the file, by the change's name.

        What no change is to blame for has the name "". CannotRead.
        """

    def filled(self, name: str, words: str) -> str:
        """Return a text's words as patients would read them; ValueError says what is wrong."""

    async def renew(self) -> str | None:
        """Have what is saved put in force, in a moment; or return why that can't be done."""
