"""Words an e-mail to the desk; nothing of a patient is in it, only where to look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from html import escape

from bot.knowledge import Texts
from bot.store.desk.mails import Mail

PAGE = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="margin:0;padding:24px;font:16px/1.5 sans-serif">{body}</body></html>\n'
)
URGENT = {"Importance": "high", "X-Priority": "1"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom, in which words, and where the console is."""

    clinic: str
    sender: str
    to: str
    public_url: str
    texts: Texts


def make_letter(head: Letterhead, mail: Mail) -> EmailMessage:
    """Return the e-mail; made again, also after a restart, it has the same Message-ID and date."""
    content = mail.content
    filled = {
        "channel": _channel(head.texts, str(content.get("channel", ""))),
        "minutes": str(_minutes(mail)),
    }
    lines = [_filled(head.texts, mail.kind, filled), *_counts(head.texts, content.get("counts"))]
    link = f"{head.public_url}/desk"
    if mail.conversation_id:
        link = f"{link}/conversations/{mail.conversation_id}"
    letter = EmailMessage()
    letter["From"] = formataddr((_line(head.clinic), head.sender))
    letter["To"] = head.to
    letter["Subject"] = _line(_filled(head.texts, f"{mail.kind}_subject", filled))
    letter["Date"] = format_datetime(mail.made_at)
    letter["Message-ID"] = f"<{mail.id}@{head.sender.rpartition('@')[2]}>"
    # No holiday reply is wanted (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    for name, text in URGENT.items() if mail.kind == "urgent" else ():
        letter[name] = text
    label = _line(_filled(head.texts, "open", {}))
    close = _filled(head.texts, "close", {})
    letter.set_content("\n\n".join([*lines, f"{label}:\n{link}", close]) + "\n")
    letter.add_alternative(_html(letter["Subject"], lines, label, link, close), subtype="html")
    return letter


def _minutes(mail: Mail) -> int:
    since = mail.content.get("since")
    waited = mail.made_at - datetime.fromisoformat(since) if since else timedelta()
    return max(0, waited // timedelta(minutes=1))


def _channel(texts: Texts, channel: str) -> str:
    found = texts.get(f"mail.channel_{channel}") or texts["mail.channel_other"]
    return found.text


def _counts(texts: Texts, counts: Mapping[str, int] | None) -> Iterator[str]:
    for name, number in (counts or {}).items():
        if number:
            form = "one" if number == 1 else "many"
            yield _filled(texts, f"count_{name}_{form}", {"number": str(number)})


def _filled(texts: Texts, name: str, values: Mapping[str, str]) -> str:
    text = texts[f"mail.{name}"].text
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text.strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _html(title: str, lines: list[str], label: str, link: str, close: str) -> str:
    paragraphs = [f"<p>{escape(line)}</p>" for line in lines]
    paragraphs.append(f'<p><a href="{escape(link)}">{escape(label)}</a></p>')
    paragraphs.append(f'<p style="color:#555">{escape(close)}</p>')
    body = "".join(paragraphs).replace("\n", "<br>")
    return PAGE.format(title=escape(title), body=body)
