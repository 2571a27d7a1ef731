"""A computer that stops in the middle of an answer: real browser, application and engine."""

import os
import signal
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.steps import ask, expect_lines, open_widget
from tests.runtime.served import serving, until

pytestmark = pytest.mark.slow


async def test_a_restart_in_the_middle_of_an_answer_loses_and_doubles_nothing(
    browser: Browser, tmp_path: Path, unused_tcp_port: int
) -> None:
    page = await browser.new_page()
    async with serving(tmp_path, unused_tcp_port) as served:
        await until(served, ready=True)
        await open_widget(page, served.origin)
        await ask(page, "is it permanent?")
        await expect_lines(page, "is it permanent?", "it isn't always permanent")
        # As long as its engine stands still the answer can't come.
        [engine] = served.engines()
        os.kill(engine, signal.SIGSTOP)
        await ask(page, "when will my knee feel better")
        await expect(page.locator(".line.patient.sending")).to_have_count(0)
        await expect(page.locator(".line.reply")).to_have_count(1)
        served.process.kill()
        os.kill(engine, signal.SIGCONT)
        await expect(page.get_by_text("The connection is gone")).to_be_visible()
    async with serving(tmp_path, unused_tcp_port) as served:
        await until(served, ready=True)
        await expect_lines(
            page,
            *("is it permanent?", "it isn't always permanent"),
            *("when will my knee", "Many patients notice their knee improving"),
        )
        await expect(page.get_by_text("The connection is gone")).to_be_hidden()
