package lazaret.storage.postgres.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// New connections to the primary, for a pool or a library. Thread-safe.
final class PrimaryDataSource implements DataSource {
  /// The seconds for which a pool that is closed waits for a connection that it opens. Without a
  /// wait that connection would stay open.
  private static final int OPENING = 2;

  private final PrimaryFinder finder;
  private final Duration timeout;

  /// @param timeout the limit of each wait for the server
  PrimaryDataSource(PrimaryFinder finder, Duration timeout) {
    this.finder = finder;
    this.timeout = timeout;
  }

  /// Creates a pool of connections. It opens no connection at once: the program does not end by an
  /// outage of a database that it has found before.
  ///
  /// @param most the most connections
  /// @param lending the limit of a wait for a connection
  HikariDataSource pool(String name, int most, Duration lending) {
    var config = new HikariConfig();
    config.setPoolName("lazaret-" + name);
    config.setDataSource(this);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(lending.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return finder.open(timeout);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the settings name the user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // The driver logs by java.util.logging.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The limit is a property of each connection.
  }

  @Override
  public int getLoginTimeout() {
    return OPENING;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver logs by itself");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no data source inside");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
