"""The HTTP server of one process: its port, its life, and its end."""

import errno
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.settings import Settings

PORTS_TO_TRY = 10
SECONDS_TO_FINISH = 10
"""How long requests under way may take once the server is told to stop."""


class PortError(Exception):
    """The address can't be listened on; the text is one clear line."""


class Server(uvicorn.Server):
    """Uvicorn, telling when it answers."""

    def __init__(self, config: uvicorn.Config, *, on_answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_answering = on_answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._on_answering()


def serve(
    app: FastAPI,
    *,
    settings: Settings,
    listener: socket.socket,
    on_answering: Callable[[], None],
) -> None:
    """Answer requests until a signal ends it; returns once everything under way has finished."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    server = Server(config, on_answering=on_answering)
    try:
        server.run(sockets=[listener])
    except (KeyboardInterrupt, SystemExit):
        # uvicorn raises the signal again when done; asked to stop and stopped is no failure
        if not server.started:
            raise


def listen(settings: Settings) -> tuple[socket.socket, Settings]:
    """Take the port, so that a second start finds it taken before it has done anything.

    Without a port of one's own choosing the next free one will do: two copies run side by side.
    Answers the settings with the port that was taken. Raises PortError.
    """
    tries = 1 if "port" in settings.model_fields_set else PORTS_TO_TRY
    for port in range(settings.port, settings.port + tries):
        try:
            return _bind(settings.host, port), settings.model_copy(update={"port": port})
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PortError(
                    f"can't listen on {settings.host}:{port}: {error.strerror}"
                ) from error
    raise PortError(f"port {settings.port} is taken: stop what uses it, or set ATRIUM_PORT")


def _bind(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def end_by_exception() -> None:
    """Let Ctrl-C, SIGTERM and a closed terminal end this process by way of every `finally`."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:  # not under nohup
        signal.signal(signal.SIGHUP, _terminate)


def _leave(signal_number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + signal_number)


def _terminate(_: int, __: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)  # to whoever handles it now: us, or uvicorn
