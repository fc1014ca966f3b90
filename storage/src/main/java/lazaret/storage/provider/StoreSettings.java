package lazaret.storage.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.storage.objects.ObjectStoreSettings;
import org.jspecify.annotations.Nullable;

/// The settings of a store that several servers share.
///
/// @param node this server
/// @param database the place of the metadata
/// @param objects the place of the artifacts
/// @param grace the time after which an object that nothing names is deleted, at least an hour
public record StoreSettings(
    Node node, Database database, ObjectStoreSettings objects, Duration grace) {
  /// The form of the name of a node: a part of names of objects and of tokens.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,49}");

  /// Returns whether a text can be the name of a node.
  public static boolean isNodeName(String text) {
    return NAME.matcher(text).matches();
  }

  /// One server of several.
  ///
  /// @param name its name, of the form of [#isNodeName], unique among the servers
  /// @param product the version of its program
  /// @param dataDir its folder, which exists
  /// @param maxStaleness the maximum age of its knowledge of the others; equal on all servers
  public record Node(String name, String product, Path dataDir, Duration maxStaleness) {}

  /// A database.
  ///
  /// @param hosts its servers as `HOST` or `HOST:PORT`; the primary among them is used
  /// @param name the name of the database
  /// @param login the role of the database with which the server works
  /// @param transport the protection of connections
  /// @param connections the maximum number of connections for reads and commits
  /// @param acceptLoss whether a standby may exist for which commits do not wait
  /// @param migrates whether a start may change an older schema
  public record Database(
      List<String> hosts,
      String name,
      Login login,
      Transport transport,
      int connections,
      boolean acceptLoss,
      boolean migrates) {
    /// Copies the list.
    public Database {
      hosts = List.copyOf(hosts);
    }
  }

  /// A role of a database.
  ///
  /// @param passwordFile a file whose first line is the password; null if the database needs none
  public record Login(String user, @Nullable Path passwordFile) {}

  /// The protection of connections to a database.
  ///
  /// @param tls whether the certificate of the server is verified; false for servers on this
  ///   machine alone
  /// @param caFile the certificates of authorities in PEM form; null for those of the Java runtime
  public record Transport(boolean tls, @Nullable Path caFile) {}
}
