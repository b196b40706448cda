"""One worker of several, for the tests: it looks for work every second, by a clock that goes faster.

Run as a program: the moment at which its clock starts, how many mailboxes are in a chunk. Ends at SIGTERM.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from datetime import datetime, timedelta

from config.settings import Settings, load_settings
from integrations.deadline import Deadline
from integrations.queue.app import Timing
from jobs.cluster import Cluster
from jobs.due import DuePasses
from jobs.logs import set_up_logs

SPEED = 30
QUICK = Timing(alive=0.5, dead=6.0, look=0.2)


def main(moment: str, size: str) -> None:
    set_up_logs("json", "DEBUG")
    start, began, stop, life = datetime.fromisoformat(moment), time.monotonic(), threading.Event(), Deadline()
    signal.signal(signal.SIGTERM, lambda *_: (life.cut(), stop.set()))

    def clock() -> datetime:
        return start + timedelta(seconds=(time.monotonic() - began) * SPEED)

    cluster = Cluster(settings, size=int(size), timing=QUICK)
    passes = DuePasses(settings, clock, life, cluster.wrap)
    with cluster.reading():
        while not stop.wait(1):
            passes.look()


def settings() -> Settings:
    return load_settings(env_file=None, secrets_dir=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
