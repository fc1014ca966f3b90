package lazaret.vetting.hosting.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationMetadata;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The search of a gate that serves snapshots. Its store keeps the rows of all bundles.
class HostedSearchTest {
  private static final Instant AT = Instant.parse("2026-12-01T10:00:00Z");
  private static final CrateName CORE = CrateName.parse("acme-core");

  private final SnapshotViewStore store = new SnapshotViewStore(new InMemoryStore());
  private final HostedSearch search =
      new HostedSearch(
          store,
          new StoredNameOrigins(store, new PatternOrigins(List.of(), List.of(), List.of()), false));

  @BeforeEach
  void bring() {
    commit(PublicationRows.put(new HostedName(CORE, AT, "ada", "bundle:company")));
    for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
      commit(PublicationRows.put(publication(version, PublicationState.LIVE)));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void commit(Write... writes) {
    store.commit(Batch.synced(List.of(writes)));
  }

  private static CrateId id(String version) {
    return new CrateId(CORE, CrateVersion.parse(version), Sha256.of(Bytes.utf8(version)));
  }

  private static Publication publication(String version, PublicationState state) {
    return new Publication(
        id(version),
        "{\"name\":\"acme-core\"}",
        state,
        AT,
        new Provenance("ada", "ada", null, null, null),
        PublicationMetadata.NONE,
        null);
  }

  private static SnapshotLine line(String version, boolean allows, boolean yanked) {
    String text =
        ("{\"name\":\"acme-core\",\"vers\":\"%s\",\"deps\":[],\"cksum\":\"%s\","
                + "\"features\":{},\"yanked\":%b}\n")
            .formatted(version, id(version).cksum().hex(), yanked);
    IndexEntry entry =
        IndexFile.parse(CORE, Bytes.utf8(text), IndexLimits.DEFAULT).entries().getFirst();
    return new SnapshotLine(
        entry,
        VerificationStatement.of(
            new VerificationStatement.Claim(
                entry.id(), allows, 0, Sha256.of(Bytes.utf8("policy")), List.of())));
  }

  private static SnapshotLine allowed(String version) {
    return line(version, true, false);
  }

  private void serve(long sequence, SnapshotLine... lines) {
    commit(new Write.PutSnapshotCrate(sequence, new SnapshotCrate(CORE, List.of(lines))));
    serveAgain(sequence);
  }

  private void serveAgain(long sequence) {
    commit(new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8(Long.toString(sequence))));
  }

  private String newest() {
    return search.find("acme", 10).hits().getFirst().newest();
  }

  private List<String> versions() {
    List<String> all = new ArrayList<>();
    for (Publication each : search.versions(CORE)) {
      all.add(each.version().text() + " " + each.state().code());
    }
    return all;
  }

  @Test
  void aVersionThatABundleWithdrewIsNotTheNewest() {
    serve(1, allowed("1.0.0"), allowed("1.1.0"), allowed("1.2.0"));
    assertThat(newest()).isEqualTo("1.2.0");

    serve(2, allowed("1.0.0"), line("1.1.0", false, false));
    assertThat(newest()).as("1.1.0 is denied, 1.2.0 is gone").isEqualTo("1.0.0");
    assertThat(versions()).containsExactly("1.0.0 live");

    serveAgain(1);
    assertThat(newest()).as("after a rollback").isEqualTo("1.2.0");
    assertThat(versions()).hasSize(3);
  }

  @Test
  void aVersionIsYankedAsTheServedSnapshotHasIt() {
    commit(PublicationRows.put(publication("1.1.0", PublicationState.YANKED)));
    serve(1, allowed("1.0.0"), allowed("1.1.0"));
    serve(2, allowed("1.0.0"), line("1.1.0", true, true));
    assertThat(newest()).isEqualTo("1.0.0");
    assertThat(versions()).containsExactly("1.0.0 live", "1.1.0 yanked");

    serveAgain(1);

    assertThat(newest()).isEqualTo("1.1.0");
    assertThat(versions()).containsExactly("1.0.0 live", "1.1.0 live");
  }

  @Test
  void aDeniedVersionIsNotTheNewest() {
    serve(1, allowed("1.0.0"), allowed("1.1.0"));
    commit(
        new Write.Append(
            new Decision(
                Decision.Kind.DENY,
                id("1.1.0"),
                AT,
                "ann",
                "it is malware",
                null,
                List.of(),
                List.of())));

    assertThat(newest()).isEqualTo("1.0.0");
  }
}
