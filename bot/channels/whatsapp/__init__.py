"""The WhatsApp channel: deliveries from Meta's Cloud API come in, replies go out by the Graph API.

`signature` and `reading` take a delivery apart into what `inbound` holds; they do no I/O.
"""
