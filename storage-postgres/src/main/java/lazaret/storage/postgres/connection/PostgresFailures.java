package lazaret.storage.postgres.connection;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.gate.store.StoreException;

/// The conversion of failures of the database to exceptions with messages. The codes are those of
/// PostgreSQL, *PostgreSQL Error Codes*.
final class PostgresFailures {
  private PostgresFailures() {}

  /// Converts a failure.
  ///
  /// @param tried the attempted operation, for example `write to`
  static StoreException of(String tried, SQLException e) {
    String where = "cannot " + tried + " the store in PostgreSQL: " + reason(e);
    return switch (state(e)) {
      case "53100" ->
          new StoreException(
              ErrorCode.DISK_FULL,
              where + "; free disk space of the database, the store then continues by itself",
              e);
      case "25006" ->
          new StoreException(
              ErrorCode.STORE_FAILED, where + "; let the database accept writes again", e);
      case "XX001", "XX002" ->
          new StoreException(ErrorCode.STORE_CORRUPT, where + "; look at the log of PostgreSQL", e);
      default -> new StoreException(ErrorCode.STORE_UNAVAILABLE, where + "; try again", e);
    };
  }

  static StoreException closed() {
    return new StoreException(
        ErrorCode.STORE_FAILED, "cannot use the store: it is closed; open it again", null);
  }

  /// Returns the message of the driver or the server. A failure of the pool has it as its cause.
  static String reason(SQLException e) {
    String message =
        String.valueOf(
            e.getCause() instanceof SQLException inner ? inner.getMessage() : e.getMessage());
    if (state(e).equals(PrimaryFinder.REFUSED)) {
      return message;
    }
    String line = message.lines().findFirst().orElse("");
    return Excerpt.of(line.endsWith(".") ? line.substring(0, line.length() - 1) : line);
  }

  /// Returns whether the connection was lost, so that the server may have executed the statement.
  static boolean isLost(SQLException e) {
    String state = state(e);
    return !state.equals(PrimaryFinder.REFUSED)
        && (state.startsWith("08") || state.startsWith("57P"));
  }

  /// Returns whether the connection was lost other than by a wait for an answer that did not come.
  static boolean isCut(SQLException e) {
    return isLost(e) && !(e.getCause() instanceof SocketTimeoutException);
  }

  /// Returns whether the server ended a transaction in favor of another one.
  static boolean isDeadlock(SQLException e) {
    return state(e).equals("40P01") || state(e).equals("40001");
  }

  /// Returns whether a transaction waited too long for a lock.
  static boolean isLocked(SQLException e) {
    return state(e).equals("55P03");
  }

  private static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }
}
