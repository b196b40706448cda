"""Everything outside the bot. Vendors' formats and errors end here."""
