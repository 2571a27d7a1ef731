"""What can go wrong in a conversation, by name."""


class UnknownConversation(LookupError):
    """There is no conversation with this id."""


class UnknownTurn(LookupError):
    """There is no turn with this id."""


class AssistantUnavailable(Exception):
    """The assistant can't answer at the moment; asking again may help."""


class StoreUnavailable(Exception):
    """The database can't be reached or used at the moment."""


class Closed(Exception):
    """The application is shutting down; what was kept is finished after the next start."""
