package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.inspect.Findings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The bytes of a deleted version, which are not stored again.
class DeletedBytesTest {
  private final InterruptedStore interrupted =
      new InterruptedStore(new SnapshotViewStore(new InMemoryStore()), "findings");
  private final HostingFixture fixture = new HostingFixture(interrupted.store());
  private final CrateBuilder archive = crate("acme-core", "1.0.0");
  private final CrateId id = archive.id();

  @BeforeEach
  void publish() {
    assertThat(fixture.publish(ADA, archive)).isInstanceOf(Accepted.class);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void delete() {
    assertThat(fixture.hosted.changes().delete(ADA, id.name(), id.version(), "it has a password"))
        .isPresent();
  }

  /// The inspection has read the bytes before the deletion.
  @Test
  void anInspectionInProgressStoresItsFindingsAlone() {
    Findings made = fixture.store.findings(id.cksum()).orElseThrow();
    Findings older =
        new Findings(
            made.sha256(),
            made.inspectorVersion() - 1,
            made.problems(),
            made.facts(),
            made.signals(),
            made.capabilities(),
            made.trace());
    var _ = fixture.store.commit(Batch.synced(List.of(new Batch.Write.PutFindings(older))));
    interrupted.next(this::delete);

    var _ = fixture.tested.gate.admission().admit(id, Duration.ofMinutes(1));

    assertThat(fixture.store.findings(id.cksum())).get().matches(Findings::current);
    assertThat(fixture.store.hasArtifact(id.cksum())).isFalse();
    assertThat(fixture.tested.gate.artifactCache().take(id)).isEmpty();
  }

  @Test
  void anotherDeletionRemovesBytesThatWereImported() {
    delete();
    var _ = fixture.tested.gate.admission().importArtifact(id, archive.build());
    assertThat(fixture.store.hasArtifact(id.cksum())).isTrue();

    delete();

    assertThat(fixture.store.hasArtifact(id.cksum())).isFalse();
    assertThat(fixture.tested.gate.artifactCache().take(id)).isEmpty();
  }
}
