package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys under `[server]` for connections and sockets.
final class ServerKeys {
  private ServerKeys() {}

  static final Key<Boolean> HTTP2 =
      new Key<>(
          "server.http2",
          KeyType.FLAG,
          "true",
          null,
          "Offer HTTP/2. With `false` clients use HTTP/1.1, of which cargo opens two connections.");
  static final Key<Integer> MAX_CONNECTIONS =
      new Key<>(
          "server.max-connections",
          KeyType.count(1, 1_000_000),
          "4096",
          null,
          "Limit of client connections. For one more, the client with the most loses its oldest one that"
              + " is idle. Fewer are accepted if the limit of open files is too low.");
  static final Key<Duration> IDLE_TIMEOUT =
      new Key<>(
          "server.idle-timeout",
          KeyType.DURATION,
          "120s",
          null,
          "Time for which a connection may be idle before it is closed; cargo works best with at least 60 s.");
  static final Key<Duration> HEAD_TIMEOUT =
      new Key<>(
          "server.head-timeout",
          KeyType.DURATION,
          "10s",
          null,
          "Time limit for a request head, including TLS handshake and PROXY header.");
  static final Key<List<String>> TRUSTED_PROXIES =
      new Key<>(
          "server.trusted-proxies",
          KeyType.BLOCKS,
          "",
          null,
          "Addresses and blocks of the proxies in front of the server. Their PROXY protocol v2"
              + " header, else the last untrusted address of `Forwarded` or `X-Forwarded-For`, names"
              + " the client for limits and logs.");
  static final Key<Duration> STOP_TIMEOUT =
      new Key<>(
          "server.stop-timeout",
          KeyType.DURATION,
          "10s",
          null,
          "Time limit for requests in progress to finish after SIGTERM.");
  static final Key<Path> SOCKET =
      new Key<>(
          "server.socket",
          KeyType.PATH,
          null,
          null,
          "Unix socket for `vetting-cli` on this machine, mode 0660. Without it:"
              + " `$RUNTIME_DIRECTORY/desk.sock`, else `desk.sock` in the data folder.");
  static final Key<String> SOCKET_GROUP =
      new Key<>(
          "server.socket-group",
          KeyType.TEXT,
          null,
          null,
          "Group that may connect to the socket; its folder must be open to the group, which the data"
              + " folder is not. Without it: the group of the server's process.");
  static final Key<LogFormat> LOG_FORMAT =
      new Key<>(
          "server.log-format",
          KeyType.choice(LogFormat.class),
          "text",
          null,
          "The log on standard error. `text`: lines to read; `json`: one object per line, with `at`,"
              + " `level`, `logger`, `message` and the stack trace in `error`.");
}
