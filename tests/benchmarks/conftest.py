"""What tests of the benchmarks share."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 3, 2, tzinfo=UTC)
