package lazaret.vetting.inspect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.Deadline;
import lazaret.vetting.inspect.behavior.ConstantRules;
import lazaret.vetting.inspect.behavior.TextRules;
import lazaret.vetting.inspect.code.TestDataPaths;
import lazaret.vetting.inspect.particular.AddressLiterals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts and sources that are made to take long. Linear work takes a fraction of the limits here;
/// quadratic work would take minutes.
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileTextTest {
  private static final int LONG = 400_000;

  /// A scan of a text, and the pieces of a long text whose end does not match.
  record Scan(String name, Predicate<String> scan, String piece, String end) {
    @Override
    public String toString() {
      return name + " " + piece;
    }
  }

  static final List<Scan> SCANS =
      List.of(
          find("filters", TextRules.CONFIGURATION, "filter.", "x"),
          find("filter words", TextRules.CONFIGURATION, "afilter.b ", "x"),
          find("slashes", TextRules.CONFIGURATION, ".cargo/", "x"),
          find("tasks", TextRules.PROC, "/proc/self/task//", "x"),
          find("slashes of a task", TextRules.PROC, "/", "x"),
          find("processes", TextRules.PROC, "/proc/\u0001", "x"),
          find("link arguments", TextRules.LINK_ARGUMENT, "rustc-link-arg", "x"),
          find("link runs", TextRules.LINK_ARGUMENT, "rustc-", "x"),
          find("directives", TextRules.DIRECTIVE, "cargo:rustc-", "x"),
          find("variables", TextRules.VARIABLE, "rustc-env=", "x"),
          find("files", TextRules.CARGO_HOME_FILE, "bin/cargo", "/"),
          new Scan("test data", TestDataPaths::names, "tests/", "!"),
          new Scan("test folders", TestDataPaths::names, "tests/a", "!"),
          new Scan("wallets", text -> ConstantRules.ADDRESS.matcher(text).matches(), "T1a", "!"));

  private static Scan find(String name, Pattern pattern, String piece, String end) {
    return new Scan(name, text -> pattern.matcher(text).find(), piece, end);
  }

  @ParameterizedTest
  @FieldSource("SCANS")
  void takesLinearTime(Scan scan) {
    String text = scan.piece.repeat(LONG / scan.piece.length());

    assertThat(scan.scan.test(text + scan.end)).isFalse();
  }

  @Test
  void readsTheFlagsOfTheCompilerInOneWay() {
    String flags = "-la".repeat(2_000);

    assertThat(lines("println!(\"cargo:rustc-flags={}\", \"" + flags + " x\");")).isNotEmpty();
  }

  @Test
  void readsAddressesOfLongLiterals() {
    byte[] text = ("a".repeat(510) + "@").getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i < 50_000; i++) {
      assertThat(AddressLiterals.find(text, 0, text.length)).isEmpty();
    }
  }

  private static List<Object> lines(String source) {
    byte[] bytes = ("fn main() { " + source + " }").getBytes(StandardCharsets.UTF_8);
    var facts =
        ScanRules.WITHOUT_IOCS
            .reader(Deadline.none())
            .source("build.rs", bytes, bytes.length, Map.of(), true);
    return List.copyOf(facts.code().hits().values());
  }

  static Stream<String> sources() {
    return Stream.of(
        "let a = { ".repeat(20_000) + "1" + "; };".repeat(20_000),
        "Command::new(\"git\").args([\"log\", \"" + "--date=a -s -s ".repeat(120) + "!\"]);",
        "f(".repeat(50_000) + ")".repeat(50_000),
        "let x = \"{x}\"; ".repeat(50_000),
        "} impl Verify for All { "
            + "fn verify_cert(&self) -> bool { true } ".repeat(20_000)
            + "} fn use_it() { if self.accept_invalid { "
            + "All; ".repeat(60_000)
            + "}");
  }

  @ParameterizedTest
  @MethodSource("sources")
  void looksThroughALongSource(String source) {
    assertThat(lines(source)).isNotNull();
  }
}
