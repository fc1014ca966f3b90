# The configuration of the image (OCI image specification 1.1, *Image Configuration*). Healthcheck is an extension of Docker, which
# other programs ignore.
($home + "/runtime/bin/java") as $java |
{
  architecture: $arch, os: "linux", created: $created,
  config: {
    User: $user, WorkingDir: "/", StopSignal: "SIGTERM",
    Entrypoint: [$java, "@" + $home + "/gate.args"],
    ExposedPorts: {($port + "/tcp"): {}},
    Volumes: {"/var/lib/lazaret": {}, "/tmp": {}},
    Env: [
      "PATH=" + $home + "/runtime/bin", "LANG=C.UTF-8", "ROCKSDB_MUSL_LIBC=false",
      "LAZARET_CONFIG=/etc/lazaret/lazaret.toml", "LAZARET_DATA_DIR=/var/lib/lazaret/data", "LAZARET_LISTEN=0.0.0.0:" + $port
    ],
    Healthcheck: {
      Test: ["CMD", $java, "@" + $home + "/probe.args"],
      Interval: 30000000000, Timeout: 10000000000, StartPeriod: 60000000000, Retries: 3
    },
    Labels: {
      "org.opencontainers.image.title": "Lazaret",
      "org.opencontainers.image.description": "A vetting mirror for Rust crates: the gate",
      "org.opencontainers.image.version": $version,
      "org.opencontainers.image.revision": $revision,
      "org.opencontainers.image.created": $created,
      "org.opencontainers.image.licenses": "Apache-2.0",
      "lazaret.base-packages": $base
    }
  },
  rootfs: {type: "layers", diff_ids: $ARGS.positional},
  history: [$ARGS.positional[] | {created: $created, created_by: "packaging/build image"}]
}
