"""The history of the tables; `versions` holds one step a file."""
