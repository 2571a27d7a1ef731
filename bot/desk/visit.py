"""A request by somebody who is signed in and may make it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.conversation import Person
from bot.desk.console import Console, redirect
from bot.desk.navigation import places_of
from bot.desk.sessions import Signed
from bot.desk.words import done_words
from bot.store.desk import Staff

# What is wrong with a form: the field's id and what to do, in order.
Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page's handler is given: who is there, and the form that they sent, if any."""

    request: web.Request
    console: Console
    signed: Signed
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def staff(self) -> Staff:
        """Who is there."""
        return self.signed.staff

    @property
    def person(self) -> Person:
        """Who is there, as conversations know them."""
        return Person(self.staff.id, self.staff.name, self.staff.login)

    @property
    def address(self) -> str:
        """Where they are, as far as limits need to know."""
        return self.console.address_of(self.request)

    def page(self, template: str, status: int = 200, /, **content: object) -> web.Response:
        """Return a page from a template of `desk/` that extends `desk.html`."""
        return self.console.page(
            template,
            status,
            **{
                "me": self.staff,
                "csrf": self.signed.csrf,
                "places": tuple(places_of(self.staff)),
                "path": self.request.path,
                "done": done_words(self.request.query.get("done")),
                **content,
            },
        )

    def go(self, path: str, *, done: str = "", secret: str = "") -> web.Response:
        """Lead on to a page, with what was done (a key of DONE) and a new secret, if any."""
        response = redirect(f"{path}?done={done}" if done else path)
        if secret:
            self.console.set_cookie(response, "desk", secret)
        return response

    async def audit(self, action: str, about: str | None = None, detail: str | None = None) -> None:
        """Note for good what they looked at or did, as Gate.audit says."""
        await self.console.gate.audit(self.staff, action, about, detail)
