"""A port that is taken stops the start with the setting's name."""

import socket

import pytest

from bot.runtime.ports import free_port, refuse_taken_ports
from bot.settings import SettingsError


def test_free_ports_pass() -> None:
    refuse_taken_ports({"CANDOR_PORT": ("127.0.0.1", free_port())})


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(SettingsError, match=f"CANDOR_PORT: port {port} is in use") as caught:
            refuse_taken_ports({"CANDOR_PORT": ("127.0.0.1", port)})
    assert "\n" not in str(caught.value)


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(SettingsError, match="CANDOR_HOST"):
        refuse_taken_ports({"CANDOR_PORT": ("no-such-host.invalid", free_port())})
