"""What the assistant does: one plain function for each thing that Rasa may ask for."""
