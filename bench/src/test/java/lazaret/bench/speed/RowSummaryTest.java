package lazaret.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RowSummaryTest {
  private static RowSummary of(SpeedRow row, double... figures) {
    List<RowResult> results =
        DoubleStream.of(figures).mapToObj(figure -> RowResult.figure(row, figure)).toList();
    return RowSummary.of(row, results, 3);
  }

  @Test
  void medianAndSpreadAreThoseOfTheComparedFigure() {
    List<RowResult> results =
        List.of(
            RowResult.ratio(SpeedRow.INDEX_5K_C16, 100, 80),
            RowResult.ratio(SpeedRow.INDEX_5K_C16, 50, 38),
            RowResult.ratio(SpeedRow.INDEX_5K_C16, 200, 156));

    RowSummary summary = RowSummary.of(SpeedRow.INDEX_5K_C16, results, 3);

    assertThat(summary.reference()).isEqualTo(100);
    assertThat(summary.own()).isEqualTo(80);
    assertThat(summary.compared()).isEqualTo(0.78, within(1e-9));
    assertThat(summary.spread()).isEqualTo(0.04 / 0.78, within(1e-9));
    assertThat(summary.cells())
        .containsExactly(
            "index 5 KB c16", "100/s nginx", "80/s", "0.78", ">= 0.75", "5 %", "reached");
  }

  @Test
  void aRowOfWideSpreadIsNotMeasured() {
    assertThat(of(SpeedRow.START, 200, 210, 220).isMeasured()).isTrue();
    assertThat(of(SpeedRow.START, 200, 210, 222).isMeasured()).isFalse();
    assertThat(of(SpeedRow.START, 200, 210, 222).cells())
        .endsWith("210 ms", "", "<= 250 ms", "10 %", "not measured");
  }

  @Test
  void aRunWithoutAFigureLeavesTheRowUnmeasured() {
    assertThat(of(SpeedRow.START, 200, 201).cells())
        .containsExactly("start to first 200", "", "", "", "<= 250 ms", "", "not measured");
    assertThat(of(SpeedRow.START).isMeasured()).isFalse();
  }

  @Test
  void comparesInTheDirectionOfTheTarget() {
    assertThat(of(SpeedRow.START, 251, 251, 251).cells()).endsWith("0 %", "missed");
    assertThat(of(SpeedRow.INSPECT_FIRST, 299, 299, 299).cells()).endsWith("0 %", "missed");
    assertThat(of(SpeedRow.INSPECT_FIRST, 300, 300, 300).cells()).endsWith("0 %", "reached");
    assertThat(of(SpeedRow.NOT_MODIFIED_C64, 1, 1, 1).cells()).endsWith("", "0 %", "");
  }

  @Test
  void medianOfAnEvenNumberIsTheMiddleOfTwo() {
    assertThat(RowSummary.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(RowSummary.median(new double[] {3})).isEqualTo(3);
    assertThat(RowSummary.spread(new double[] {0, 0, 0})).isZero();
  }
}
