"""Compares Candor's pipeline with the one that `rasa init` makes; run it with `make bench`."""
