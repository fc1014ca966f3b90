package lazaret.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

  @Test
  void everyCodeIsExplainedInTheManualAndNoOther() throws IOException {
    String manual =
        Files.readString(
            Path.of(System.getProperty("lazaret.root", "../..")).resolve("docs/reasons.md"));
    manual = manual.substring(0, manual.indexOf("## Standings"));
    List<String> explained = ROW.matcher(manual).results().map(r -> r.group(1)).toList();

    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.Code.values()).map(Reason.Code::code).toList());
  }
}
