"""What channels are called on every page of the console."""

NAMES = {"widget": "Website", "web": "Website", "whatsapp": "WhatsApp", "desk": "Front desk"}


def channel_name(channel: str) -> str:
    """Return what people call a channel."""
    return NAMES.get(channel) or channel.capitalize()
