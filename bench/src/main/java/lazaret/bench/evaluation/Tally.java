package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;

/// Counts where we and an established tool say the same. Not thread-safe.
final class Tally {
  private static final int SHOWN = 10;

  private final String tool;
  private final String what;
  private final List<String> differences = new ArrayList<>();
  private int total;
  private int leftOut;
  private String rule = "";

  /// @param tool its name and version
  /// @param what is compared
  Tally(String tool, String what) {
    this.tool = tool;
    this.what = what;
  }

  /// Counts one comparison.
  ///
  /// @param name what to call it where the two differ
  void count(String name, boolean equal) {
    total++;
    if (!equal) {
      differences.add(name);
    }
  }

  /// Counts a row that cannot be compared.
  void leaveOut() {
    leftOut++;
  }

  /// Sets the rule by which differences or rows left out are explained.
  void explain(String text) {
    rule = text;
  }

  /// Returns the cells of a table with the columns of [#HEADER].
  List<String> row() {
    return List.of(
        tool,
        what,
        (total - differences.size()) + " of " + total,
        String.valueOf(differences.size()),
        String.valueOf(leftOut),
        rule);
  }

  /// Returns the first few differences.
  List<String> differences() {
    return differences.stream().limit(SHOWN).map(d -> tool + ": " + d).toList();
  }

  /// The columns of [#row].
  static final List<String> HEADER =
      List.of("tool", "what", "equal", "differ", "left out", "explained by");
}
