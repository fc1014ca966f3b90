package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The proxy of the fault tests holds the statement that it was asked to hold.
class WireProxyTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.emptyDatabase();
  private PostgresWireProxy proxy;

  @BeforeEach
  void start() {
    proxy = PostgresWireProxy.before(server.address().port());
    server.execute(database, "CREATE TABLE word (text text)");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&gssEncMode=disable&prepareThreshold=0"
            .formatted(proxy.port(), database),
        PostgresServer.USER,
        "");
  }

  /// Inserts a text in a transaction of its own, on another thread.
  private FutureTask<Boolean> inserting(String text) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              insert(text);
              return true;
            });
    Thread.ofVirtual().start(task);
    return task;
  }

  private void insert(String text) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO word VALUES (?)")) {
        insert.setString(1, text);
        int _ = insert.executeUpdate();
      }
      connection.commit();
    }
  }

  private long words() {
    return server.number(database, "SELECT count(*) FROM word");
  }

  @Test
  void holdsACommitByATextOfItsTransaction() throws Exception {
    Hold hold = new Hold();
    proxy.holdRequest(PostgresWireProxy.Statement.first("second", "COMMIT"), hold);

    insert("first");
    FutureTask<Boolean> task = inserting("second");
    hold.awaitReached();
    insert("third");

    assertThat(words()).isEqualTo(2);
    assertThat(task.isDone()).isFalse();
    hold.release();
    assertThat(task.get()).isTrue();
    assertThat(words()).isEqualTo(3);
  }

  @Test
  void holdsTheReplyOfACommitThatIsDone() throws Exception {
    Hold hold = new Hold();
    proxy.holdReply(new PostgresWireProxy.Statement("", "COMMIT", 2), hold);

    insert("first");
    assertThat(hold.awaitReached(SHORT)).isFalse();
    FutureTask<Boolean> task = inserting("second");
    hold.awaitReached();

    assertThat(words()).isEqualTo(2);
    assertThat(task.isDone()).isFalse();
    proxy.drop();
    hold.release();
    assertThatThrownBy(task::get).hasCauseInstanceOf(SQLException.class);
    assertThat(words()).isEqualTo(2);
  }

  @Test
  void nothingPassesWhileClientsAreParted() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      proxy.part();
      FutureTask<Boolean> task =
          new FutureTask<>(() -> statement.execute("INSERT INTO word VALUES ('parted')"));
      Thread.ofVirtual().start(task);
      Thread.sleep(SHORT);

      assertThat(task.isDone()).isFalse();
      assertThat(words()).isZero();
      proxy.heal();

      assertThat(task.get()).isFalse();
      assertThat(words()).isEqualTo(1);
    }
  }
}
