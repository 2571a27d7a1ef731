"""Tools of the project's own; they run with any Python 3.8 or later and need nothing installed."""
