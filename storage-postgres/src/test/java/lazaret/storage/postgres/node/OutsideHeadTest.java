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
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import lazaret.storage.objects.ObjectHead;
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
    private final SortedMap<ObjectKey, Bytes> all = new ConcurrentSkipListMap<>();
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
      all.put(key, bytes);
    }

    @Override
    public Optional<Bytes> get(ObjectKey key, int length) {
      return Optional.ofNullable(all.get(key));
    }

    @Override
    public void delete(ObjectKey key) {
      all.remove(key);
    }

    @Override
    public List<ObjectKey> list(String beginning, String after) {
      return all.keySet().stream()
          .filter(key -> key.name().startsWith(beginning) && key.name().compareTo(after) > 0)
          .toList();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private final BrokenObjects objects = new BrokenObjects();
  private final NodeRows.Registration registration =
      new NodeRows.Registration(1, UUID.randomUUID(), 7, 0, 0);

  /// Returns the heads of a node whose data folder does not exist.
  private OutsideHead head() {
    var place = new OutsideHead.Place(registration, "a", folder.resolve("data"), () -> 1);
    OutsideHead head = new OutsideHead(objects, place, InstantSource.system());
    head.start();
    return head;
  }

  private static CommitPosition position(long counter) {
    return position(counter, 0);
  }

  private static CommitPosition position(long counter, int losses) {
    return new CommitPosition(counter, UUID.randomUUID(), 0, LedgerEntry.GENESIS, losses);
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

  /// The counters of lost writes can come again if the heads were not read before.
  @Test
  void theFirstWriteAfterAnAcceptedLossIsTheLast() throws IOException {
    objects.repaired = true;
    Files.createDirectory(folder.resolve("data"));
    try (OutsideHead head = head()) {
      head.acknowledge(position(5));
      head.acknowledge(position(6));
      PostgresServer.await(() -> head.lag().isZero());

      head.acknowledge(position(3, 1));

      PostgresServer.await(() -> head.lag().isZero());
      assertThat(head.greatest(1)).isEqualTo(3);
      assertThat(objects.all.keySet()).extracting(ObjectKey::name).anyMatch(n -> n.endsWith("03"));
    }
    Path file = folder.resolve("data/lazaret-head-" + registration.cluster());
    assertThat(ObjectHead.decode(Bytes.of(Files.readAllBytes(file))).counter()).isEqualTo(3);
    Files.delete(file);

    try (OutsideHead again = head()) {
      assertThat(again.all()).extracting(ObjectHead::counter).containsExactly(3L);
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
