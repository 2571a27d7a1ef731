"""Ports: a free one, and a clear line when one that is needed is taken."""

import socket
from collections.abc import Mapping

from bot.settings import Settings, SettingsError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


def serving_ports(settings: Settings) -> dict[str, tuple[str, int]]:
    """Return the host and port of each listener that serving needs, by its setting."""
    wanted = {
        "CANDOR_PORT": (settings.host, settings.port),
        "CANDOR_ACTION_PORT": (LOOPBACK, settings.action_port),
    }
    if settings.engine_url is None:
        wanted["CANDOR_ENGINE_PORT"] = (LOOPBACK, settings.engine_port)
    return wanted


def refuse_taken_ports(wanted: Mapping[str, tuple[str, int]]) -> None:
    """Raise SettingsError for the first setting whose host and port can't be listened on."""
    for name, (host, port) in wanted.items():
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family) as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(address)
        except socket.gaierror:
            raise SettingsError(f"CANDOR_HOST: {host} is not an address of this machine") from None
        except PermissionError:
            raise SettingsError(f"{name}: port {port} needs rights that you don't have") from None
        except OSError as error:
            raise SettingsError(
                f"{name}: port {port} is in use or not to be had ({error.strerror}); "
                f"stop what uses it or set {name} to another"
            ) from None
