"""Reports: periods, what the figures of one say, their charts, and what is downloaded."""
