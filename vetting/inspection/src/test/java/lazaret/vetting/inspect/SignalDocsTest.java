package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A check that the page on signals explains each signal, with its weight.
class SignalDocsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "../..")).resolve("docs/signals.md");

  @ParameterizedTest
  @EnumSource
  void explains(SignalCode code) throws IOException {
    String head = "## `" + code + "`\n\n*" + code.weight().code() + ".* ";

    assertThat(Files.readString(PAGE))
        .contains(head)
        .satisfies(
            page -> {
              String section = page.substring(page.indexOf(head)).split("\n## ", -1)[0];
              assertThat(section).contains("- Why: ", "- In good crates: ", "- Reviewer: ");
            });
  }

  @Test
  void explainsNothingElse() throws IOException {
    List<String> explained =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("## `"))
            .map(line -> line.substring(4, line.length() - 1))
            .toList();

    assertThat(explained)
        .containsExactlyElementsOf(Stream.of(SignalCode.values()).map(SignalCode::code).toList());
  }
}
