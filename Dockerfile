# The portal's image: web server, worker, beat and migrations are this image with another command (docker-compose.yml).
FROM python:3.11-slim-trixie AS build

# Debian's stable release is the pin: its security updates are wanted.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY requirements/run.lock /build/
RUN /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r /build/run.lock
COPY locale /build/locale
RUN find /build/locale -name '*.po' -execdir msgfmt --check-format -o django.mo '{}' ';'


FROM python:3.11-slim-trixie

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        age fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
# State and backups are volumes; made here so that a new volume belongs to the user who writes in it. The client's
# version is that of the database in docker-compose.yml: an older pg_dump refuses a newer server.
RUN useradd --system --uid 10001 --home-dir /var/lib/portail --shell /usr/sbin/nologin portail \
    && install -d -o portail -g portail -m 750 /var/lib/portail /var/backups/portail

COPY --from=build /opt/venv /opt/venv
COPY . /srv/portail
COPY --from=build /build/locale /srv/portail/locale

WORKDIR /srv/portail
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_PROFILE=production \
    PORTAL_STATE_DIR=/var/lib/portail
USER 10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--runtime-threads", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", \
     "--respawn-failed-workers", "--respawn-interval", "0.5", "--log-config", "deploy/log.json", \
     "portal.wsgi:application"]
