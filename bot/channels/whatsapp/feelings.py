"""What an emoji on an answer says of it."""

HELPFUL = frozenset("👍❤♥🙏👏💯✅☑✔👌💪🎉😊😀😃😄😁🙂☺😍🥰🤩💙💚💛🧡💜🤍🤗😌")
NOT_HELPFUL = frozenset("👎😡😠🤬😞😕🙁☹😢😭😤😒🙄💔❌✖🚫😣😖😩")


def is_helpful(emoji: str) -> bool | None:
    """Return whether an emoji says that something helped, or None when it says neither.

    Skin colours and presentation marks come behind the emoji itself.
    """
    mark = emoji[:1]
    if mark in HELPFUL:
        return True
    return False if mark in NOT_HELPFUL else None
