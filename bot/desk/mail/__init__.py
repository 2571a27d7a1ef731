"""E-mail to the desk: what is urgent, and who has been waiting for a person."""

from bot.desk.mail.letter import Letterhead, make_letter
from bot.desk.mail.postman import Postman
from bot.desk.mail.server import MailServer, NotSent, send

__all__ = ["Letterhead", "MailServer", "NotSent", "Postman", "make_letter", "send"]
