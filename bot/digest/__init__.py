"""What a leader's weekly digest holds of a team, before it is put in words. Pure."""
