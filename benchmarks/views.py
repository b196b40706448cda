"""What is asked of a mailbox, the same by every reader."""

from __future__ import annotations

from benchmarks.organisation import WINDOW
from integrations.graph.calendars import PAGE_SIZE
from integrations.graph.events import SELECT
from integrations.graph.times import edges_to_ask_for

PREFER = 'outlook.timezone="Romance Standard Time", IdType="ImmutableId"'
START, END = edges_to_ask_for(WINDOW)


def view_of(mailbox: str) -> str:
    """Return the path of a mailbox's ``calendarView``, relative to Graph's version."""
    edges = f"startDateTime={START}&endDateTime={END}"
    return f"/users/{mailbox}/calendarView?{edges}&$select={','.join(SELECT)}&$top={PAGE_SIZE}"
