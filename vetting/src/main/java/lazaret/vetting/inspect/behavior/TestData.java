package lazaret.vetting.inspect.behavior;

import java.util.regex.Pattern;

/// Paths of files among tests.
final class TestData {
  private static final Pattern PATH =
      Pattern.compile(
          "(?:^|[/\u0001 ])(?:tests?|benches|examples|testdata|test-data|test_data|fixtures|corpus|snapshots)/+(?:[A-Za-z0-9_.-]+/+)*[A-Za-z0-9_-]*[.\u0001]");

  private TestData() {}

  static boolean names(String text) {
    return !text.contains("rerun-if") && !text.contains("://") && PATH.matcher(text).find();
  }
}
