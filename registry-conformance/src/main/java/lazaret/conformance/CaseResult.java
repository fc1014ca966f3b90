package lazaret.conformance;

import lazaret.conformance.cases.ConformanceCase;

/// The result of one case.
///
/// @param tested the case
/// @param kind the kind of result
/// @param expected what the case expects; empty unless it failed
/// @param found what the registry did; empty unless it failed
public record CaseResult(ConformanceCase tested, Kind kind, String expected, String found) {
  /// The kinds of results.
  public enum Kind {
    /// The registry does what the case expects.
    PASSED("passed"),
    /// It does otherwise.
    FAILED("failed"),
    /// The case needs a declaration or a token that is missing.
    NOT_DECLARED("not declared");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// Returns the words of reports.
    public String words() {
      return words;
    }
  }

  /// Returns the result of a case that passed or did not run.
  static CaseResult of(ConformanceCase tested, Kind kind) {
    return new CaseResult(tested, kind, "", "");
  }
}
