package lazaret.vetting.inspect;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where code of a crate runs. The order is that of danger.
public enum Place {
  /// In the build script, on the machine of whoever builds.
  BUILD("build"),
  /// In a proc macro, inside the compiler.
  MACRO("macro"),
  /// In the program that uses the crate.
  RUNTIME("runtime"),
  /// In tests, examples and benchmarks: nowhere, for whoever only uses the crate.
  TEST("test");

  private static final Map<String, Place> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Place::code, Function.identity()));

  private final String code;

  Place(String code) {
    this.code = code;
  }

  /// Returns the lower-case word; stable, so that it can be stored.
  public String code() {
    return code;
  }

  /// Finds a place by its word; empty for one of another version.
  public static Optional<Place> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /// Returns the lower-case word.
  @Override
  public String toString() {
    return code;
  }
}
