# Kagi's server in an image: nothing but the binary, run by a user that owns nothing else.
#
#   docker build --tag kagi .
#   docker compose up          see compose.yaml and docs/OPERATIONS.md

FROM rust:1-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package kagi-server && \
    install -D -m 0755 target/release/kagi-server /image/usr/local/bin/kagi-server && \
    # A volume that is mounted on /data for the first time takes its owner and mode from here.
    install -d -o 10001 -g 10001 -m 0700 /image/data

FROM debian:bookworm-slim
COPY --from=build /image /
# By number, so that a platform can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
# DATABASE_URL is not set: its default lies below the working directory, and DATABASE_URL_FILE may take its place.
ENV KAGI_LISTEN=0.0.0.0:3000
EXPOSE 3000
# Kagi drains for at most fifteen seconds after SIGTERM: give it twenty.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["kagi-server", "healthcheck"]
ENTRYPOINT ["kagi-server"]
CMD ["serve"]
