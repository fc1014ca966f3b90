package lazaret.storage.postgres.connection;

import java.util.List;

/// A query with an order, whose result may be long.
///
/// @param sql the text, without a limit at its end
/// @param page the number of rows that are in memory at a time
/// @param reader the conversion of each row
/// @param parameters the parameters
public record RowQuery<T>(
    String sql, int page, PostgresConnection.RowReader<T> reader, List<Object> parameters) {
  /// Copies the list.
  public RowQuery {
    parameters = List.copyOf(parameters);
  }
}
