package lazaret.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckerReportTest {
  @TempDir Path folder;

  @Test
  void collectsOutputsByTool() throws IOException {
    Path checkers = folder.resolve("target/checkers");

    CheckerReport.add(checkers, "lintian", "I: one\n");
    CheckerReport.add(checkers, "lintian", "");
    CheckerReport.add(checkers, "rpmlint", "0 errors");

    assertThat(checkers.resolve("lintian")).hasContent("I: one\n\n(no output)\n\n");
    assertThat(checkers.resolve("rpmlint")).hasContent("0 errors\n\n");
  }

  @Test
  void shortensLongOutputsAndSaysSo() throws IOException {
    CheckerReport.add(folder, "skopeo", "x".repeat(20_100));

    assertThat(Files.readString(folder.resolve("skopeo")))
        .hasSizeLessThan(20_050)
        .endsWith("x\n(100 more characters)\n\n");
  }

  @Test
  void refusesANameThatIsNoFile() {
    assertThatThrownBy(() -> CheckerReport.add(folder, "../lintian", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the name of a program, found '../lintian'");
  }
}
