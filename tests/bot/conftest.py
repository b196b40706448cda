"""Hypothesis without its clock: the first example pays for the imports of them all."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
