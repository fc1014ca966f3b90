package lazaret.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lazaret.bench.speed.MarkedBlock;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import org.junit.jupiter.api.Test;

class BenchTableTest {
  private final BenchTable table = new BenchTable();

  @Test
  void keepsTheResultsOfRowsOfTheTableOfSpeed() {
    table.load(SpeedRow.INDEX_5K_C16, new Sample(100, 1, 5, 0), new Sample(80, 2, 9, 0));
    table.measured(RowResult.figure(SpeedRow.START, 300), " (cold)");
    table.figure("another", "", "1 MB");

    assertThat(table.results())
        .containsExactly(
            new RowResult(SpeedRow.INDEX_5K_C16, 100, 80, 0.8),
            new RowResult(SpeedRow.START, Double.NaN, 300, 300));
    assertThat(table.toString())
        .containsPattern("index 5 KB c16 +\\| 100/s +\\| 80/s +\\| 0\\.80 +\\| >= 0\\.75 +\\| ok ")
        .containsPattern(
            "start to first 200 \\(cold\\) +\\| +\\| 300 ms +\\| +\\| <= 250 ms +\\| below ");
  }

  @Test
  void failedRequestsAreNoResult() {
    table.load(SpeedRow.INDEX_5K_C16, new Sample(100, 1, 5, 0), new Sample(80, 2, 9, 3));

    assertThat(table.results()).isEmpty();
    assertThat(table.toString()).contains("FAILED 0/3");
  }

  @Test
  void keepsTheTablesThatFillPartsOfPages() {
    table.below("other\n");
    table.below(MarkedBlock.FOLLOW, "| simulation |\n");

    assertThat(table.blocks()).isEqualTo(Map.of(MarkedBlock.FOLLOW, "| simulation |\n"));
    assertThat(table.toString()).isEqualTo("\nother\n\n| simulation |\n");
  }

  @Test
  void aRowWithoutATargetHasNoVerdict() {
    table.load(SpeedRow.NOT_MODIFIED_C64, new Sample(100, 1, 5, 0), new Sample(1, 2, 9, 0));
    table.time("fetch", Double.NaN, 1, 2);

    assertThat(table.results()).hasSize(1);
    assertThat(table.toString()).doesNotContain("ok", "below", "NaN");
  }
}
