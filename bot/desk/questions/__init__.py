"""Questions that the assistant didn't answer well: collected, grouped, and decided by people."""
