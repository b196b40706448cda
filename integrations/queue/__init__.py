"""The queue that workers share, procrastinate on PostgreSQL: chunks of a pass to read, by number alone."""
