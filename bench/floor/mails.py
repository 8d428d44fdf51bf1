"""The floor of sending: aiosmtplib in a loop, the messages ready in memory.

python -m bench.floor.mails PORT CONNECTIONS FOLDER
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import aiosmtplib
import uvloop

SENDER, RECIPIENT = "no-reply@atrium.localhost", "somebody@example.test"


async def send_all(port: int, connections: int, messages: list[bytes]) -> None:
    """Send every message once, over so many connections."""
    waiting = iter(messages)
    await asyncio.gather(*(_send_some(port, waiting) for _ in range(connections)))


async def _send_some(port: int, waiting: Iterator[bytes]) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False) as smtp:
        for message in waiting:
            await smtp.sendmail(SENDER, [RECIPIENT], message)


def main() -> None:
    """Reads the messages, then sends them."""
    port, connections, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    messages = [path.read_bytes() for path in folder.iterdir()]
    uvloop.run(send_all(port, connections, messages))


if __name__ == "__main__":
    main()
