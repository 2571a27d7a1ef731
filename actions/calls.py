"""One request of Rasa's for an action, answered as the action protocol says.

https://rasa.com/docs/reference/integrations/action-server/actions
"""

from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)

STATUS: dict[type[Exception], int] = {
    ActionExecutionRejection: 400,
    ActionNotFoundException: 404,
    ActionMissingDomainException: 449,
}


async def answer_call(executor: ActionExecutor, call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Run the wished-for action and return the HTTP status and body for Rasa."""
    try:
        # No action of ours reads the domain, and Rasa doesn't send it.
        result = await executor.run({"domain": {}} | call)
    except tuple(STATUS) as error:
        name = getattr(error, "action_name", "")
        return STATUS[type(error)], {"error": f"{name} was not run", "action_name": name}
    return 200, result.model_dump() if result is not None else {"events": [], "responses": []}
