"""`candor whatsapp link`: the link, and the QR code in a terminal or for a sign."""

import shutil
from pathlib import Path

import pytest

from bot.cli import main, whatsapp_link
from tests.web.clinic_site import ROOT

LINK = "https://wa.me/447700900142"
Capsys = pytest.CaptureFixture[str]


def test_the_link_alone_is_printed_for_programs(capsys: Capsys) -> None:
    assert main(["whatsapp", "link"]) == 0
    assert capsys.readouterr().out == f"{LINK}\n"


def test_a_terminal_shows_the_code_light_on_dark_whatever_its_colours(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["whatsapp", "link"]) == 0
    first, blank, *code = capsys.readouterr().out.splitlines()
    assert (first, blank) == (LINK, "")
    assert len(code) == 17  # 25 modules and a margin of 4, two in a line
    assert {line[:8] for line in code} == {"\x1b[97;40m"}
    assert all(line.endswith("\x1b[0m") for line in code)
    # Light all around, as cameras want it.
    assert all(line[8:12] == "████" == line[-8:-4] for line in code[:-1])


def test_a_sign_is_written(capsys: Capsys, tmp_path: Path) -> None:
    png, svg = tmp_path / "sign.png", tmp_path / "sign.svg"
    assert main(["whatsapp", "link", "--png", str(png), "--svg", str(svg)]) == 0
    assert capsys.readouterr().out == f"{LINK}\n"
    assert png.read_bytes().startswith(b"\x89PNG")
    assert svg.read_text().startswith("<svg ")


def test_a_file_that_cant_be_written_is_named(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "sign.png"
    assert main(["whatsapp", "link", "--png", str(path)]) == 1
    assert (
        capsys.readouterr().err == f"candor: {path} can't be written: No such file or directory\n"
    )


def test_without_a_number_it_says_where_to_write_it(
    capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "clinic.yml", tmp_path)
    path = tmp_path / "clinic.yml"
    path.write_text(path.read_text().replace('whatsapp: "+44 7700 900 142"\n', ""))
    monkeypatch.setattr(whatsapp_link, "project_root", lambda: tmp_path)
    assert main(["whatsapp", "link"]) == 1
    assert "clinic.yml: whatsapp is missing" in capsys.readouterr().err
