package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.retention.ArtifactsReply;
import lazaret.vetting.deskapi.retention.KeptReason;
import lazaret.vetting.deskapi.retention.RemovedArtifactInfo;
import lazaret.vetting.deskapi.retention.StoredArtifactInfo;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RemovedArtifact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArtifactLookupTest {
  private static final RetentionRules UNUSED = rules(RetentionFixture.UNUSED);

  private static ArtifactLookup lookup(RetentionFixture fixture) {
    return new ArtifactLookup(fixture.station.parts, fixture.facts, fixture.kept);
  }

  private static ArtifactRow row(String name, int unused) {
    return ArtifactRow.of(name, "1.0.0", 100, 100, unused);
  }

  private static List<String> names(ArtifactsReply reply) {
    return reply.artifacts().stream().map(each -> each.name().published()).toList();
  }

  @Test
  void statesUseReasonsAndRule() {
    try (RetentionFixture fixture = RetentionFixture.ofRows()) {
      ArtifactRow due = row("alpha", 90);
      ArtifactRow fresh = row("beta", 1);
      ArtifactRow unknown = row("gamma", -1);
      fixture.put(due, fresh, unknown);

      ArtifactsReply reply = lookup(fixture).find(null, null, 100, UNUSED);

      assertThat(reply.artifacts())
          .containsExactly(
              info(due, List.of(), "unused"), info(fresh, List.of(), null), unknown(unknown));
      assertThat(reply.total()).isEqualTo(3);
      assertThat(reply.next()).isNull();
      assertThat(reply.removed()).isEmpty();
      assertThat(lookup(fixture).find(null, null, 100, null).artifacts())
          .allSatisfy(each -> assertThat(each.rule()).isNull());
      assertThat(fixture.store.artifactUse(unknown.cksum())).as("a look records none").isEmpty();
    }
  }

  private static StoredArtifactInfo info(
      ArtifactRow row, List<KeptReason> kept, @Nullable String rule) {
    return new StoredArtifactInfo(
        row.id().name(),
        row.id().version(),
        row.cksum(),
        100,
        ArtifactRow.TODAY.minusDays(row.unused()),
        kept,
        List.of(),
        rule);
  }

  private static StoredArtifactInfo unknown(ArtifactRow row) {
    return new StoredArtifactInfo(
        row.id().name(), row.id().version(), row.cksum(), 100, null, List.of(), List.of(), null);
  }

  @Test
  void protectedArtifactHasItsReasonsAndNoRule() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      fixture.sent("app/Cargo.lock", id);
      fixture.pass(40);

      StoredArtifactInfo info =
          lookup(fixture).find(id.name(), null, 100, UNUSED).artifacts().getFirst();

      assertThat(info.kept()).containsExactly(KeptReason.LOCKFILE);
      assertThat(info.lockfiles()).containsExactly("app/Cargo.lock");
      assertThat(info.rule()).isNull();
    }
  }

  @Test
  void listsRemovedArtifactsOfItsCrates() {
    try (RetentionFixture fixture = RetentionFixture.ofRows()) {
      ArtifactRow kept = row("alpha", 1);
      ArtifactRow gone = row("beta", 90);
      fixture.put(kept, gone);
      fixture.write(
          new Write.DropArtifact(gone.cksum()),
          new Write.PutRemoved(new RemovedArtifact(gone.id(), 100, ArtifactRow.NOW, "unused")),
          // Stored again since.
          new Write.PutRemoved(new RemovedArtifact(kept.id(), 100, ArtifactRow.NOW, "unused")));

      ArtifactsReply reply = lookup(fixture).find(null, null, 100, UNUSED);

      assertThat(names(reply)).containsExactly("alpha");
      assertThat(reply.removed())
          .containsExactly(
              new RemovedArtifactInfo(
                  gone.id().name(),
                  gone.id().version(),
                  gone.cksum(),
                  100,
                  ArtifactRow.NOW,
                  "unused"));
    }
  }

  @Test
  void listsInPartsOfWholeCrates() {
    try (RetentionFixture fixture = RetentionFixture.ofRows()) {
      List<String> all = List.of("alpha", "beta", "beta-two", "delta", "epsilon");
      fixture.put(all.stream().map(name -> row(name, 1)).toArray(ArtifactRow[]::new));
      List<String> found = new ArrayList<>();
      ArtifactsReply part = lookup(fixture).find(null, null, 2, null);
      found.addAll(names(part));
      assertThat(found).hasSize(2);
      for (String next = part.next(); next != null; next = part.next()) {
        part = lookup(fixture).find(null, next, 2, null);
        found.addAll(names(part));
      }

      assertThat(found).isEqualTo(all);
      assertThat(names(lookup(fixture).find(CrateName.parse("Beta_Two"), null, 2, null)))
          .containsExactly("beta-two");
      assertThat(names(lookup(fixture).find(CrateName.parse("unknown"), null, 2, null))).isEmpty();
    }
  }

  @Test
  void readsOnlyAPositionThatIsAName() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      assertThatThrownBy(() -> lookup(fixture).find(null, "no name", 2, null))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected `next` of the previous part as `after`");
    }
  }
}
