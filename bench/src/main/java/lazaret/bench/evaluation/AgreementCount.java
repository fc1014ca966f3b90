package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;

/// A count of agreements with an established tool. Not thread-safe.
final class AgreementCount {
  private static final int SHOWN = 10;

  private final String tool;
  private final String what;
  private final List<String> differences = new ArrayList<>();
  private int total;
  private int leftOut;
  private String rule = "";

  /// @param tool name and version of the tool
  /// @param what compared results
  AgreementCount(String tool, String what) {
    this.tool = tool;
    this.what = what;
  }

  /// Counts one comparison.
  ///
  /// @param name name of the comparison if the two differ
  /// @param equal whether the results agree
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

  /// Sets the rule that explains differences or omitted rows.
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
