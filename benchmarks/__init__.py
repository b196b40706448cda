"""What the program costs, measured: ``make bench``. Figures to read, never tests with a clock."""
