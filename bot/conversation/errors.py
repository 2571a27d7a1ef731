"""What can go wrong in a conversation, by name."""


class UnknownConversation(LookupError):
    """There is no conversation with this id."""


class UnknownTurn(UnknownConversation):
    """There is no turn with this id; a turn that was there is gone only with its conversation."""


class UnknownMessage(LookupError):
    """The conversation has no such message by the assistant."""


class AssistantUnavailable(Exception):
    """The assistant can't answer at the moment; asking again may help."""


class StoreUnavailable(Exception):
    """The database can't be reached or used at the moment."""


class Closed(Exception):
    """The application is shutting down; what was kept is finished after the next start."""
