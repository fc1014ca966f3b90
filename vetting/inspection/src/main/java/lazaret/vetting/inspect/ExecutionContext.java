package lazaret.vetting.inspect;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// A place in which code of a crate runs, in the order of decreasing danger.
public enum ExecutionContext implements Coded {
  /// The build script, on the machine of the user who builds.
  BUILD("build"),
  /// A proc macro, inside the compiler.
  MACRO("macro"),
  /// The program that uses the crate.
  RUNTIME("runtime"),
  /// Tests, examples and benchmarks, which users of the crate do not run.
  TEST("test");

  private final String code;

  ExecutionContext(String code) {
    this.code = code;
  }

  /// Returns the lower-case word; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
  }

  /// Returns the place of a word, or empty if another version defined it.
  public static Optional<ExecutionContext> find(String code) {
    return Coded.find(ExecutionContext.class, code);
  }

  /// Returns the lower-case word.
  @Override
  public String toString() {
    return code;
  }
}
