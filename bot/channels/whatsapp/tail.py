"""What follows a message's text in the room that is left: links, the picture in words, booking."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.channels.whatsapp.limits import size
from bot.channels.whatsapp.links import source_lines, unmarked
from bot.channels.whatsapp.markup import guarded
from bot.conversation.message import Message


@dataclass(frozen=True, slots=True)
class Tail:
    """A body and what may follow it; `sourced` when its last line names the source."""

    body: str
    sourced: bool
    message: Message
    lead: str = ""  # of the picture's description, where the picture is there to see

    def within(self, most: int, line: str = "") -> str | None:
        """Return the fullest text of at most this size that ends with `line`; None if none fits.

        First an address for each section gives way to one for each document, then the picture's
        description is left out.
        """
        layouts = (
            self._joined(links, described, line)
            for described in dict.fromkeys((self._description(), ""))
            for links in source_lines(self.message.citations, self.body)
        )
        return next((text for text in layouts if size(text) <= most), None)

    def barest(self, most: int) -> str:
        """Return the body with one address a document, as many as this size has room for.

        Where highlighted passages make an address too long, it leads to the section alone.
        """
        kept: dict[str, str] = {}
        for address in source_lines(self.message.citations, self.body)[1]:
            if self._fit({**kept, address: unmarked(address)}, most):
                kept[address] = unmarked(address)
        for address in kept:
            if self._fit({**kept, address: address}, most):
                kept[address] = address
        return self._joined(kept.values(), "", "")

    def _fit(self, links: Mapping[str, str], most: int) -> bool:
        return size(self._joined(links.values(), "", "")) <= most

    def _joined(self, links: Collection[str], described: str, line: str) -> str:
        gap = "\n" if self.sourced else "\n\n"
        sources = "".join((gap, "\n".join(links))) if links else ""
        return self.body + sources + "".join(f"\n\n{part}" for part in (described, line) if part)

    def _description(self) -> str:
        """Return what the figure shows, in words."""
        figure = self.message.figure
        if figure is None or not figure.alt.strip():
            return ""
        alt = guarded(figure.alt.strip())
        return f"{self.lead}:\n{alt}" if self.lead else alt
