package lazaret.storage.postgres.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/// The rows of a long result, fetched in pieces within a transaction that sees one state. It has
/// its connection until its end or [#close]. For one thread.
final class RowCursor<T> extends Spliterators.AbstractSpliterator<T> {
  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final PostgresConnection.RowReader<T> reader;
  private boolean ended;

  private RowCursor(
      Connection connection,
      PreparedStatement statement,
      ResultSet rows,
      PostgresConnection.RowReader<T> reader) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    this.reader = reader;
  }

  /// Opens a query in the transaction of a connection, which belongs to the cursor from then on.
  static <T> RowCursor<T> open(Connection connection, PostgresConnection inside, RowQuery<T> query)
      throws SQLException {
    PreparedStatement statement = inside.prepare(query);
    try {
      return new RowCursor<>(connection, statement, statement.executeQuery(), query.reader());
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (ended) {
      return false;
    }
    T value;
    try {
      if (!rows.next()) {
        close();
        return false;
      }
      value = reader.read(rows);
    } catch (SQLException e) {
      close();
      throw PostgresFailures.of(PostgresConnections.READ, e);
    }
    action.accept(value);
    return true;
  }

  /// Ends the transaction and returns the connection. Closing twice is allowed.
  void close() {
    if (ended) {
      return;
    }
    ended = true;
    PostgresConnections.close(rows);
    PostgresConnections.close(statement);
    PostgresConnections.close(connection);
  }
}
