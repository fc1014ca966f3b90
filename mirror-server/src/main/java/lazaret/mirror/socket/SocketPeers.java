package lazaret.mirror.socket;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/// The users at the other ends of the desk socket's connections, as reported by the kernel
/// (`SO_PEERCRED`, unix(7)). A user with too many open connections is refused. Thread-safe.
public final class SocketPeers implements SocketOptions {
  /// The most connections of one user.
  static final int MAX_OF_ONE_USER = 64;

  private static final Path USERS = Path.of("/etc/passwd");
  private static final int MAX_USERS_BYTES = 1 << 20;

  private final SocketOptions options = SocketOptions.builder().build();
  private final Map<String, Peer> open = new ConcurrentHashMap<>();

  /// An open connection and its user.
  private record Peer(SocketChannel channel, String user) {}

  /// Returns the sender of a request as `uid:1000`; empty if it did not come over the desk socket.
  /// A user without a line in `/etc/passwd` is `user:NAME`.
  public Optional<String> of(ServerRequest request) {
    return Optional.ofNullable(open.get(request.socketId())).map(Peer::user);
  }

  /// Records the user of a new connection.
  ///
  /// @throws UncheckedIOException if the user has too many connections; the connection is closed
  ///   then
  @Override
  public void configureSocket(SocketChannel channel) {
    open.values().removeIf(peer -> !peer.channel().isOpen());
    try {
      String user = uid(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
      long same = open.values().stream().filter(peer -> peer.user().equals(user)).count();
      // The name that the HTTP library gives the connection.
      String id = "0x" + HexFormat.of().toHexDigits(System.identityHashCode(channel));
      if (same >= MAX_OF_ONE_USER || open.putIfAbsent(id, new Peer(channel, user)) != null) {
        throw new IOException("too many connections of " + user);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Closes every connection. Used if the server that accepted them ended without closing them.
  void closeAll() {
    for (Peer peer : open.values()) {
      try {
        peer.channel().close();
      } catch (IOException _) {
        // The socket is being discarded.
      }
    }
    open.clear();
  }

  /// Returns a user by number. The JDK returns a name, so the number is looked up in `/etc/passwd`.
  private static String uid(String name) {
    if (name.matches("[0-9]{1,10}")) {
      return "uid:" + name;
    }
    try (var in = Files.newInputStream(USERS)) {
      return new String(in.readNBytes(MAX_USERS_BYTES), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(":", 4))
          .filter(fields -> fields.length == 4 && fields[0].equals(name))
          .findFirst()
          .map(fields -> "uid:" + fields[2])
          .orElse("user:" + name);
    } catch (IOException _) {
      return "user:" + name;
    }
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return Map.of();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return false;
  }

  @Override
  public boolean socketKeepAlive() {
    return false;
  }

  @Override
  public boolean tcpNoDelay() {
    return false;
  }

  @Override
  public void configureSocket(Socket socket) {
    // A unix socket is always a channel.
  }
}
