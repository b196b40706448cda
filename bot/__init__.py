"""What the bot knows and says. Pure: no I/O, no clock, no environment, no vendor's format."""
