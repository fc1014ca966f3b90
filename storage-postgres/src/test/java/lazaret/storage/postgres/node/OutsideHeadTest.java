package lazaret.storage.postgres.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.CommitPosition;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideHeadTest {
  @TempDir Path folder;

  /// An object store that takes nothing until it is repaired.
  private static final class BrokenObjects implements ObjectStore {
    private volatile boolean repaired;

    /// A failure that no store should have.
    private volatile @Nullable RuntimeException defect;

    @Override
    public void put(ObjectKey key, Bytes bytes) throws ObjectStoreException {
      RuntimeException thrown = defect;
      if (thrown != null) {
        defect = null;
        throw thrown;
      }
      if (!repaired) {
        throw new ObjectStoreException("503", null);
      }
    }

    @Override
    public Optional<Bytes> get(ObjectKey key, int length) {
      return Optional.empty();
    }

    @Override
    public void delete(ObjectKey key) {
      // It has nothing.
    }

    @Override
    public List<ObjectKey> list(String beginning, String after) {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private final BrokenObjects objects = new BrokenObjects();

  /// Returns the heads of a node whose data folder does not exist.
  private OutsideHead head() {
    var registration = new NodeRows.Registration(1, UUID.randomUUID(), 7, 0, 0);
    var place = new OutsideHead.Place(registration, "a", folder.resolve("data"), () -> 1);
    OutsideHead head = new OutsideHead(objects, place, InstantSource.system());
    head.start();
    return head;
  }

  private static CommitPosition position(long counter) {
    return new CommitPosition(counter, UUID.randomUUID(), 0, LedgerEntry.GENESIS, 0);
  }

  @Test
  void decisionsEndWhileTheLastCommitHasNoRecord() throws IOException {
    try (OutsideHead head = head()) {
      head.requireRecord(Duration.ZERO);

      head.acknowledge(position(1));
      Duration first = head.unrecorded();
      head.acknowledge(position(2));

      assertThat(first).isPositive();
      assertThat(head.unrecorded()).as("since the first one").isGreaterThan(first);
      head.requireRecord(Duration.ofHours(1));
      assertThatThrownBy(() -> head.requireRecord(Duration.ofMillis(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("found none in the folder '" + folder.resolve("data") + "' or")
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_UNAVAILABLE);

      Files.createDirectory(folder.resolve("data"));

      PostgresServer.await(() -> head.unrecorded().isZero());
      head.requireRecord(Duration.ZERO);
      assertThat(head.lag()).as("the object is still missing").isPositive();
    }
  }

  @Test
  void theWriterContinuesAfterAnyFailure() {
    objects.repaired = true;
    objects.defect = new IllegalArgumentException("malformed");
    try (OutsideHead head = head()) {
      head.acknowledge(position(1));

      PostgresServer.await(() -> head.unrecorded().isZero());
      assertThat(objects.defect).isNull();
    }
  }

  @Test
  void anObjectIsARecordWithoutAFile() {
    objects.repaired = true;
    try (OutsideHead head = head()) {
      head.acknowledge(position(1));

      PostgresServer.await(() -> head.unrecorded().isZero());
      assertThat(head.lag()).isZero();
    }
  }
}
