package lazaret.conformance.cases;

/// One case of the suite.
///
/// @param id the group as a letter, and a number
/// @param sentence the rule as a sentence without a full stop
/// @param source the page or test from which the rule is known
/// @param needs the declaration or token without which the case does not apply; empty for none
/// @param check runs the case
public record ConformanceCase(
    String id, String sentence, String source, String needs, Check check) {
  /// Runs a case.
  @FunctionalInterface
  public interface Check {
    /// Runs the case with new names.
    ///
    /// @throws CaseException if the registry does otherwise
    void run(CaseContext context);
  }

  /// Returns the letter of the group.
  public String group() {
    return id.substring(0, 1);
  }

  /// Returns this case for registries that declare something.
  ///
  /// @param declaration the key of the declaration, or `token:` and the name of a token
  ConformanceCase needing(String declaration) {
    return new ConformanceCase(id, sentence, source, declaration, check);
  }
}
