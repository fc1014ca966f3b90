package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.RetentionFixture.names;
import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inventory.RetentionPlan.Count;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
  private static final String LIMIT = "max-size = \"%d\"\n";

  private final RetentionFixture fixture = RetentionFixture.ofRows();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ArtifactRow row(String name, int bytes, int unused) {
    return ArtifactRow.of(name, "1.0.0", bytes, 100, unused);
  }

  @Test
  void firstRuleThatMatchesRemoves() {
    fixture.put(row("alpha", 100, 90), row("beta", 200, 90), row("gamma", 200, 2));

    RetentionPlan plan =
        fixture.plan(
            rules(
                """
                [[rule]]
                name = "large"
                larger-than = "150"
                unused-for = "60d"

                [[rule]]
                name = "unused"
                unused-for = "30d"
                """));

    assertThat(names(plan.removals())).containsExactly("alpha unused", "beta large");
    assertThat(plan.counts())
        .containsOnly(
            Map.entry("unused", new Count(1, 100)), Map.entry("large", new Count(1, 200)));
    assertThat(plan.artifacts()).isEqualTo(3);
    assertThat(plan.bytes()).isEqualTo(500);
  }

  @Test
  void removesTheLongestUnusedForTheLimitThenTheLarger() {
    fixture.put(
        row("alpha", 100, 3), row("beta", 100, 9), row("gamma", 300, 3), row("delta", 500, 0));

    // 1,000 bytes are stored. Of 800, 760 are left at most: beta, then gamma.
    assertThat(names(fixture.plan(rules(LIMIT.formatted(800))).removals()))
        .containsExactly("beta max-size", "gamma max-size");
    assertThat(fixture.plan(rules(LIMIT.formatted(1_000))).removals()).isEmpty();
  }

  @Test
  void rulesRemoveBeforeTheLimitDoes() {
    fixture.put(row("alpha", 400, 90), row("beta", 100, 9), row("gamma", 300, 3));

    assertThat(
            names(fixture.plan(rules(LIMIT.formatted(350) + RetentionFixture.UNUSED)).removals()))
        .containsExactly("alpha unused", "beta max-size");
  }

  @Test
  void statesTheBytesThatNothingMayRemove() {
    fixture.put(row("alpha", 900, 90), row("beta", 100, 90));
    fixture.write(
        new Write.PutDeskRow(
            new DeskRow(DeskTable.LINE_NOTES, "alpha 1.0.0/00000001", Bytes.utf8("{}"))));

    RetentionPlan plan = fixture.plan(rules(LIMIT.formatted(500)));

    assertThat(names(plan.removals())).containsExactly("beta max-size");
    assertThat(plan.excess()).isEqualTo(400);
    assertThat(plan.complete()).isTrue();
  }

  @Test
  void recordsArtifactsWithoutAUseAsUsedToday() {
    ArtifactRow unknown = row("alpha", 100, -1);
    ArtifactRow known = row("beta", 100, 90);
    fixture.put(unknown, known);
    RetentionRules unused = rules(RetentionFixture.UNUSED);

    assertThat(names(fixture.plan(unused).removals())).containsExactly("beta unused");

    assertThat(fixture.store.artifactUse(unknown.cksum()))
        .contains(new ArtifactUse(unknown.cksum(), ArtifactRow.TODAY));
    assertThat(fixture.store.artifactUse(known.cksum()))
        .contains(new ArtifactUse(known.cksum(), ArtifactRow.TODAY.minusDays(90)));
    fixture.pass(30);
    assertThat(names(fixture.plan(unused).removals())).containsExactly("beta unused");
    fixture.pass(1);
    assertThat(names(fixture.plan(unused).removals()))
        .containsExactly("alpha unused", "beta unused");
  }

  @Test
  void passThatMustEndRemovesNothing() {
    fixture.put(row("alpha", 100, 90));

    RetentionPlan plan = fixture.planner(10).plan(rules(RetentionFixture.UNUSED), () -> false);

    assertThat(plan.removals()).isEmpty();
    assertThat(plan.complete()).isFalse();
  }

  @Test
  void passesOverSeveralPagesOfCrates() {
    List<ArtifactRow> rows = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      rows.add(row("c-%03d".formatted(i), 100, i % 2 == 0 ? 90 : 1));
    }
    fixture.put(rows.toArray(ArtifactRow[]::new));

    RetentionPlan plan = fixture.plan(rules(RetentionFixture.UNUSED));

    assertThat(plan.artifacts()).isEqualTo(450);
    assertThat(plan.removals()).hasSize(225);
  }

  /// 100 crates of many artifacts, of which a plan has 1,000 in heap. Each plan finds the least
  /// useful of those that are left.
  @Test
  @Tag("ci")
  void limitOfManyRowsRemovesTheLeastUseful() {
    int versions = Boolean.getBoolean("lazaret.all") ? 1_000 : 200;
    for (int crate = 0; crate < 100; crate++) {
      CrateName name = CrateName.parse("c-%03d".formatted(crate));
      List<StoredLine> lines = new ArrayList<>();
      List<Write> writes = new ArrayList<>();
      for (int i = 0; i < versions; i++) {
        // The days since the last use are 1 to the number of versions, in another order in each
        // crate.
        int unused = 1 + (i * 7 + crate) % versions;
        ArtifactRow row = ArtifactRow.of(name.published(), "1.0." + i, 100, 400, unused);
        lines.add(row.line());
        writes.add(row.artifact());
        writes.add(new Write.PutFindings(row.findings()));
        writes.addAll(row.use());
      }
      writes.addAll(ArtifactRow.crate(name, lines));
      fixture.write(writes);
    }

    RetentionPlan plan = fixture.plan(rules(LIMIT.formatted(9_000 * versions)));

    assertThat(plan.artifacts()).isEqualTo(100L * versions);
    assertThat(plan.bytes()).isEqualTo(10_000L * versions);
    assertThat(plan.complete()).isFalse();
    assertThat(plan.excess()).isZero();
    assertThat(plan.removals()).hasSize(1_000);
    // One artifact of each crate for each of the ten days that are longest ago.
    assertThat(plan.removals())
        .allSatisfy(
            each ->
                assertThat(each.facts().used())
                    .isBeforeOrEqualTo(ArtifactRow.TODAY.minusDays(versions - 9)));
    assertThat(plan.removals().stream().map(each -> each.facts().id()).map(CrateId::name))
        .haveExactly(10, new Condition<>(CrateName.parse("c-042")::equals, "the crate c-042"));
  }
}
