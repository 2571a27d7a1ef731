"""Candor's understanding of a message: components for Rasa's pipeline and the channel to it."""
