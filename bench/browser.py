"""Measures that need a browser: their result, or one clear line why there is none."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from playwright.async_api import Error

from bot.runtime.steps import StepFailed
from scripts.browser import HINT
from tests.e2e.conftest import CHROMIUM


def measured(what: str, measure: Callable[[], Coroutine[Any, Any, str]]) -> str:
    """Return what `measure` finds of `what`; StepFailed if no browser can measure it."""
    if CHROMIUM is None:
        raise StepFailed(HINT)
    try:
        return asyncio.run(measure())
    except Error as error:
        reason = str(error).splitlines()[0]
        raise StepFailed(f"{what} can't be measured: {reason}") from None
