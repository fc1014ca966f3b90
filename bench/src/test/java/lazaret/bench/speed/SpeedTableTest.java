package lazaret.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpeedTableTest {
  @Test
  void hasEachRowInItsOrderWithItsMedians() {
    List<List<RowResult>> runs =
        Stream.of(110.0, 100.0, 105.0)
            .map(ms -> List.of(new RowResult(SpeedRow.VERIFY_OFFLINE, 65, ms, ms)))
            .toList();

    List<String> lines = new SpeedTable(runs).markdown().lines().toList();

    assertThat(lines).hasSize(SpeedRow.values().length + 2);
    assertThat(lines)
        .startsWith(
            "| row | reference | Lazaret | ratio | target | spread | result |",
            "|---|---|---|---|---|---|---|",
            "| index 5 KB c16 | | | | >= 0.75 | | not measured |");
    assertThat(lines)
        .contains(
            "| verify of 1,000 packages, offline | 65 ms cargo-audit | 105 ms | | <= 100 ms | 10 %"
                + " | missed |")
        .endsWith("| 3,000,000 verdicts from the store | | | | <= 5.00 s | | not measured |");
  }

  @Test
  void titlesAreDifferentAndFitIntoACell() {
    assertThat(Stream.of(SpeedRow.values()).map(SpeedRow::title))
        .doesNotHaveDuplicates()
        .noneMatch(title -> title.contains("|"));
  }
}
