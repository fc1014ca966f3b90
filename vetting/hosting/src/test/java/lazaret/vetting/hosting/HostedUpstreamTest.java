package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostedUpstreamTest {
  private final HostingFixture fixture = new HostingFixture();
  private final RecordingUpstream behind = new RecordingUpstream();
  private final Upstream upstream =
      HostedUpstream.before(behind, fixture.store, fixture.origins, HostingFixture.ADDRESSES);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theIndexFileIsThatOfTheRowsAndHasATag() {
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    CrateName name = CrateName.parse("acme_core");
    Bytes file = PublicationRows.file(fixture.hosted.rows().versions(name));

    IndexResponse.Fresh fresh = (IndexResponse.Fresh) upstream.index(name, Validators.NONE);

    assertThat(fresh.body()).isEqualTo(file);
    assertThat(upstream.index(name, fresh.validators()))
        .isInstanceOf(IndexResponse.NotModified.class);
    assertThat(fixture.yank(ADA, "acme-core", "1.0.0", true)).isInstanceOf(Accepted.class);
    assertThat(upstream.index(name, fresh.validators())).isInstanceOf(IndexResponse.Fresh.class);
  }

  @Test
  void publicNamesArePassedOn() {
    CrateId id = crate("serde", "1.0.0").id();

    assertThat(upstream.index(id.name(), Validators.NONE)).isInstanceOf(IndexResponse.Absent.class);
    assertThat(upstream.artifact(id)).isInstanceOf(ArtifactResponse.Absent.class);

    assertThat(behind.asked).containsExactly("serde", "serde");
  }

  /// No spelling of a private or reserved name reaches the upstream behind.
  @Test
  void noOtherNameReachesTheUpstreamBehind() {
    assertThat(fixture.publish(ADA, crate("solo-crate", "1.0.0"))).isInstanceOf(Accepted.class);
    Random random = new Random(22);
    CrateId id = crate("x", "1.0.0").id();
    List<String> names =
        List.of("solo-crate", "acme-core", "acme-x-y", "internal-secret", "internal-");

    for (int i = 0; i < 2_000; i++) {
      StringBuilder spelled = new StringBuilder();
      for (char c : names.get(random.nextInt(names.size())).toCharArray()) {
        String other =
            switch (random.nextInt(3)) {
              case 0 -> String.valueOf(c).toUpperCase(Locale.ROOT);
              case 1 -> c == '-' ? "_" : String.valueOf(c);
              default -> String.valueOf(c);
            };
        spelled.append(other);
      }
      CrateName name = CrateName.parse(spelled.toString());
      IndexResponse _ = upstream.index(name, Validators.NONE);
      ArtifactResponse _ = upstream.artifact(new CrateId(name, id.version(), id.cksum()));
    }

    assertThat(behind.asked).isEmpty();
  }

  /// An owner yanks a version after its file was read, and before the file is merged.
  @Test
  void aYankDuringARefreshStays() {
    InterruptedStore interrupted =
        new InterruptedStore(new SnapshotViewStore(new InMemoryStore()), "revision");
    try (HostingFixture other = new HostingFixture(interrupted.store())) {
      CrateName name = crate("acme-core", "1.0.0").id().name();
      assertThat(other.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
      Freshness old = new Freshness(Validators.NONE, Instant.EPOCH, Instant.EPOCH);
      var _ = other.store.commit(Batch.synced(List.of(new Batch.Write.PutFreshness(name, old))));
      other.tested.gate.files().evict(name);
      interrupted.next(
          () ->
              assertThat(other.yank(ADA, "acme-core", "1.0.0", true)).isInstanceOf(Accepted.class));

      assertThat(other.index("acme-core")).contains("\"yanked\":true");
      assertThat(other.notices()).contains(Notice.Kind.VERSION_YANKED_HERE);
    }
  }
}
