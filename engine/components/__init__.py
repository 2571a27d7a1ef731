"""The steps of config.yml's pipeline, as Rasa's graph components."""
