"""Learns the encoder's adapter from the examples: `make adapt` writes engine/adapter.npz."""
