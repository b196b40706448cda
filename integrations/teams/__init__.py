"""Microsoft Teams: messages as Adaptive Cards, sent one-to-one through the Bot Connector."""
