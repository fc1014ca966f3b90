package lazaret.storage.postgres.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The connections of one node to the primary of its database cluster. They are lent for one piece
/// of work, which neither waits for anything else nor takes long. A pooler in transaction mode may
/// be in between: no work leaves settings, locks or tables in the session of the server.
///
/// Work that only reads may be executed twice. Thread-safe; blocks.
public final class PostgresConnections implements AutoCloseable {
  static final String READ = "read";
  private static final String WRITE = "write to";
  private static final System.Logger LOG = System.getLogger(PostgresConnections.class.getName());

  /// The limit of a wait for a connection of a pool.
  private static final Duration LENDING = Duration.ofSeconds(10);

  /// The limit of a wait for the server, longer than those of the server, whose messages say why.
  private static final Duration ANSWER = Duration.ofSeconds(40);

  /// The limit of a read of few rows. It is that of a connection, after which no request waits.
  private static final Duration READ_ANSWER = LENDING;

  private static final Duration SCAN_ANSWER = Duration.ofMinutes(10);

  /// The limit of a beat. A node that gets no answer looks for another primary soon.
  private static final Duration BEAT_ANSWER = Duration.ofSeconds(5);

  private static final int SCANS = 4;
  private static final int ATTEMPTS = 3;

  /// The limits of a transaction that writes. They hold until its end, so that a node that stops
  /// inside does not keep its locks.
  private static final String SYNCED =
      "SET LOCAL idle_in_transaction_session_timeout = '5s'; SET LOCAL lock_timeout = '5s';"
          + " SET LOCAL statement_timeout = '30s'";

  private static final String RELAXED = SYNCED + "; SET LOCAL synchronous_commit = off";

  /// The beginning of a transaction that sees one state. Its consumer may take its time.
  private static final String ONE_STATE =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
          + " SET LOCAL idle_in_transaction_session_timeout = '10min';"
          + " SET LOCAL statement_timeout = 0";

  private final PrimaryFinder finder;
  private final HikariDataSource records;
  private final HikariDataSource scans;
  private final HikariDataSource beats;
  private final LongAdder statements = new LongAdder();
  private volatile boolean closed;

  /// The monotonic time of the first beat of those that failed in a row, or 0 after a success.
  private volatile long failedSince;

  /// Work on a connection.
  public interface Work<T> {
    /// Does the work.
    ///
    /// @throws SQLException as the driver throws it
    T run(PostgresConnection connection) throws SQLException;
  }

  private PostgresConnections(PostgresSettings settings, PrimaryFinder finder) {
    this.finder = finder;
    records =
        new PrimaryDataSource(finder, ANSWER).pool("records", settings.connections(), LENDING);
    scans = new PrimaryDataSource(finder, SCAN_ANSWER).pool("scans", SCANS, LENDING);
    beats = new PrimaryDataSource(finder, BEAT_ANSWER).pool("beats", 1, LENDING);
  }

  /// Opens connections to the primary.
  ///
  /// @throws StoreException with code `store-unusable` if no server is the primary, or the primary
  ///   may not be used; the message has the reason
  public static PostgresConnections open(PostgresSettings settings) {
    var finder = new PrimaryFinder(settings);
    try (Connection first = finder.open(ANSWER)) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "the database is {0}",
          first.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw unusable(PostgresFailures.reason(e), e);
    }
    return new PostgresConnections(settings, finder);
  }

  private static StoreException unusable(String why, @Nullable SQLException cause) {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE, "cannot open the store in PostgreSQL: " + why, cause);
  }

  /// Demands that the database cluster is the one in which the store was created, and has not gone
  /// back to an earlier timeline. Each later connection is compared with this one.
  ///
  /// @param systemIdentifier the system identifier at the creation
  /// @param timeline the greatest timeline that any node has recorded
  /// @throws StoreException with code `store-unusable` if it is another one, or went back
  public void require(long systemIdentifier, int timeline) {
    PrimaryFinder.Identity known = finder.known();
    if (known == null || known.systemIdentifier() != systemIdentifier) {
      throw unusable(
          "expected system identifier %d, found %d: the database was copied to another cluster"
                  .formatted(systemIdentifier, known == null ? 0 : known.systemIdentifier())
              + "; see 'vetting-cli cluster adopt'",
          null);
    }
    if (known.timeline() < timeline) {
      throw unusable(
          "expected timeline %d or later, found %d: the server was the primary before a promotion"
                  .formatted(timeline, known.timeline())
              + "; name the present one",
          null);
    }
  }

  /// Returns the timeline of the server.
  public int timeline() {
    PrimaryFinder.Identity known = finder.known();
    return known == null ? 0 : known.timeline();
  }

  /// Executes work that reads few rows, each statement of which sees the newest state. It is
  /// executed again if the connection is lost.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer
  public <T> T read(Work<T> work) {
    return read(READ_ANSWER, work);
  }

  private <T> T read(Duration answer, Work<T> work) {
    requireOpen();
    try {
      return lent(answer, work);
    } catch (SQLException e) {
      // The first try has waited for another connection, or for the answer, already.
      if (e instanceof SQLTransientConnectionException || !PostgresFailures.isCut(e)) {
        throw failure(READ, e);
      }
      LOG.log(System.Logger.Level.DEBUG, "a connection was lost: {0}", e.getMessage());
      evict();
    }
    return once(READ, answer, work);
  }

  /// Executes work on the connection that is for beats alone. Each statement is a transaction.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer
  public <T> T beat(Work<T> work) {
    requireOpen();
    try (Connection connection = beats.getConnection()) {
      T value = work.run(new PostgresConnection(connection, statements));
      failedSince = 0;
      return value;
    } catch (SQLException e) {
      failedSince = failedSince == 0 ? System.nanoTime() : failedSince;
      throw failure(WRITE, e);
    }
  }

  /// Executes one statement that changes rows and is a transaction of its own. It is not executed
  /// again.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer; the
  ///   statement may have been executed then
  public <T> T once(Work<T> work) {
    return once(WRITE, ANSWER, work);
  }

  private <T> T once(String tried, Duration answer, Work<T> work) {
    requireOpen();
    try {
      return lent(answer, work);
    } catch (SQLException e) {
      if (PostgresFailures.isLost(e)) {
        evict();
      }
      throw failure(tried, e);
    }
  }

  /// Discards the connections that are not in use. All are lost if the server ended.
  private void evict() {
    records.getHikariPoolMXBean().softEvictConnections();
  }

  /// The pool restores the limit of the connection.
  private <T> T lent(Duration answer, Work<T> work) throws SQLException {
    try (Connection connection = lend(records)) {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
      return work.run(new PostgresConnection(connection, statements));
    }
  }

  /// Lends a connection. Work of a request during a longer outage does not wait again and again.
  private Connection lend(HikariDataSource pool) throws SQLException {
    long since = failedSince;
    if (since != 0 && System.nanoTime() - since > LENDING.toNanos()) {
      throw new SQLTransientConnectionException("no answer in " + LENDING.toSeconds() + " s");
    }
    return pool.getConnection();
  }

  /// Executes work in a transaction and commits it. A failure of the work leaves nothing behind. If
  /// the server ends it in favor of another transaction, it is executed again. So it is if it
  /// waited for the lock of a node that stopped inside of a transaction.
  ///
  /// @param durability whether the commit is on disk, on the standby too, when this returns
  /// @throws StoreException as the work throws it, or with code `store-unavailable` if the database
  ///   does not answer before the commit; nothing is committed then
  public <T> TransactionOutcome<T> write(Batch.Durability durability, Work<T> work) {
    requireOpen();
    for (int attempt = 1; ; attempt++) {
      try {
        Connection connection = lend(records);
        try {
          return transact(connection, durability, work);
        } finally {
          // A failure here does not change the outcome.
          close(connection);
        }
      } catch (SQLException e) {
        boolean again =
            PostgresFailures.isDeadlock(e) || (PostgresFailures.isLocked(e) && endStalled());
        if (attempt == ATTEMPTS || !again) {
          throw failure(WRITE, e);
        }
      }
    }
  }

  /// Ends transactions of nodes that stopped sending within them.
  ///
  /// @return whether there were any
  public boolean endStalled() {
    return once(StalledTransactions::end);
  }

  private <T> TransactionOutcome<T> transact(
      Connection connection, Batch.Durability durability, Work<T> work) throws SQLException {
    T value;
    connection.setAutoCommit(false);
    try {
      var inside = new PostgresConnection(connection, statements);
      inside.execute(
          switch (durability) {
            case SYNCED -> SYNCED;
            case RELAXED -> RELAXED;
          });
      value = work.run(inside);
      connection.clearWarnings();
    } catch (SQLException | RuntimeException e) {
      rollback(connection);
      throw e;
    }
    try {
      connection.commit();
    } catch (SQLException e) {
      if (PostgresFailures.isLost(e)) {
        evict();
      }
      // Whatever the reason, the caller asks the database whether the commit is there.
      return new TransactionOutcome.Unknown<>(value, PostgresFailures.reason(e));
    }
    // A server that ends the wait for its standby commits nevertheless, and only warns.
    SQLWarning warning = connection.getWarnings();
    return warning == null
        ? new TransactionOutcome.Committed<>(value)
        : new TransactionOutcome.Unknown<>(value, PostgresFailures.reason(warning));
  }

  /// Executes work in a transaction that sees one state and writes nothing. It may take long.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer
  public <T> T scan(Work<T> work) {
    requireOpen();
    try (Connection connection = lend(scans)) {
      return work.run(oneState(connection));
    } catch (SQLException e) {
      throw failure(READ, e);
    }
  }

  private PostgresConnection oneState(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    var inside = new PostgresConnection(connection, statements);
    inside.execute(ONE_STATE);
    return inside;
  }

  /// Streams the rows of a query over one state. A result of one page is read at once. A longer one
  /// has a connection until its end, or until the stream is closed.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer
  public <T> Stream<T> stream(RowQuery<T> query) {
    List<T> first =
        read(
            ANSWER,
            connection ->
                connection.list(
                    query.sql() + " LIMIT " + (query.page() + 1),
                    query.reader(),
                    query.parameters().toArray()));
    if (first.size() <= query.page()) {
      return first.stream();
    }
    try {
      RowCursor<T> cursor = cursor(query);
      return StreamSupport.stream(cursor, false).onClose(cursor::close);
    } catch (SQLException e) {
      throw failure(READ, e);
    }
  }

  private <T> RowCursor<T> cursor(RowQuery<T> query) throws SQLException {
    Connection connection = lend(scans);
    try {
      return RowCursor.open(connection, oneState(connection), query);
    } catch (SQLException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  /// Returns new connections to the primary outside of the pools, for the library that changes the
  /// schema.
  public DataSource unpooled() {
    return new PrimaryDataSource(finder, SCAN_ANSWER);
  }

  /// Discards all connections that are not in use, and those in use after their work. The next one
  /// is a new one to the present primary. Called after a sign that the primary changed.
  public void renew() {
    finder.forget();
    for (HikariDataSource pool : List.of(records, scans, beats)) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /// Returns the number of statements that were sent, those that change the schema excepted.
  public long statements() {
    return statements.sum();
  }

  /// Refuses if the connections are closed.
  ///
  /// @throws StoreException with code `store-failed` if they are
  public void requireOpen() {
    if (closed) {
      throw PostgresFailures.closed();
    }
  }

  private StoreException failure(String tried, SQLException e) {
    return closed ? PostgresFailures.closed() : PostgresFailures.of(tried, e);
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a transaction ended by itself: {0}", e.getMessage());
    }
  }

  /// Closes a part of a connection. A failure is of no interest: nothing is read or written after.
  static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was not closed: {0}", e.getMessage());
    }
  }

  /// Closes all connections. Work that runs fails. Closing twice is allowed.
  @Override
  public void close() {
    closed = true;
    records.close();
    scans.close();
    beats.close();
  }
}
