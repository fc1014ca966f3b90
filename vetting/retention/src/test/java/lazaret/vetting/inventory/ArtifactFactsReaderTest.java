package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.RetentionFixture.names;
import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.index.StoredLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactFactsReaderTest {
  private final RetentionFixture fixture = new RetentionFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Optional<ArtifactFacts> facts(CrateId id) {
    StoredLine line = fixture.store.crate(id.name()).orElseThrow().line(id.version()).orElseThrow();
    return fixture.facts.read(line, ArtifactRow.TODAY.plusDays(1), true);
  }

  private CrateId imported(String name, String path) {
    CrateId id = fixture.station.publish(name, "1.0.0", 100);
    Bytes index = fixture.station.registry.index(path).orElseThrow();
    Bytes crate = fixture.station.registry.artifact(name, "1.0.0").orElseThrow();
    fixture.station.desk.imports().index(id.name(), index);
    assertThat(fixture.station.desk.imports().artifact(id.name(), id.version(), crate)).isEmpty();
    return id;
  }

  @Test
  void readsTheFactsOfADownloadedArtifact() {
    CrateId id = fixture.stored("alpha");

    assertThat(facts(id))
        .contains(
            new ArtifactFacts(
                id,
                fixture.store.artifactBytes(id.cksum()).orElseThrow(),
                ArtifactRow.TODAY,
                true,
                ArtifactRow.NOW.minus(Duration.ofDays(100)),
                ArtifactOrigin.UPSTREAM));
  }

  @Test
  void versionWithoutAnArtifactHasNone() {
    CrateId id = fixture.station.publish("alpha", "1.0.0", 100);
    String _ = fixture.station.index("alpha");

    assertThat(facts(id)).isEmpty();
  }

  @Test
  void importedArtifactIsRemovedByItsOrigin() {
    CrateId fetched = fixture.stored("alpha");
    CrateId imported = imported("beta", "be/ta/beta");
    assertThat(facts(imported))
        .hasValueSatisfying(
            found -> {
              assertThat(found.origin()).isEqualTo(ArtifactOrigin.IMPORT);
              assertThat(found.recorded()).isFalse();
              assertThat(found.used()).isEqualTo(ArtifactRow.TODAY.plusDays(1));
            });
    RetentionRules imports = rules("[[rule]]\nname = \"imports\"\norigin = \"import\"\n");

    RetentionPlan plan = fixture.plan(imports);

    assertThat(names(plan.removals())).containsExactly("beta imports");
    assertThat(fixture.removal.remove(plan.removals().getFirst(), imports))
        .isEqualTo(ArtifactRemoval.Outcome.REMOVED);
    assertThat(fixture.isStored(fetched)).isTrue();
    assertThat(fixture.store.deskRows().find(DeskTable.IMPORTED_ARTIFACTS, imported.cksum().hex()))
        .as("a later fetch has another origin")
        .isEmpty();
  }
}
