package lazaret.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import lazaret.bench.speed.MarkedBlock;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;

/// The table that is printed.
final class BenchTable {
  private static final List<String> HEAD =
      List.of(
          "case",
          "nginx",
          "mirror",
          "ratio",
          "target",
          "",
          "cpu us nginx",
          "cpu us mirror",
          "p99 ms nginx",
          "p99 ms mirror");

  private final List<List<String>> rows = new ArrayList<>();
  private final List<RowResult> results = new ArrayList<>();
  private final StringBuilder below = new StringBuilder();

  /// Separate tables by the parts of pages that they fill.
  private final Map<MarkedBlock, String> blocks = new LinkedHashMap<>();

  /// Adds a row of the table of speed under load. It has no result if a request failed.
  void load(SpeedRow row, Sample nginx, Sample mirror) {
    RowResult result = RowResult.ratio(row, nginx.perSecond(), mirror.perSecond());
    String verdict = verdict(result);
    if (nginx.failures() + mirror.failures() > 0) {
      verdict = "FAILED " + nginx.failures() + "/" + mirror.failures();
    } else {
      results.add(result);
    }
    rows.add(
        List.of(
            row.title(),
            row.figure(result.reference()),
            row.figure(result.own()),
            row.compared(result.compared()),
            row.targetText(),
            verdict,
            number("%.1f", nginx.cpuMicros()),
            number("%.1f", mirror.cpuMicros()),
            number("%.2f", nginx.p99Millis()),
            number("%.2f", mirror.p99Millis())));
  }

  /// Adds a row of the table of speed.
  ///
  /// @param note details for the printed table, after the title; may be empty
  void measured(RowResult result, String note) {
    results.add(result);
    SpeedRow speed = result.row();
    row(
        speed.title() + note,
        speed.reference(result.reference()),
        speed.figure(result.own()),
        speed.isRatio() ? speed.compared(result.compared()) : "",
        speed.targetText(),
        verdict(result));
  }

  private static String verdict(RowResult result) {
    SpeedRow row = result.row();
    return !row.hasTarget() ? "" : row.isReached(result.compared()) ? "ok" : "below";
  }

  /// Returns the results of the rows of the table of speed.
  List<RowResult> results() {
    return List.copyOf(results);
  }

  /// Adds a duration, of which less is better, with a maximum for its ratio to that of nginx.
  ///
  /// @param target the maximum; [Double#NaN] if there is none
  void time(String name, double target, double nginxSeconds, double mirrorSeconds) {
    double ratio = mirrorSeconds / nginxSeconds;
    row(
        name,
        number("%.3f s", nginxSeconds),
        number("%.3f s", mirrorSeconds),
        number("%.2f", ratio),
        Double.isNaN(target) ? "" : number("<= %.2f", target),
        Double.isNaN(target) ? "" : verdict(ratio <= target, OptionalDouble.of(target)));
  }

  /// Adds a figure with a maximum, next to the figure of another program for the same work.
  ///
  /// @param beside description and figure of the other program
  void ceiling(String name, String format, double target, Beside beside, double value) {
    row(
        name,
        number(format, beside.value()) + " " + beside.what(),
        number(format, value),
        number("%.2f", value / beside.value()),
        Double.isNaN(target) ? "" : "<= " + number(format, target),
        Double.isNaN(target) ? "" : verdict(value <= target, OptionalDouble.of(target)));
  }

  /// Adds a duration next to that of other programs, with a maximum for the ratio, which was
  /// measured round by round.
  void ratio(String name, double target, Beside beside, double seconds, double ratio) {
    row(
        name,
        number("%.2f s", beside.value()) + " " + beside.what(),
        number("%.2f s", seconds),
        number("%.2f", ratio),
        number("<= %.2f", target),
        verdict(ratio <= target, OptionalDouble.of(target)));
  }

  /// A figure for comparison.
  ///
  /// @param what description
  /// @param value the figure
  record Beside(String what, double value) {}

  /// Adds a figure of the mirror alone with a maximum.
  void ceiling(String name, String format, double target, double value) {
    row(
        name,
        "",
        number(format, value),
        "",
        "<= " + number(format, target),
        verdict(value <= target, OptionalDouble.of(target)));
  }

  /// Adds a rate of the mirror alone with a minimum.
  void floor(String name, String format, double target, double value) {
    row(
        name,
        "",
        number(format, value),
        "",
        ">= " + number(format, target),
        verdict(value >= target, OptionalDouble.of(target)));
  }

  /// Adds a separate table below.
  void below(String markdown) {
    below.append('\n').append(markdown);
  }

  /// Adds a separate table below, which fills a part of a page.
  void below(MarkedBlock block, String markdown) {
    below(markdown);
    blocks.put(block, markdown);
  }

  /// Returns the tables that fill parts of pages.
  Map<MarkedBlock, String> blocks() {
    return Map.copyOf(blocks);
  }

  /// Adds a figure without a target.
  void figure(String name, String nginx, String mirror) {
    row(name, nginx, mirror, "", "", "");
  }

  /// Adds a case that could not be measured.
  void skipped(String name, String why) {
    row(name, "", "skipped: " + why, "", "", "");
  }

  private void row(String... cells) {
    List<String> row = new ArrayList<>(List.of(cells));
    while (row.size() < HEAD.size()) {
      row.add("");
    }
    rows.add(row);
  }

  private static String verdict(boolean reached, OptionalDouble target) {
    return target.isEmpty() ? "" : reached ? "ok" : "below";
  }

  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /// Returns the table in Markdown.
  @Override
  public String toString() {
    int[] widths = new int[HEAD.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(HEAD);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var out = new StringBuilder();
    for (int r = 0; r < all.size(); r++) {
      line(out, all.get(r), widths);
      if (r == 0) {
        for (int width : widths) {
          out.append("|-").append("-".repeat(width)).append('-');
        }
        out.append("|\n");
      }
    }
    return (rows.isEmpty() ? "" : out.toString()) + below;
  }

  private static void line(StringBuilder out, List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      out.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length())).append(' ');
    }
    out.append("|\n");
  }
}
