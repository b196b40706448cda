"""Settings, and the policy profiles and their dated values as data."""
