"""Make the two environments, the application's and the engine's, from their locks."""
