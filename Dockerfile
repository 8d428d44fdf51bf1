# syntax=docker/dockerfile:1

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install --no-cache-dir uv
WORKDIR /srv/atrium
COPY requirements/run.lock requirements/run.lock
RUN uv venv /opt/venv \
 && VIRTUAL_ENV=/opt/venv uv pip sync --require-hashes requirements/run.lock
COPY alembic.ini ./
COPY migrations migrations
COPY app app
RUN /opt/venv/bin/python -m compileall -q app

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/atrium atrium \
 && install -d -o atrium -g atrium /srv/atrium /var/lib/atrium-data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/atrium /srv/atrium
WORKDIR /srv/atrium
USER atrium
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ATRIUM_DATA_DIR=/var/lib/atrium-data \
    ATRIUM_HOST=0.0.0.0 \
    ATRIUM_PORT=8000 \
    ATRIUM_LOG_FORMAT=json
EXPOSE 8000
VOLUME /var/lib/atrium-data
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["python", "-m", "app"]
CMD ["serve"]
