package lazaret.e2e.cluster.harness;

import java.util.Locale;
import lazaret.testkit.CheckerReport;

/// The counts of faults that tests made, for the test report and the table of `docs/cluster.md`.
public final class FaultTable {
  private FaultTable() {}

  /// Adds a row.
  ///
  /// @param fault the fault, such as `kill`
  /// @param at the step at which it was made; may be empty
  /// @param count the number of times
  public static void add(String fault, String at, long count) {
    String step = at.toLowerCase(Locale.ROOT).replace('_', ' ');
    CheckerReport.add("cluster-faults", "%-20s %-34s %6d".formatted(fault, step, count));
  }

  /// Adds a row with a duration.
  ///
  /// @param what the duration, such as the time until another server leads
  public static void add(String what, long nanos) {
    CheckerReport.add("cluster-faults", "%-55s %6d ms".formatted(what, nanos / 1_000_000));
  }
}
