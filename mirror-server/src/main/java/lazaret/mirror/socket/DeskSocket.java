package lazaret.mirror.socket;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import org.jspecify.annotations.Nullable;

/// The server's unix socket: HTTP/1.1 without TLS, for clients on the same machine. It is bound in
/// a private folder, receives its group and mode there, and is then renamed in one step. No client
/// can connect before the mode is right.
public final class DeskSocket implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeskSocket.class.getName());
  private static final int MAX_CONNECTIONS = 256;
  private static final String MODE = "rw-rw----";
  private static final String FRESH = "s";
  private static final int TRIES = 16;
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Path path;
  private final SocketPeers peers;
  private final Supplier<Bound> again;
  private final Thread watch;
  private final ReentrantLock replacing = new ReentrantLock();
  private volatile Bound bound;
  private volatile boolean closed;

  /// A server with the identity of its socket file.
  private record Bound(WebServer server, Object key) {}

  private DeskSocket(Path path, Bound bound, SocketPeers peers, Supplier<Bound> again) {
    this.path = path;
    this.peers = peers;
    this.bound = bound;
    this.again = again;
    this.watch = Thread.ofVirtual().name("desk socket").start(this::watch);
  }

  /// The socket to open.
  ///
  /// @param path path of the socket file
  /// @param named whether the operator named it; if not, a path that is too long is left out
  /// @param group the group that may connect; null for the group of this process
  /// @param dataDir the data folder, whose owner must own the socket
  public record Wanted(Path path, boolean named, @Nullable String group, Path dataDir) {}

  /// The parts that serve the socket.
  ///
  /// @param handler answers requests
  /// @param direct answers requests that are malformed
  /// @param peers records the user of each connection
  /// @param limits the limits on clients
  public record Service(Handler handler, DirectHandlers direct, SocketPeers peers, Limits limits) {}

  /// Limits on clients.
  ///
  /// @param idle the longest silence of a connection
  /// @param stop the longest wait for requests under way at the end
  /// @param maxBody the largest body of a request in bytes
  public record Limits(Duration idle, Duration stop, long maxBody) {}

  /// Starts listening.
  ///
  /// @return empty if the path of the data folder is too long for a socket, which is logged
  /// @throws DeskSocketException if the socket cannot be made safely there
  public static Optional<DeskSocket> open(Wanted wanted, Service service) {
    Path path = wanted.path().toAbsolutePath().normalize();
    Path folder = Objects.requireNonNullElse(path.getParent(), path);
    Path draft = folder.resolve(".d0000").resolve(FRESH);
    if (!SocketFile.fits(path) || !SocketFile.fits(draft)) {
      String why =
          "cannot listen on the socket '%s': expected at most %d bytes; set 'server.socket' to a shorter path"
              .formatted(path, SocketFile.MAX_BYTES);
      if (wanted.named()) {
        throw new DeskSocketException(why, null);
      }
      LOG.log(System.Logger.Level.WARNING, why);
      return Optional.empty();
    }
    try {
      checkFolder(folder, wanted);
      checkFree(path);
      Bound bound = bind(path, folder, wanted, service);
      return Optional.of(
          new DeskSocket(
              path, bound, service.peers(), () -> rebound(path, folder, wanted, service)));
    } catch (UncheckedIOException e) {
      // The file system of a data folder may not support sockets.
      if (wanted.named()) {
        throw failed(path, String.valueOf(e.getCause()), e);
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "no socket at {0}: {1}; set ''server.socket'' to a path on another file system",
          path,
          String.valueOf(e.getCause()));
      return Optional.empty();
    } catch (IOException e) {
      throw failed(path, PrivateFiles.describe(e), e);
    }
  }

  private static Bound rebound(Path path, Path folder, Wanted wanted, Service service) {
    try {
      checkFree(path);
      return bind(path, folder, wanted, service);
    } catch (IOException e) {
      throw failed(path, PrivateFiles.describe(e), e);
    }
  }

  /// Replaces the server if its socket refuses connections. The HTTP library stops accepting
  /// permanently once the process has no free file descriptor.
  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(EVERY);
        if (isRefused(path)) {
          replace();
        }
      } catch (InterruptedException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING, "socket {0} not opened again: {1}", path, e.getMessage());
      }
    }
  }

  private void replace() {
    replacing.lock();
    try {
      if (!closed) {
        WebServer dead = bound.server();
        peers.closeAll();
        bound = again.get();
        // Its listener waits for itself by now, so that stopping it here would block this thread.
        Thread.ofVirtual().name("desk socket end").start(dead::stop);
        LOG.log(System.Logger.Level.WARNING, "socket {0} opened again", path);
      }
    } finally {
      replacing.unlock();
    }
  }

  private static Bound bind(Path path, Path folder, Wanted wanted, Service service)
      throws IOException {
    Path made = privateFolder(folder);
    try {
      Path fresh = made.resolve(FRESH);
      WebServer server = server(fresh, service);
      try {
        server.start();
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(MODE));
        String group = wanted.group();
        if (group != null) {
          give(fresh, group);
        }
        Object key = key(fresh);
        Files.move(
            fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SocketFile.check(path, SocketFile.owners(wanted.dataDir()));
        return new Bound(server, key);
      } catch (IOException | RuntimeException e) {
        server.stop();
        throw e;
      }
    } finally {
      FileTrees.delete(made);
    }
  }

  private static WebServer server(Path path, Service service) {
    return WebServer.builder()
        .bindAddress(UnixDomainSocketAddress.of(path))
        .useNio(true)
        .connectionOptions(service.peers())
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .shutdownHook(false)
        .maxTcpConnections(MAX_CONNECTIONS)
        .maxConcurrentRequests(MAX_CONNECTIONS)
        .idleConnectionTimeout(service.limits().idle())
        .idleConnectionPeriod(Duration.ofSeconds(15))
        .shutdownGracePeriod(service.limits().stop())
        .maxPayloadSize(service.limits().maxBody())
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(4_096)
                .maxHeadersSize(16_384)
                .sendKeepAliveHeader(false)
                .build())
        .directHandlers(service.direct())
        .routing(HttpRouting.builder().any(service.handler()))
        .build();
  }

  /// Checks that the folder exists and that no other user may write to it. If a group is set, the
  /// group must be able to enter it.
  private static void checkFolder(Path folder, Wanted wanted) throws IOException {
    PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
    Set<PosixFilePermission> modes = found.permissions();
    if (!SocketFile.owners(wanted.dataDir()).contains(found.owner())
        || modes.contains(PosixFilePermission.GROUP_WRITE)
        || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "expected its folder to belong to the server's user or root and to be writable by no other, found %s of '%s'; run 'chmod go-w %s', or set 'server.socket'"
              .formatted(PosixFilePermissions.toString(modes), found.owner().getName(), folder));
    }
    String group = wanted.group();
    boolean enters =
        group == null
            || modes.contains(PosixFilePermission.OTHERS_EXECUTE)
            || (modes.contains(PosixFilePermission.GROUP_EXECUTE)
                && found.group().getName().equals(group));
    if (!enters) {
      throw new IOException(
          "expected a folder that the group '%s' may enter, found %s of group '%s'; set 'server.socket' to a path in one that it may, for example RuntimeDirectory= of systemd"
              .formatted(group, PosixFilePermissions.toString(modes), found.group().getName()));
    }
  }

  /// Checks that the path is free. A socket that an earlier server left may be replaced; any other
  /// file or a socket in use is refused.
  private static void checkFree(Path path) throws IOException {
    if (!SocketFile.exists(path)) {
      return;
    }
    SocketFile.check(path, Set.of(SocketFile.self()));
    if (!isRefused(path)) {
      throw new IOException("expected a free path, found a program that listens there; stop it");
    }
  }

  /// Returns whether no process listens on a socket.
  private static boolean isRefused(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: a listener that accepts nothing would keep this program waiting.
      probe.configureBlocking(false);
      boolean _ = probe.connect(UnixDomainSocketAddress.of(path));
      return false;
    } catch (ConnectException _) {
      return true;
    }
  }

  private static Path privateFolder(Path folder) throws IOException {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < TRIES; i++) {
      Path made = folder.resolve(".d" + HexFormat.of().toHexDigits((short) random.nextInt()));
      try {
        return Files.createDirectory(
            made,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException _) {
        // left by a server that was killed: the next name is tried
      }
    }
    throw new IOException("expected a free name for a folder, found %d taken".formatted(TRIES));
  }

  private static void give(Path socket, String group) throws IOException {
    try {
      GroupPrincipal principal =
          socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
      Files.getFileAttributeView(socket, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setGroup(principal);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException(
          "there is no group '%s'; make it, or correct 'server.socket-group'".formatted(group), e);
    } catch (IOException e) {
      throw new IOException(
          "it cannot be given to the group '%s'; add the server's user to the group"
              .formatted(group),
          e);
    }
  }

  private static Object key(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /// Returns the path of the socket.
  public Path path() {
    return path;
  }

  /// Stops and removes the file, unless another program has put its own there.
  @Override
  public void close() {
    watch.interrupt();
    replacing.lock();
    try {
      closed = true;
      if (SocketFile.exists(path) && key(path).equals(bound.key())) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "socket {0} not removed: {1}",
          path,
          PrivateFiles.describe(e));
    } finally {
      replacing.unlock();
    }
    bound.server().stop();
  }

  private static DeskSocketException failed(Path path, String why, Exception cause) {
    return new DeskSocketException(
        "cannot listen on the socket '%s': %s".formatted(path, why), cause);
  }
}
