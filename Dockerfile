# Every package comes from the locks in requirements/, checked by hash; see docs/container.md.
FROM python:3.13-slim AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_COMPILE=1

WORKDIR /build
COPY requirements/ requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes --requirement requirements/build.txt \
    && python -m venv --without-pip /opt/hjemmedag \
    && /opt/build/bin/pip --python /opt/hjemmedag install --require-hashes --requirement requirements/runtime.txt

COPY LICENSE README.md pyproject.toml ./
COPY bot/ bot/
COPY config/ config/
COPY integrations/ integrations/
COPY jobs/ jobs/
# The root file system is read-only at run time, so all byte code is written here, and never checked for changes.
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/build/bin/pip --python /opt/hjemmedag install --no-deps dist/*.whl \
    && /opt/hjemmedag/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/hjemmedag/lib


FROM python:3.13-slim

ARG REVISION=unknown
LABEL org.opencontainers.image.title="hjemmedag" \
      org.opencontainers.image.description="Reads home days in Outlook, checks them against agreements, reminds in Teams" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="${REVISION}"

RUN groupadd --gid 10001 hjemmedag \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin hjemmedag \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data

COPY --from=builder /opt/hjemmedag /opt/hjemmedag

ENV PATH="/opt/hjemmedag/bin:${PATH}" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HJEMMEDAG_DATA_FOLDER=/data \
    HJEMMEDAG_LOG_FORMAT=json

# By number, so that Kubernetes can see for itself that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["hjemmedag"]
CMD ["run"]
