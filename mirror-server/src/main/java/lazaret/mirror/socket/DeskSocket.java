package lazaret.mirror.socket;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.ConnectException;
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
import lazaret.storage.PrivateFiles;
import org.jspecify.annotations.Nullable;

/// The server's unix socket: HTTP/1.1 without TLS, for clients on the same machine. It is bound in
/// a private folder, gets its group and its mode there, and then takes its name in one step, so
/// that nobody can connect before the mode is right.
public final class DeskSocket implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeskSocket.class.getName());
  private static final int MAX_CONNECTIONS = 128;
  private static final String MODE = "rw-rw----";
  private static final String FRESH = "s";
  private static final int TRIES = 16;

  private final WebServer server;
  private final Path path;
  private final Object key;

  private DeskSocket(WebServer server, Path path, Object key) {
    this.server = server;
    this.path = path;
    this.key = key;
  }

  /// A socket that is wanted.
  ///
  /// @param path of the file
  /// @param named whether the operator named it; if not, a path that is too long is left out
  /// @param group the group that may connect; null for the group of this process
  /// @param dataDir the data folder, whose owner must own the socket
  public record Wanted(Path path, boolean named, @Nullable String group, Path dataDir) {}

  /// The side behind the socket.
  ///
  /// @param handler answers requests
  /// @param direct answers requests that are malformed
  /// @param peers notes who connects
  /// @param limits on clients
  public record Service(Handler handler, DirectHandlers direct, SocketPeers peers, Limits limits) {}

  /// Limits on clients.
  ///
  /// @param idle the longest silence of a connection
  /// @param stop the longest wait for requests under way at the end
  /// @param maxBody the largest body of a request in bytes
  public record Limits(Duration idle, Duration stop, long maxBody) {}

  /// Starts to listen.
  ///
  /// @return empty if the path of the data folder is too long for a socket; the log says so
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
      return Optional.of(listen(path, folder, wanted, service));
    } catch (IOException e) {
      throw failed(path, PrivateFiles.describe(e), e);
    }
  }

  private static DeskSocket listen(Path path, Path folder, Wanted wanted, Service service)
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
        return new DeskSocket(server, path, key);
      } catch (IOException | RuntimeException e) {
        server.stop();
        throw e;
      }
    } finally {
      PrivateFiles.deleteTree(made);
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

  /// The folder must be there, and no other user may write it; with a group, the group must be let
  /// in.
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

  /// A socket that an earlier server left is replaced; anything else in its place is not touched.
  private static void checkFree(Path path) throws IOException {
    if (!SocketFile.exists(path)) {
      return;
    }
    SocketFile.check(path, Set.of(SocketFile.self()));
    try (SocketChannel probe = SocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      // Not blocking: a listener that accepts nothing would keep this program waiting.
      probe.configureBlocking(false);
      boolean _ = probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException _) {
      return;
    }
    throw new IOException("expected a free path, found a program that listens there; stop it");
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
        // left by a server that was killed: another name
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
    try {
      if (SocketFile.exists(path) && key(path).equals(key)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "socket {0} not removed: {1}",
          path,
          PrivateFiles.describe(e));
    }
    server.stop();
  }

  private static DeskSocketException failed(Path path, String why, IOException cause) {
    return new DeskSocketException(
        "cannot listen on the socket '%s': %s".formatted(path, why), cause);
  }
}
