"""`candor whatsapp link`: the link to the clinic's number, and its QR code for the reception."""

import argparse
import sys
from pathlib import Path

from bot.channels.whatsapp.carrying import chat_link
from bot.channels.whatsapp.qr import qr_lines, qr_png, qr_svg
from bot.runtime.paths import project_root
from bot.runtime.steps import StepFailed
from bot.settings import SettingsError, settings_from_environment


def add_link(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `candor whatsapp`."""
    help_ = "print the link to the clinic's number with its QR code, or write the code for a sign"
    link = commands.add_parser("link", help=help_, description=f"link: {help_}.")
    link.add_argument("--png", metavar="FILE", type=Path, help="write the QR code as a picture")
    link.add_argument("--svg", metavar="FILE", type=Path, help="the same for a printer's shop")
    link.set_defaults(action=show_link)


def show_link(options: argparse.Namespace) -> int:
    """Print the link, in a terminal with its QR code; write the code into the files asked for."""
    number = settings_from_environment(project_root()).clinic.whatsapp
    if not number:
        raise SettingsError("clinic.yml: whatsapp is missing; write the number as people see it")
    link = chat_link(number)
    print(link)
    if options.png or options.svg:
        _write(options.png, qr_png(link))
        _write(options.svg, qr_svg(link).encode())
    elif sys.stdout.isatty():
        print("", *qr_lines(link), sep="\n")
    return 0


def _write(path: Path | None, content: bytes) -> None:
    if path is None:
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StepFailed(f"{path} can't be written: {error.strerror}") from None
