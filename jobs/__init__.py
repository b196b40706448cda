"""The scheduled work and the command line: gather, decide, apply."""
