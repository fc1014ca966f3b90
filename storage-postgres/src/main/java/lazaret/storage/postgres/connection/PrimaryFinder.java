package lazaret.storage.postgres.connection;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.storage.files.PrivateFiles;
import org.jspecify.annotations.Nullable;

/// The search for the primary among the configured servers, and the check of each new connection.
/// Thread-safe.
final class PrimaryFinder {
  /// The SQLSTATE of a server that is not used (*sqlserver rejected establishment of
  /// sqlconnection*).
  static final String REFUSED = "08004";

  private static final System.Logger LOG = System.getLogger(PrimaryFinder.class.getName());

  private static final String CONNECT_SECONDS = "3";

  /// The limit of each wait during the search. A server that is stopped still accepts connections.
  private static final String ANSWER_SECONDS = "5";

  /// The least version of a server.
  private static final String VERSION = "15";

  private final PostgresSettings settings;
  private final ReentrantLock turn = new ReentrantLock();

  /// The server that was the primary at the last connection; null before the first one.
  private volatile @Nullable PostgresAddress current;

  /// Guarded by this object. Null before the first connection.
  private @Nullable Identity known;

  /// The identity of the database cluster.
  ///
  /// @param timeline the greatest one that was seen
  record Identity(long systemIdentifier, int timeline) {}

  /// An open connection to a server.
  private record Candidate(PostgresAddress address, Connection connection, ServerStatus status) {}

  PrimaryFinder(PostgresSettings settings) {
    this.settings = settings;
  }

  /// Opens a connection to the primary, which is checked.
  ///
  /// @param timeout the limit of each wait for the server from then on
  /// @throws SQLException if no server is the primary, or the primary may not be used
  Connection open(Duration timeout) throws SQLException {
    PostgresAddress last = current;
    if (last != null) {
      try {
        return accepted(candidate(last), timeout);
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "''{0}'' is not used: {1}", last, e.getMessage());
      }
    }
    turn.lock();
    try {
      PostgresAddress found = current;
      return found != null && !found.equals(last)
          ? accepted(candidate(found), timeout)
          : accepted(newest(), timeout);
    } finally {
      turn.unlock();
    }
  }

  /// Forgets which server was the primary.
  void forget() {
    current = null;
  }

  /// Returns the identity of the cluster of the last connection; null before the first one.
  synchronized @Nullable Identity known() {
    return known;
  }

  /// Opens a connection to the primary with the greatest timeline. A former primary that runs on
  /// next to a promoted one has a lower timeline.
  private Candidate newest() throws SQLException {
    List<String> reasons = new ArrayList<>();
    Candidate best = null;
    for (PostgresAddress address : settings.hosts()) {
      try {
        Candidate found = candidate(address);
        if (found.status().standby()) {
          reasons.add("'%s' is a standby".formatted(address));
          close(found.connection());
        } else if (best == null || found.status().timeline() > best.status().timeline()) {
          if (best != null) {
            close(best.connection());
          }
          best = found;
        } else {
          close(found.connection());
        }
      } catch (SQLException e) {
        reasons.add("'%s': %s".formatted(address, e.getMessage()));
      }
    }
    if (best == null) {
      throw refused("expected a primary, found " + String.join("; ", reasons));
    }
    return best;
  }

  private Candidate candidate(PostgresAddress address) throws SQLException {
    Connection connection = connect(address);
    try {
      return new Candidate(address, connection, ServerStatus.read(connection));
    } catch (SQLException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private Connection accepted(Candidate found, Duration timeout) throws SQLException {
    try {
      accept(found);
      found.connection().setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
      return found.connection();
    } catch (SQLException | RuntimeException e) {
      close(found.connection());
      throw e;
    }
  }

  private synchronized void accept(Candidate found) throws SQLException {
    ServerStatus status = found.status();
    String reason = reason(status, known, settings.acceptLoss());
    if (reason != null) {
      throw refused("'%s' is not used: %s".formatted(found.address(), reason));
    }
    Identity before = known;
    int timeline =
        before == null ? status.timeline() : Math.max(before.timeline(), status.timeline());
    known = new Identity(status.systemIdentifier(), timeline);
    current = found.address();
  }

  /// Returns why a server may not be used; null if it may.
  static @Nullable String reason(
      ServerStatus status, @Nullable Identity known, boolean acceptLoss) {
    if (status.standby()) {
      return "it is a standby";
    }
    if (known != null && status.systemIdentifier() != known.systemIdentifier()) {
      return "expected system identifier %d, found %d: it is another database cluster"
          .formatted(known.systemIdentifier(), status.systemIdentifier());
    }
    if (known != null && status.timeline() < known.timeline()) {
      return "expected timeline %d or later, found %d: it was the primary before a promotion"
          .formatted(known.timeline(), status.timeline());
    }
    if (!status.durability().equals("on") && !status.durability().equals("remote_apply")) {
      return "expected synchronous_commit 'on' or 'remote_apply', found '%s'"
          .formatted(status.durability());
    }
    if (status.replicates() && !status.waits() && !acceptLoss) {
      return "it has a standby and its commits do not wait for it; set synchronous_standby_names,"
          + " or accept the loss of decisions with 'storage.postgres.accept-loss = true'";
    }
    return null;
  }

  private Connection connect(PostgresAddress address) throws SQLException {
    String name = URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    return DriverManager.getConnection("jdbc:postgresql://" + address + '/' + name, properties());
  }

  /// Returns the properties of a connection. A pooler in transaction mode gives each transaction
  /// another server connection, so that statements have no names. Details of errors are left out,
  /// because they contain values of rows.
  private Properties properties() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    Path passwordFile = settings.passwordFile();
    if (passwordFile != null) {
      properties.setProperty("password", password(passwordFile));
    }
    properties.setProperty("ApplicationName", "lazaret");
    properties.setProperty("assumeMinServerVersion", VERSION);
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("gssEncMode", "disable");
    switch (settings.tls()) {
      case OFF -> properties.setProperty("sslmode", "disable");
      case VERIFIED -> {
        properties.setProperty("sslmode", "verify-full");
        Path caFile = settings.caFile();
        if (caFile == null) {
          properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
          properties.setProperty("sslrootcert", caFile.toString());
        }
      }
    }
    return properties;
  }

  /// Reads the password at each connection, because it may be replaced while the program runs.
  private static String password(Path file) throws SQLException {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new SQLNonTransientConnectionException(
          "the file of the password cannot be read: " + PrivateFiles.describe(e), REFUSED, e);
    }
  }

  private static SQLException refused(String why) {
    return new SQLNonTransientConnectionException(why, REFUSED);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was not closed: {0}", e.getMessage());
    }
  }
}
