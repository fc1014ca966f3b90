package lazaret.bench.speed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One row over several runs: the medians of its figures, and the spread of the figure that is
/// compared with the target.
///
/// @param row the row
/// @param reference median of the other program; [Double#NaN] if there is none
/// @param own median of the product; [Double#NaN] if a run has no figure
/// @param compared median of the compared figure; [Double#NaN] if a run has no figure
/// @param spread difference of the greatest and the least compared figure, by their median;
///   [Double#NaN] if a run has no figure
public record RowSummary(
    SpeedRow row, double reference, double own, double compared, double spread) {
  /// The greatest spread of a row that counts as measured.
  public static final double MOST_SPREAD = 0.1;

  /// Summarizes the results of a row.
  ///
  /// @param results one result for each run; fewer if a run has no figure
  /// @param runs number of runs
  static RowSummary of(SpeedRow row, List<RowResult> results, int runs) {
    if (results.isEmpty() || results.size() < runs) {
      return new RowSummary(row, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double[] compared = results.stream().mapToDouble(RowResult::compared).toArray();
    return new RowSummary(
        row,
        middle(results, RowResult::reference),
        middle(results, RowResult::own),
        median(compared),
        spread(compared));
  }

  private static double middle(List<RowResult> results, ToDoubleFunction<RowResult> part) {
    return median(results.stream().mapToDouble(part).toArray());
  }

  /// Returns the median of at least one value.
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// Returns the difference of the greatest and the least of at least one value, by the median.
  static double spread(double[] values) {
    double most = Arrays.stream(values).max().orElseThrow();
    double least = Arrays.stream(values).min().orElseThrow();
    return most == least ? 0 : (most - least) / median(values);
  }

  /// Returns whether each run has a figure, and the figures agree.
  boolean isMeasured() {
    return spread <= MOST_SPREAD;
  }

  /// Returns the row as cells of the table.
  List<String> cells() {
    return List.of(
        row.title(),
        row.reference(reference),
        row.figure(own),
        row.isRatio() ? row.compared(compared) : "",
        row.targetText(),
        Double.isNaN(spread) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * spread),
        verdict());
  }

  private String verdict() {
    if (!isMeasured()) {
      return "not measured";
    }
    if (!row.hasTarget()) {
      return "";
    }
    return row.isReached(compared) ? "reached" : "missed";
  }
}
