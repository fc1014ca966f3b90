package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys under `[server]` for connections and sockets.
final class ServerConfigKeys {
  private ServerConfigKeys() {}

  static final ConfigKey<Boolean> HTTP2 =
      new ConfigKey<>(
          "server.http2",
          ConfigValueType.FLAG,
          "true",
          null,
          "Offer HTTP/2. With `false` clients use HTTP/1.1, of which cargo opens two connections.");
  static final ConfigKey<Integer> MAX_CONNECTIONS =
      new ConfigKey<>(
          "server.max-connections",
          ConfigValueType.count(1, 1_000_000),
          "4096",
          null,
          "Limit of client connections. For one more, the client with the most loses its oldest one that"
              + " is idle. Fewer are accepted if the limit of open files is too low.");
  static final ConfigKey<Duration> IDLE_TIMEOUT =
      new ConfigKey<>(
          "server.idle-timeout",
          ConfigValueType.DURATION,
          "120s",
          null,
          "Time for which a connection may be idle before it is closed; cargo works best with at least 60 s.");
  static final ConfigKey<Duration> HEAD_TIMEOUT =
      new ConfigKey<>(
          "server.head-timeout",
          ConfigValueType.DURATION,
          "10s",
          null,
          "Time limit for a request head, including TLS handshake and PROXY header.");
  static final ConfigKey<List<String>> TRUSTED_PROXIES =
      new ConfigKey<>(
          "server.trusted-proxies",
          ConfigValueType.BLOCKS,
          "",
          null,
          "Addresses and blocks of the proxies in front of the server. Their PROXY protocol v2"
              + " header, else the last untrusted address of `Forwarded` or `X-Forwarded-For`, names"
              + " the client for limits and logs.");
  static final ConfigKey<Duration> STOP_TIMEOUT =
      new ConfigKey<>(
          "server.stop-timeout",
          ConfigValueType.DURATION,
          "10s",
          null,
          "Time limit for requests in progress to finish after SIGTERM.");
  static final ConfigKey<Path> SOCKET =
      new ConfigKey<>(
          "server.socket",
          ConfigValueType.PATH,
          null,
          null,
          "Unix socket for `vetting-cli` on this machine, mode 0660. Without it:"
              + " `$RUNTIME_DIRECTORY/desk.sock`, else `desk.sock` in the data folder.");
  static final ConfigKey<String> SOCKET_GROUP =
      new ConfigKey<>(
          "server.socket-group",
          ConfigValueType.TEXT,
          null,
          null,
          "Group that may connect to the socket; its folder must be open to the group, which the data"
              + " folder is not. Without it: the group of the server's process.");
  static final ConfigKey<LogFormat> LOG_FORMAT =
      new ConfigKey<>(
          "server.log-format",
          ConfigValueType.choice(LogFormat.class),
          "text",
          null,
          "The log on standard error. `text`: lines to read; `json`: one object per line, with `at`,"
              + " `level`, `logger`, `thread`, `trace` (of a traced request), `message` and the stack"
              + " trace in `error`.");
}
