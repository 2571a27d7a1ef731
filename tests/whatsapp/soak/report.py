"""Puts an outcome into words."""

from collections.abc import Mapping

from tests.whatsapp.soak.plan import Outcome, Plan

MOST = 20  # lines about what is wrong


def told(outcome: Outcome) -> str:
    """Return the figures, what was wrong, and how to repeat a run in which anything was."""
    lines = [f"Seed {outcome.plan.seed}"]
    lines += [f"  {name + ':':<26}{_shown(value)}" for name, value in outcome.figures.items()]
    if not outcome.wrong:
        return "\n".join([*lines, "  0 lost, 0 out of order, 0 sent twice without need"])
    lines += [f"  WRONG {line}" for line in outcome.wrong[:MOST]]
    if len(outcome.wrong) > MOST:
        lines.append(f"  ... and {len(outcome.wrong) - MOST} more")
    return "\n".join([*lines, f"Repeat it: {command(outcome.plan)}"])


def command(plan: Plan) -> str:
    """Return the command that runs a plan again; moments differ a little with the machine."""
    return (
        f".venv/bin/python -m tests.whatsapp.soak --seed {plan.seed} --messages {plan.messages} "
        f"--patients {plan.patients} --seconds {plan.seconds:g} "
        f"--applications {plan.applications} --engines {plan.engines}"
    )


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {count}" for name, count in value.items())
    return str(value)
