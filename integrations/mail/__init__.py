"""Mail for whom Teams cannot reach: the same messages, as HTML or plain text, through Microsoft Graph."""
