package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.policy.rules.Rulebook.CrateGeneration;
import lazaret.vetting.queue.QueueEvaluation.Need;
import org.junit.jupiter.api.Test;

class QueueClosureBuilderTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 CKSUM = Sha256.of(Bytes.EMPTY);

  /// Returns a row that requires versions of the crate `many`.
  private static QueueRow row(String name, String version, String... needs) {
    CrateId id = new CrateId(CrateName.parse(name), CrateVersion.parse(version), CKSUM);
    QueueEvaluation evaluation =
        new QueueEvaluation(
            null,
            List.of(),
            false,
            List.of(),
            Stream.of(needs).map(req -> new Need("many", VersionReq.parse(req))).toList(),
            AT,
            null,
            new CrateGeneration("", "", "", CKSUM, ""));
    return new QueueRow(
        new QueuedRequest(id, AT, AT, 1, List.of(), List.of(), "cooldown"), evaluation);
  }

  private static List<QueueRow> added(List<QueueRow> rows, String root) {
    return QueueClosureBuilder.of(rows, new SightingIndex.View(Map.of(), 0)).stream()
        .filter(closure -> closure.root().name().published().equals(root))
        .flatMap(closure -> closure.added().stream())
        .toList();
  }

  @Test
  void requirementIsComparedWithTheNewestVersionsAlone() {
    List<QueueRow> rows = new ArrayList<>();
    int last = QueueClosureBuilder.MAX_CANDIDATES + 10;
    for (int i = 0; i <= last; i++) {
      rows.add(row("many", "1.0." + i));
    }
    rows.add(row("old", "1.0.0", "=1.0.0"));
    rows.add(row("usual", "1.0.0", "^1.0"));

    assertThat(added(rows, "old")).isEmpty();
    List<QueueRow> usual = added(rows, "usual");
    assertThat(usual).hasSize(16);
    assertThat(usual.getFirst().version().text()).isEqualTo("1.0." + last);
  }

  @Test
  void requirementFindsAnOldVersionAmongFew() {
    List<QueueRow> rows =
        List.of(row("many", "1.0.0"), row("many", "1.0.1"), row("old", "1.0.0", "=1.0.0"));

    assertThat(added(rows, "old")).containsExactly(rows.getFirst());
  }
}
