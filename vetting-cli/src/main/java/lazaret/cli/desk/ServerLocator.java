package lazaret.cli.desk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.credential.CredentialException;
import lazaret.credential.CredentialsFile;
import lazaret.credential.GateOrigin;
import lazaret.mirror.ServerAddressFile;
import lazaret.mirror.socket.SocketFile;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// A locator of the server and the token. No option is necessary on the server's machine. There the
/// server listens on a Unix socket and writes a token into its data folder, which only its user can
/// read. This token is sent over the socket, or to the address that the running server recorded.
public final class ServerLocator {
  /// The default address of a server.
  public static final String USUAL_SERVER = "http://127.0.0.1:7080";

  /// The environment variable with the token.
  public static final String TOKEN_VARIABLE = "LAZARET_TOKEN";

  /// The environment variable with the path of a file with the token.
  public static final String TOKEN_FILE_VARIABLE = "LAZARET_TOKEN_FILE";

  /// The environment variable with the server's address.
  public static final String SERVER_VARIABLE = "LAZARET_SERVER";

  /// The environment variable with the path of the server's Unix socket, which the server uses,
  /// too.
  public static final String SOCKET_VARIABLE = "LAZARET_SERVER_SOCKET";

  /// The environment variable with the data folder of the server, which the server uses, too.
  public static final String DATA_VARIABLE = "LAZARET_DATA_DIR";

  /// The beginning of the origin of a token that a person got by a login; the gate follows.
  public static final String LOGIN = "the login at ";

  private static final int MAX_FILE = 4_096;

  private final Map<String, String> environment;
  private final Path home;

  /// Creates a locator.
  ///
  /// @param environment the environment variables of the process
  /// @param home the user's home folder
  public ServerLocator(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
  }

  /// Finds the server and the token.
  ///
  /// @param server the address from the command line, or null
  /// @param tokenFile the file from the command line, or null
  /// @throws CliException if the address is invalid, or if the named file cannot be read
  public ServerAddress find(@Nullable String server, @Nullable Path tokenFile) {
    String named = server != null ? server : namedServer();
    GateAddress address = named != null ? new GateAddress.Web(address(named)) : local();
    String advice = named == null ? unnoted() : advice(address);
    Found found = token(address, tokenFile).orElse(null);
    return found == null
        ? new ServerAddress(address, null, null, advice)
        : new ServerAddress(address, found.token(), found.origin(), advice);
  }

  /// Waits for the server of this machine if it is starting, unless the environment names another
  /// server.
  ///
  /// @param pause sleeps for a duration
  public void awaitStart(Consumer<Duration> pause) {
    if (!namesServer()) {
      new ServerStartWait(dataFolder(), this::listens).await(pause);
    }
  }

  /// Returns whether the environment names a server.
  public boolean namesServer() {
    return namedServer() != null;
  }

  /// Returns the server that the environment names, or null. An empty value counts as absent.
  private @Nullable String namedServer() {
    String named = environment.get(SERVER_VARIABLE);
    return named == null || named.isBlank() ? null : named;
  }

  /// Returns whether a server recorded its address in the data folder, or a socket is named in the
  /// environment or exists in the runtime folder.
  public boolean listens() {
    String named = environment.get(SOCKET_VARIABLE);
    return noted().isPresent()
        || (named != null && !named.isBlank())
        || runtimeSocket().filter(SocketFile::exists).isPresent();
  }

  /// Returns a locator for the server of a data folder. The names of other servers in the
  /// environment are ignored.
  public ServerLocator on(Path folder) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.keySet().removeAll(Set.of(SERVER_VARIABLE, SOCKET_VARIABLE, "XDG_RUNTIME_DIR"));
    changed.put(DATA_VARIABLE, folder.toString());
    return new ServerLocator(changed, home);
  }

  /// Returns the server of this machine: its Unix socket, or else the address that it recorded.
  private GateAddress local() {
    Optional<ServerAddressFile> noted = noted();
    return socket(noted)
        .<GateAddress>map(path -> new GateAddress.Socket(path, SocketFile.owners(dataFolder())))
        .or(() -> noted.map(place -> new GateAddress.Web(address(place.url()))))
        .orElseGet(() -> new GateAddress.Web(USUAL_SERVER));
  }

  private Optional<Path> socket(Optional<ServerAddressFile> noted) {
    String named = environment.get(SOCKET_VARIABLE);
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(
            runtimeSocket(),
            noted.map(ServerAddressFile::socket),
            Optional.of(dataFolder().resolve(DataFolderFiles.SOCKET)))
        .flatMap(Optional::stream)
        .filter(SocketFile::exists)
        .findFirst();
  }

  /// A token and its origin.
  private record Found(Secret token, String origin) {}

  private Optional<Found> token(GateAddress address, @Nullable Path tokenFile) {
    if (tokenFile != null) {
      return Optional.of(secret(tokenFile));
    }
    String token = environment.get(TOKEN_VARIABLE);
    if (token != null && !token.isBlank()) {
      return Optional.of(checked(token.strip(), "environment variable " + TOKEN_VARIABLE));
    }
    String file = environment.get(TOKEN_FILE_VARIABLE);
    if (file != null && !file.isBlank()) {
      return Optional.of(secret(Path.of(file)));
    }
    boolean own = address.isOf(() -> noted().map(place -> address(place.url())));
    return (own ? adminToken() : Optional.<Found>empty()).or(() -> login(address));
  }

  /// Returns the token of a login at the origin of a server.
  private Optional<Found> login(GateAddress address) {
    try {
      return origin(address)
          .flatMap(
              origin -> CredentialsFile.of(environment, home).flatMap(file -> file.find(origin)))
          .map(token -> new Found(new Secret(token.secret()), LOGIN + token.origin()));
    } catch (CredentialException e) {
      throw new CliException(ErrorCode.CONFIG_INVALID, e.reason(), e);
    }
  }

  /// Returns the origin of a server, by which logins are stored. It is empty for a socket of a
  /// server that recorded no address, and for an address with a path.
  public Optional<GateOrigin> origin(GateAddress address) {
    Optional<String> url =
        switch (address) {
          case GateAddress.Web web -> Optional.of(web.url());
          case GateAddress.Socket _ -> noted().map(ServerAddressFile::url);
        };
    try {
      return url.map(GateOrigin::parse);
    } catch (CredentialException _) {
      return Optional.empty();
    }
  }

  /// Returns a server that a project names. The project can name any address, so that it gets no
  /// token except that of a login at its origin.
  public ServerAddress ofProject(String url) {
    GateAddress address = new GateAddress.Web(address(url));
    Found found = login(address).orElse(null);
    return found == null
        ? new ServerAddress(address, null, null, advice(address))
        : new ServerAddress(address, found.token(), found.origin(), advice(address));
  }

  private Optional<Found> adminToken() {
    Path file = dataFolder().resolve(DataFolderFiles.ADMIN_TOKEN);
    // A member of the socket's group cannot read this file and has an own token.
    return Files.isReadable(file)
        ? read(file).map(text -> checked(text, "file '" + file + "'"))
        : Optional.empty();
  }

  private static Found secret(Path file) {
    String secret =
        read(file)
            .orElseThrow(
                () ->
                    new CliException(
                        ErrorCode.CONFIG_INVALID,
                        "cannot read the token file '" + file + "': no such file"));
    return checked(secret, "token file '" + file + "'");
  }

  /// Checks that a token is printable ASCII, so that it cannot start another header, and returns it
  /// with its origin.
  private static Found checked(String secret, String origin) {
    if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use the token of " + origin + ": expected one line of printable ASCII");
    }
    return new Found(new Secret(secret), origin);
  }

  /// Returns the addresses that the running server recorded in the data folder. The result is empty
  /// if no server runs or if the folder belongs to another user.
  private Optional<ServerAddressFile> noted() {
    try {
      return ServerAddressFile.read(dataFolder());
    } catch (AccessDeniedException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(dataFolder(), e);
    }
  }

  /// Returns the data folder of the server: the one in the environment, or else the default.
  public Path dataFolder() {
    String named = environment.get(DATA_VARIABLE);
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return new UserFolders(environment, home).data().orElseThrow();
  }

  private Optional<Path> runtimeSocket() {
    return new UserFolders(environment, home)
        .runtime()
        .map(folder -> folder.resolve(DataFolderFiles.SOCKET));
  }

  /// Returns the advice to start a server with a data folder: as a service, or alone.
  public static String start(Object folder) {
    return "start the server (systemctl start lazaret, or mirror-server --data-dir %s)"
        .formatted(folder);
  }

  /// Returns the advice if no server recorded its address. A server with another data folder is not
  /// found, because the folder has the address and the token.
  private String unnoted() {
    return "%s, set %s if its data folder is not '%s', or name another gate with --server URL"
        .formatted(start("DIR"), DATA_VARIABLE, dataFolder());
  }

  private static String advice(GateAddress address) {
    return address instanceof GateAddress.Socket
            || address.shown().startsWith("http://127.0.0.1")
            || address.shown().startsWith("http://[::1]")
        ? start("DIR") + ", or name another gate with --server URL"
        : "check the address and the network, or name another gate with --server URL";
  }

  /// Parses an address of scheme, host and port. Slashes at the end are removed.
  private static String address(String text) {
    String bare = text.strip();
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    try {
      URI uri = URI.create(bare);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return bare;
      }
    } catch (IllegalArgumentException _) {
      // reported below, like other texts that are not addresses
    }
    throw new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot use the server '" + Excerpt.of(text) + "': expected a URL like " + USUAL_SERVER);
  }

  private static Optional<String> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CliException unreadable(Path file, IOException e) {
    return new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot read '" + file + "': " + PrivateFiles.describe(e) + "; check its permissions",
        e);
  }
}
