"""What `candor check` and every training look at before anything is learnt or served."""

from bot.runtime.checks.problems import all_problems, reminders

__all__ = ["all_problems", "reminders"]
