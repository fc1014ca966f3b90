package lazaret.storage.postgres.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PgBouncer;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.ProvidedStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes whose database stops, has no standby, or is no longer the primary.
class NodeFaultsTest {
  private static final String WAITS =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

  @TempDir Path folder;

  private static SharedState shared(Store store) {
    return store.shared().orElseThrow();
  }

  private static void setStandby(PostgresServer server, String name) {
    server.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
    server.execute("postgres", "SELECT pg_reload_conf()");
  }

  private static void awaitStandby(PostgresServer primary) {
    PostgresServer.await(
        () ->
            primary.number(
                    "postgres",
                    "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                == 1);
  }

  @Test
  void aNodeIsBehindWhileTheDatabaseIsDown() {
    try (PostgresServer server = PostgresServer.start()) {
      try (Store store = ClusterStores.on(server, folder).open("one").store()) {
        List<StoreChange> seen = new CopyOnWriteArrayList<>();
        shared(store).follow(seen::addAll);
        server.stop();

        PostgresServer.await(() -> !shared(store).isCurrent());
        assertThatThrownBy(() -> shared(store).refresh())
            .isInstanceOf(StoreException.class)
            .extracting(e -> ((StoreException) e).code())
            .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        PostgresServer.await(() -> refusal(store).contains("no answer in 10 s"));
        server.begin();

        PostgresServer.await(() -> shared(store).isCurrent());
        // A server that was started again may have been restored.
        assertThat(seen).contains(StoreChange.EVERYTHING);
        assertThat(store.condition().withholds()).isFalse();
      }
    }
  }

  private static String refusal(Store store) {
    StoreException refused = catchThrowableOfType(StoreException.class, store::tokens);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void aNodeIsBehindWhileNoStandbyConfirmsAndLeavesFewProcesses() {
    try (PostgresServer server = PostgresServer.start()) {
      try (Store store = ClusterStores.on(server, folder).open("one").store()) {
        setStandby(server, "missing");

        PostgresServer.await(() -> !shared(store).isCurrent());
        LockSupport.parkNanos(Duration.ofSeconds(15).toNanos());
        assertThat(shared(store).isCurrent()).isFalse();
        assertThat(server.number("postgres", WAITS)).isBetween(1L, 3L);
        setStandby(server, "");

        PostgresServer.await(() -> shared(store).isCurrent());
      }
    }
  }

  @Test
  void aBeatThatTheServerDidNotWaitForDoesNotCount() {
    try (PostgresServer server = PostgresServer.start()) {
      try (Store store = ClusterStores.on(server, folder).open("one").store()) {
        setStandby(server, "missing");
        PostgresServer.await(() -> server.number("postgres", WAITS) == 1);

        server.execute(
            "postgres",
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");

        PostgresServer.await(() -> !shared(store).isCurrent());
        assertThat(shared(store).isCurrent()).isFalse();
        setStandby(server, "");
        PostgresServer.await(() -> shared(store).isCurrent());
      }
    }
  }

  /// The pooler keeps its connections to the node, so that none of them is new. The next one shows
  /// that commits do not wait for a standby any more.
  @Test
  @Tag("all")
  void aServerThatWasStartedAgainBehindAPoolerIsChecked() {
    try (PostgresServer server = PostgresServer.start();
        PgBouncer bouncer = PgBouncer.start(server, 4)) {
      ClusterStores stores =
          ClusterStores.on(server, folder).with(List.of(bouncer.address()), Duration.ofSeconds(60));
      try (Store store = stores.open("one").store()) {
        server.execute(
            "postgres", "ALTER ROLE " + PostgresServer.USER + " SET synchronous_commit = 'local'");
        server.stop();
        server.begin();

        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(() -> shared(store).refresh()).isInstanceOf(StoreException.class);
        }
      }
    }
  }

  /// A former primary does not have the rows of later uploads, and calls their objects unnamed.
  @Test
  void aSweepThatTheStandbyDoesNotConfirmDeletesNothing() {
    try (PostgresServer server = PostgresServer.start()) {
      ClusterStores stores = ClusterStores.on(server, folder);
      ProvidedStore open = stores.open("one");
      try (Store store = open.store()) {
        VerifiedCrate crate = StoreSamples.artifact(1, 5_000);
        var _ = store.commit(Batch.synced(List.of(new Write.PutArtifact(crate))));
        var _ = store.commit(Batch.synced(List.of(new Write.DropArtifact(crate.id().cksum()))));
        server.execute(stores.database(), "UPDATE lazaret.object SET at = at - interval '2 days'");
        setStandby(server, "missing");
        PostgresServer.await(() -> server.number("postgres", WAITS) > 0);
        FutureTask<Boolean> sweep =
            new FutureTask<>(
                () -> {
                  open.tasks().sweep();
                  return true;
                });
        Thread _ = Thread.ofVirtual().start(sweep);

        PostgresServer.await(
            () -> {
              server.execute(
                  "postgres",
                  "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                      + " WHERE wait_event = 'SyncRep'");
              return sweep.isDone();
            });

        assertThatThrownBy(sweep::get).hasCauseInstanceOf(StoreException.class);
        assertThat(
                server.number(
                    stores.database(), "SELECT count(*) FROM lazaret.object WHERE state = 2"))
            .isEqualTo(1);
        setStandby(server, "");
        PostgresServer.await(() -> shared(store).isCurrent());
        open.tasks().sweep();
        assertThat(server.number(stores.database(), "SELECT count(*) FROM lazaret.object"))
            .isZero();
      }
    }
  }

  @Test
  void aNodeOfAFormerPrimaryIsBehindAndTheOthersFollowThePromotion() {
    try (PostgresServer former = PostgresServer.start()) {
      ClusterStores stores = ClusterStores.on(former, folder);
      try (PostgresServer promoted = former.standby()) {
        setStandby(former, "*");
        awaitStandby(former);
        ClusterStores both =
            stores.with(List.of(former.address(), promoted.address()), ClusterStores.MAX_STALENESS);
        try (Store cut = stores.open("cut").store();
            Store other = both.open("other").store()) {
          promoted.promote();

          PostgresServer.await(() -> !shared(cut).isCurrent());
          PostgresServer.await(() -> shared(other).isCurrent());
          // A connection to the former primary may be in use until the node has replaced it. The
          // promoted server has no standby of its own.
          PostgresServer.await(() -> commits(other));
          assertThat(other.condition().withholds()).isFalse();
          LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
          assertThat(shared(cut).isCurrent()).isFalse();
          PostgresServer.await(() -> shared(other).isCurrent());
          // The end of the node would wait for the standby.
          setStandby(former, "");
        }
      }
    }
  }

  private static boolean commits(Store store) {
    try {
      var _ =
          store.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("promoted")))));
      return true;
    } catch (StoreException _) {
      return false;
    }
  }
}
