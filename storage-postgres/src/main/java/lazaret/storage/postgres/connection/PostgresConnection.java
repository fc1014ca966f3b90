package lazaret.storage.postgres.connection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that is lent for one piece of work, with the forms of statements that the store
/// needs. Parameters are texts, numbers, truth values, times, UUIDs, arrays of bytes, and arrays of
/// [#array]. Not thread-safe, and not used after the work.
public final class PostgresConnection {
  private final Connection connection;
  private final LongAdder statements;

  PostgresConnection(Connection connection, LongAdder statements) {
    this.connection = connection;
    this.statements = statements;
  }

  /// The conversion of the current row of a result to a value.
  public interface RowReader<T> {
    /// Converts a row, whose columns count from 1.
    ///
    /// @throws SQLException as the driver throws it
    T read(ResultSet row) throws SQLException;
  }

  /// Returns all rows of a query.
  ///
  /// @throws SQLException as the driver throws it
  public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    statements.increment();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return all(statement, reader);
    }
  }

  private static <T> List<T> all(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    }
  }

  /// Executes a statement that changes rows, returns rows and is a transaction of its own. When
  /// this returns, the standby for which commits wait has the changes.
  ///
  /// @throws SQLException as the driver throws it, or the warning of the server if it ended its
  ///   wait for the standby
  public <T> List<T> listCommitted(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    statements.increment();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      List<T> found = all(statement, reader);
      SQLWarning warning = statement.getWarnings();
      if (warning != null) {
        throw warning;
      }
      return found;
    }
  }

  /// Returns the first row of a query, or empty if there is none.
  ///
  /// @throws SQLException as the driver throws it
  public <T> Optional<T> find(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return list(sql, reader, parameters).stream().findFirst();
  }

  /// Passes the rows of a query on, of which one page is in memory at a time. It needs the
  /// transaction of [PostgresConnections#scan].
  ///
  /// @throws SQLException as the driver throws it
  public <T> void each(RowQuery<T> query, Consumer<? super T> action) throws SQLException {
    try (PreparedStatement statement = prepare(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        action.accept(query.reader().read(rows));
      }
    }
  }

  /// Executes a statement that changes rows.
  ///
  /// @return the number of changed rows
  /// @throws SQLException as the driver throws it
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    statements.increment();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /// Executes one statement several times, without waiting for the server in between.
  ///
  /// @param all the parameters of each execution
  /// @return the number of changed rows of each execution
  /// @throws SQLException as the driver throws it
  public int[] updateAll(String sql, List<List<Object>> all) throws SQLException {
    statements.add(all.size());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (List<Object> parameters : all) {
        bind(statement, parameters.toArray());
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /// Executes statements without parameters, with a semicolon between them.
  ///
  /// @throws SQLException as the driver throws it
  public void execute(String sql) throws SQLException {
    statements.increment();
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  /// Returns an array as a parameter.
  ///
  /// @param type the name of the type of its elements, such as `bytea`
  /// @param elements the elements, of which some may be null
  /// @throws SQLException as the driver throws it
  public Array array(String type, @Nullable Object[] elements) throws SQLException {
    return connection.createArrayOf(type, elements);
  }

  /// Opens a query whose rows are fetched in pieces. It needs a transaction.
  PreparedStatement prepare(RowQuery<?> query) throws SQLException {
    statements.increment();
    PreparedStatement statement = connection.prepareStatement(query.sql());
    try {
      bind(statement, query.parameters().toArray());
      statement.setFetchSize(query.page());
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
