package lazaret.storage.postgres.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The state of a server, as it reports it on a new connection.
///
/// @param standby whether it replays the log of another server
/// @param systemIdentifier the number that a primary and all its standbys have in common
/// @param timeline a number that each promotion increases; 0 for a standby
/// @param durability the value of `synchronous_commit`
/// @param replicates whether a standby receives its log
/// @param waits whether commits wait for a standby
record ServerStatus(
    boolean standby,
    long systemIdentifier,
    int timeline,
    String durability,
    boolean replicates,
    boolean waits) {
  /// A role without further rights sees that a receiver of the log exists, and not its state, which
  /// then counts as that of a standby. The first eight digits of the name of a log file are the
  /// timeline (PostgreSQL, *WAL internals*).
  private static final String QUERY =
      """
      SELECT pg_is_in_recovery(),
        (SELECT system_identifier FROM pg_control_system()),
        CASE WHEN pg_is_in_recovery() THEN 0
          ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END,
        current_setting('synchronous_commit'),
        EXISTS (SELECT FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup'),
        current_setting('synchronous_standby_names') <> ''
      """;

  /// Reads the state of the server of a connection, in one statement.
  static ServerStatus read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      if (!row.next()) {
        throw new SQLException("the server reported no state");
      }
      return new ServerStatus(
          row.getBoolean(1),
          row.getLong(2),
          row.getInt(3),
          row.getString(4),
          row.getBoolean(5),
          row.getBoolean(6));
    }
  }
}
