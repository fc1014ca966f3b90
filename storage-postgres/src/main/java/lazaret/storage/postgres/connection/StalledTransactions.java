package lazaret.storage.postgres.connection;

import java.sql.SQLException;

/// The end of transactions that write and whose client stopped sending within a message, for
/// example because it lost its network. The server waits for the rest of the message. Its limit for
/// idle transactions does not hold then, and the limit for statements ends none that waits for its
/// client, so that locks would be held until TCP gives up, which takes hours by default.
///
/// Source: PostgreSQL documentation, *Client Connection Defaults*; `transaction_timeout`, which
/// ends such transactions, is in version 17 and later.
final class StalledTransactions {
  private static final System.Logger LOG = System.getLogger(StalledTransactions.class.getName());

  /// The time is that of `idle_in_transaction_session_timeout` of a transaction that writes. They
  /// are found before the first one is ended: the planner may change the order of conditions.
  private static final String END =
      """
      WITH stalled AS MATERIALIZED (
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
          AND backend_xid IS NOT NULL AND wait_event = 'ClientRead'
          AND state_change < clock_timestamp() - interval '5 seconds'
      )
      SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM stalled
      """;

  private StalledTransactions() {}

  /// Ends those of all nodes.
  ///
  /// @return whether there were any
  static boolean end(PostgresConnection connection) throws SQLException {
    long ended = connection.find(END, row -> row.getLong(1)).orElse(0L);
    if (ended > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} transactions ended whose nodes stopped sending for five seconds",
          ended);
    }
    return ended > 0;
  }
}
