package lazaret.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows of uploads and artifacts.
class ArtifactRowsTest {
  private static final VerifiedCrate ARTIFACT = StoreSamples.artifact(1, 1_000);

  @TempDir Path folder;

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  private OpenStore open() {
    return OpenStore.open(server.settings(database), folder);
  }

  private long objects(int state) {
    return server.number(database, "SELECT count(*) FROM lazaret.object WHERE state = " + state);
  }

  private static void put(OpenStore open, Write... writes) {
    var _ = open.store().commit(Batch.synced(List.of(writes)));
  }

  @Test
  void uploadsAnArtifactOnce() {
    try (OpenStore one = open();
        OpenStore two = open()) {
      put(one, new Write.PutArtifact(ARTIFACT));
      put(two, new Write.PutArtifact(ARTIFACT));

      assertThat(objects(0)).isZero();
      assertThat(objects(1)).isEqualTo(1);
      assertThat(two.store().artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());
    }
  }

  @Test
  void aDroppedArtifactHasADeadObjectAndIsUploadedAgain() {
    try (OpenStore one = open()) {
      put(one, new Write.PutArtifact(ARTIFACT));
      put(one, new Write.DropArtifact(ARTIFACT.id().cksum()));
      assertThat(objects(1)).isZero();
      assertThat(objects(2)).isEqualTo(1);

      put(one, new Write.PutArtifact(ARTIFACT));
      put(one, new Write.DropArtifact(ARTIFACT.id().cksum()), new Write.PutArtifact(ARTIFACT));

      assertThat(objects(1)).isEqualTo(1);
      assertThat(objects(2)).isEqualTo(2);
      assertThat(one.store().artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());
      assertThat(one.store().checkEngine()).isEmpty();
    }
  }

  @Test
  void anUploadThatWasSweptIsNotStored() {
    try (OpenStore one = open();
        Store.BulkWriter bulk = one.store().bulk()) {
      for (int i = 0; i < 100; i++) {
        bulk.put(StoreSamples.artifact(i, 100));
      }
      server.execute(database, "UPDATE lazaret.object SET state = 2 WHERE state = 0");

      assertThatThrownBy(bulk::settle)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("found that they were swept");
      assertThat(one.store().counts().artifacts()).isZero();
    }
  }

  @Test
  void reportsAnArtifactWithoutALiveObject() {
    try (OpenStore one = open()) {
      put(one, new Write.PutArtifact(ARTIFACT));
      server.execute(database, "UPDATE lazaret.object SET state = 2");

      assertThat(one.store().checkEngine())
          .containsExactly("artifact " + ARTIFACT.id().cksum() + " has no live object");
    }
  }
}
