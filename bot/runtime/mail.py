"""E-mail to the desk on the running stack, where the settings set it up."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.desk.mail import Letterhead, MailServer, Postman
from bot.knowledge import Texts
from bot.runtime.stack import Stack
from bot.settings import MailSettings, Settings
from bot.settings.hours import Hours, status
from bot.store.desk.mail_occasions import Calendar


def postman_of(settings: Settings, stack: Stack) -> Postman | None:
    """Return who sends e-mail to the desk, woken by news of conversations; None when it is off."""
    if settings.mail is None:
        return None
    clinic = settings.clinic
    postman = Postman(
        stack.store.database,
        server_of(settings.mail),
        letterhead_of(settings, settings.mail, stack.texts),
        calendar_of(clinic.hours, ZoneInfo(clinic.time_zone)),
        timedelta(minutes=settings.mail.unattended_minutes),
    )
    stack.conversations.listen(postman.hear)
    return postman


def server_of(mail: MailSettings) -> MailServer:
    """Return the mail server of the settings."""
    return MailServer(mail.host, mail.port, mail.security, mail.user, mail.password)


def letterhead_of(settings: Settings, mail: MailSettings, texts: Texts) -> Letterhead:
    """Return who writes to whom."""
    return Letterhead(settings.clinic.name, mail.sender, mail.to, settings.public_url, texts)


def calendar_of(hours: Hours, zone: ZoneInfo) -> Calendar:
    """Return the opening hours as e-mails need them."""
    return Calendar(partial(_open_for, hours, zone), partial(_opened, hours, zone))


def _open_for(hours: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> timedelta:
    """Return how long it was open between two moments."""
    total, at = timedelta(), since
    while at < until:
        now = status(hours, zone, at)
        end = until if now.until is None else min(now.until.astimezone(UTC), until)
        if now.open:
            total += end - at
        at = end
    return total


def _opened(hours: Hours, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return, by the clinic's clock, when it opened first today; None while it is closed."""
    if not status(hours, zone, now).open:
        return None
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    day = status(hours, zone, midnight)
    return midnight if day.open else day.until
