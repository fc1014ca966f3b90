package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import lazaret.sandbox.output.OutputSanitizer;
import lazaret.vetting.text.Printable;
import org.junit.jupiter.api.Test;

/// The two tables of printable characters: the sandbox has its own, since it sees no other module.
class PrintableTextTest {
  private static boolean shownByTheSandbox(int codePoint) {
    byte[] text = ("a" + Character.toString(codePoint) + "b").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (OutputSanitizer output = new OutputSanitizer(shown)) {
      output.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.equals(shown.toByteArray(), text);
  }

  /// The output of a build has lines and columns, joined emoji and soft hyphens, and the characters
  /// of fonts that Unicode does not know.
  private static boolean ofBuildsAlone(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.PRIVATE_USE, Character.UNASSIGNED -> true;
      default -> codePoint == '\n' || codePoint == '\t' || codePoint == 0xad || codePoint == 0x200d;
    };
  }

  @Test
  void bothTablesAgreeOnEveryCodePoint() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .filter(c -> shownByTheSandbox(c) != (Printable.isSafe(c) || ofBuildsAlone(c)))
                .limit(20)
                .toArray())
        .isEmpty();
  }
}
