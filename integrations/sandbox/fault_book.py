"""The faults still to come, and whom each of them befalls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from integrations.sandbox.exchange import Call
from integrations.sandbox.faults import Fault


class FaultBook:
    """The faults in their order. Changed and read from any thread."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._pending: list[_Pending] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Let one more thing go wrong, after those already there."""
        self._pending.append(_Pending(fault, len(self._pending), fault.times))

    def clear(self) -> None:
        """Let everything go well again."""
        self._pending.clear()

    def take(self, call: Call, person: str | None) -> Fault | None:
        """Return the fault that befalls this call, and count it."""
        for pending in list(self._pending):
            if pending.befalls(call, person):
                return pending.fault
        return None


@dataclass(slots=True)
class _Pending:
    """A fault at its place in the book; it happens ``left`` times yet, None: always."""

    fault: Fault
    place: int
    left: int | None
    asked: Counter[str] = field(default_factory=Counter)

    def befalls(self, call: Call, person: str | None) -> bool:
        if self.left == 0 or not self.fault.fits(call, person) or not self._is_drawn(call):
            return False
        if self.left is not None:
            self.left -= 1
        return True

    def _is_drawn(self, call: Call) -> bool:
        if self.fault.share is None:
            return True
        request = f"{call.method} {call.path}".lower()
        self.asked[request] += 1
        return _lot(self.fault.seed, self.place, request, self.asked[request]) < self.fault.share


def _lot(*of: object) -> float:
    """Return a number from 0 to 1, the same for the same things in every run."""
    digest = blake2b(repr(of).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
