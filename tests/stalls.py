"""Whether the event loop turns on time."""

import asyncio
import time

TICK, STALL = 0.005, 0.1
"""Seconds."""


class Stalls:
    """Counts how often the loop was late."""

    def __init__(self) -> None:
        self.count = self.ticks = 0

    async def watch(self) -> None:
        """Tick until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK)  # a tick: how late it comes is what is measured
            self.ticks += 1
            self.count += time.monotonic() - before > TICK + STALL
