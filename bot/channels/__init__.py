"""The ways in: how messages travel between patients and the one conversation."""
