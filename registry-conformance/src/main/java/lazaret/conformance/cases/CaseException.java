package lazaret.conformance.cases;

/// A registry does not do what a case expects.
public final class CaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;

  /// Creates an exception.
  ///
  /// @param expected what the case expects, as a phrase
  /// @param found what the registry did
  public CaseException(String expected, Object found) {
    super("expected " + expected + ", found " + found);
    this.expected = expected;
    this.found = String.valueOf(found);
  }

  /// Returns what the case expects.
  public String expected() {
    return expected;
  }

  /// Returns what the registry did.
  public String found() {
    return found;
  }
}
