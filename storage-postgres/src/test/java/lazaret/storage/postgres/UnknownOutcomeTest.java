package lazaret.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commits whose answer is lost, or that the standby did not confirm.
class UnknownOutcomeTest {
  @TempDir Path folder;

  private PostgresServer server;
  private String database;
  private OpenStore open;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    server = PostgresServer.start();
    database = server.newDatabase();
    open = OpenStore.open(server.settings(database), folder);
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void close() {
    if (server == null) {
      return;
    }
    setStandby("");
    threads.close();
    open.close();
    server.close();
  }

  /// Makes commits wait for a standby of a name; an empty name ends the wait.
  private void setStandby(String name) {
    server.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
    server.execute("postgres", "SELECT pg_reload_conf()");
  }

  private Future<List<LedgerEntry>> commit() {
    return threads.submit(
        () ->
            open.store().commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("n"))))));
  }

  /// Waits until a commit waits for the standby.
  ///
  /// @param not the process of the server that waited before
  /// @return the process of the server
  private long waiting(long not) {
    String query =
        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = '%s'"
                .formatted(database)
            + " AND pid <> "
            + not;
    PostgresServer.await(() -> server.number("postgres", query) > 0);
    return server.number("postgres", query);
  }

  @Test
  void acknowledgesAfterTheStandbyConfirmedIfTheWaitWasCanceled() throws Exception {
    setStandby("missing");
    Future<List<LedgerEntry>> commit = commit();
    long first = waiting(0);

    server.execute("postgres", "SELECT pg_cancel_backend(" + first + ")");
    // The commit is there now, and the question whether it is waits for the standby in its place.
    PostgresServer.await(() -> server.number(database, "SELECT counter FROM lazaret.cluster") == 1);
    long _ = waiting(0);
    assertThat(commit.isDone()).isFalse();
    setStandby("");

    assertThat(commit.get()).hasSize(1);
    assertThat(open.node().doubted()).containsExactly(1L);
    assertThat(open.node().positions()).hasSize(1);
    assertThat(open.store().ledgerHead()).isPresent();
  }

  @Test
  void findsACommitWhoseConnectionWasLost() throws Exception {
    setStandby("missing");
    Future<List<LedgerEntry>> commit = commit();
    long first = waiting(0);

    server.execute("postgres", "SELECT pg_terminate_backend(" + first + ")");
    long _ = waiting(first);
    setStandby("");

    assertThat(commit.get()).hasSize(1);
    assertThat(open.node().doubted()).containsExactly(1L);
    assertThat(server.number(database, "SELECT count(*) FROM lazaret.ledger")).isEqualTo(1);
  }

  @Test
  void aTransactionThatEndedBeforeItsCommitIsNotMade() throws Exception {
    try (Connection other = server.connect(database);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      boolean _ = statement.execute("SELECT 1 FROM lazaret.cluster FOR UPDATE");
      Future<List<LedgerEntry>> ended = commit();
      String waits =
          "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '%s'"
              .formatted(database);
      PostgresServer.await(() -> server.number("postgres", waits) > 0);
      server.execute(
          "postgres", "SELECT pg_terminate_backend(" + server.number("postgres", waits) + ")");

      assertThatThrownBy(ended::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    assertThat(open.store().ledgerHead()).isEmpty();
    assertThat(open.node().doubted()).isEmpty();
    assertThat(commit().get()).hasSize(1);
  }

  @Test
  void readsAgainOnAnotherConnection() {
    var _ = open.store().commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("n")))));

    for (int i = 0; i < 5; i++) {
      server.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
              .formatted(database));
      assertThat(open.store().ledgerHead()).isPresent();
    }
  }

  @Test
  void goesOnAfterARestartOfTheServer() {
    var append = new Write.Append(StoreSamples.notice("n"));
    var _ = open.store().commit(Batch.synced(List.of(append)));
    server.stop();
    assertThatThrownBy(() -> open.store().commit(Batch.synced(List.of(append))))
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNAVAILABLE);

    server.begin();

    assertThat(open.store().commit(Batch.synced(List.of(append))))
        .extracting(LedgerEntry::sequence)
        .containsExactly(2L);
  }
}
