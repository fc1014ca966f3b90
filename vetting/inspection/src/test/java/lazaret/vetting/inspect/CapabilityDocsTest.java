package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lazaret.vetting.inspect.source.Capability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A check that each capability has a rule for build scripts and for macros, or a reason why it has
/// none.
class CapabilityDocsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "../..")).resolve("docs/signals.md");

  @ParameterizedTest
  @EnumSource
  void hasARuleOrAReason(Capability what) throws IOException {
    String[] cells =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `" + what + "` | "))
            .findFirst()
            .orElseThrow()
            .split(" \\| ", -1);

    assertThat(cells).hasSize(3);
    holds(cells[1], SignalDetector.BUILD, what);
    holds(cells[2].replace(" |", ""), SignalDetector.MACRO, what);
  }

  private static void holds(String cell, Map<Capability, SignalCode> rules, Capability what) {
    SignalCode code = rules.get(what);
    if (code == null) {
      assertThat(cell).matches("no rule: .+|`[a-z-]+`.*");
    } else {
      assertThat(cell).isEqualTo("`" + code + "`");
    }
  }
}
