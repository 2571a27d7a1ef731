"""What the console's pages work with, and the cookies that it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.conversation import Conversations
from bot.conversation.calling_times import Openings, always_open
from bot.conversation.retention import Backup, KeepDays
from bot.desk.asking import Asking
from bot.desk.courier import Courier
from bot.desk.gate import Gate
from bot.desk.live import Live
from bot.desk.reach import Reach
from bot.desk.reports.drawing import Drawings
from bot.desk.settings.office import Office
from bot.knowledge import Knowledge, Texts
from bot.store.database import Database
from bot.store.whatsapp import WhatsAppStore

# Returns a page from a template's name and its content.
Render = Callable[[str, Mapping[str, object]], str]

HEADERS = {
    # No other site learns an address of ours; `no-referrer` would take the Origin away as well.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Console:
    """The console's collaborators; its handlers find it in the application under CONSOLE."""

    gate: Gate
    conversations: Conversations
    knowledge: Knowledge
    texts: Texts
    render: Render
    address_of: Callable[[web.Request], str]
    zone: ZoneInfo
    clinic: str
    country: str  # by ISO 3166: how telephone numbers are written
    public_url: str
    secure: bool  # whether people reach the site by https
    live: Live
    keep: KeepDays
    asking: Asking
    whatsapp: WhatsAppStore | None = None  # None where that channel is off
    reach: Reach | None = None  # nor is this there then
    courier: Courier | None = None  # nor this
    backups: Sequence[Backup] = ()
    let_go: Callable[[str], object] = lambda _: None  # told each conversation that is erased
    office: Office | None = None  # None where the settings can't be changed
    drawings: Drawings = field(default_factory=Drawings)
    openings: Openings = always_open

    @property
    def database(self) -> Database:
        """Return the one database, for the functions of `bot.store`."""
        return self.gate.store.database

    def cookie(self, request: web.Request, name: str) -> str | None:
        """Return what a cookie of ours holds, or None."""
        return request.cookies.get(self._cookie_name(name))

    def set_cookie(self, response: web.StreamResponse, name: str, secret: str) -> None:
        """Give a cookie until the browser is closed; no script and no other site can use it."""
        response.set_cookie(
            self._cookie_name(name),
            secret,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="Strict",
        )

    def drop_cookie(self, response: web.StreamResponse, name: str) -> None:
        """Take a cookie back."""
        response.del_cookie(
            self._cookie_name(name), path="/", secure=self.secure, httponly=True, samesite="Strict"
        )

    def page(
        self,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        /,
        **content: object,
    ) -> web.Response:
        """Return a page made from a template of `desk/`; what a name means, its template says."""
        shown = {
            "me": None,
            "done": None,
            "problems": (),
            "when": self.when,
            "clock": self.clock,
        } | content
        html = self.render(f"desk/{template}", shown)
        response = web.Response(text=html, status=status, content_type="text/html")
        response.headers.update({**HEADERS, **(headers or {})})
        return response

    def when(self, moment: datetime) -> str:
        """Return a moment as the clinic's clock shows it: 26 Nov 2026, 14:05."""
        local = moment.astimezone(self.zone)
        return f"{local.day} {local:%b %Y, %H:%M}"

    def clock(self, moment: datetime) -> str:
        """Return a moment as briefly as today allows: 14:05, or 25 Nov, 14:05."""
        local, today = moment.astimezone(self.zone), self.gate.now().astimezone(self.zone)
        if local.year != today.year:
            return self.when(moment)
        day = "" if local.date() == today.date() else f"{local.day} {local:%b}, "
        return f"{day}{local:%H:%M}"

    def _cookie_name(self, name: str) -> str:
        # With this prefix no other host of the domain can put one there.
        return f"__Host-{name}" if self.secure else name


CONSOLE = web.AppKey("console", Console)


def redirect(path: str) -> web.Response:
    """Return word that the browser should get another page of ours."""
    return web.Response(status=303, headers={**HEADERS, "Location": path})
