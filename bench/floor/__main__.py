"""Serves the floor as Atrium serves itself: `python -m bench.floor PORT`."""

import sys

import uvicorn

from bench.floor.answers import Floor

uvicorn.run(
    Floor(),
    port=int(sys.argv[1]),
    loop="uvloop",
    http="httptools",
    ws="none",
    lifespan="on",
    log_config=None,
    access_log=False,
    server_header=False,
)
