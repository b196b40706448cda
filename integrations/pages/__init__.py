"""Pages a person can open: messages as they are received, a team's week, the way to both, and a policy.

Each page is one HTML file by itself: no scripts, no resources from elsewhere.
"""

from integrations.pages.render import render_index, render_message, render_policy, render_week
from integrations.pages.views import Cell, Figure, IndexView, Link, Section, WeekDay, WeekRow, WeekView

__all__ = [
    "Cell",
    "Figure",
    "IndexView",
    "Link",
    "Section",
    "WeekDay",
    "WeekRow",
    "WeekView",
    "render_index",
    "render_message",
    "render_policy",
    "render_week",
]
