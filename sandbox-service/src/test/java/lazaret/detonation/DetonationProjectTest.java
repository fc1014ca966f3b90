package lazaret.detonation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.CrateArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetonationProjectTest {
  @TempDir Path folder;

  @Test
  void nameThatTheLocaleCannotWriteIsNamed() throws Exception {
    assertThat(laid("C", "c"))
        .startsWith(
            "cannot unpack the file '\u00e4.txt' of alpha 1.0.0: expected a locale with UTF-8")
        .endsWith("set LANG=C.UTF-8");
    assertThat(laid("C.UTF-8", "utf8")).isEqualTo("done");
  }

  private String laid(String locale, String name) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Laying.class.getName(),
                folder.resolve(name).toString()));
    builder.redirectErrorStream(true).environment().put("LC_ALL", locale);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text.strip();
  }

  /// A process that lays out a version.
  static final class Laying {
    private Laying() {}

    /// Prints the result.
    public static void main(String[] arguments) {
      CrateBuilder alpha = CrateBuilder.crate("alpha", "1.0.0").file("\u00e4.txt", "");
      try {
        DetonationProject.lay(
            new CrateArchive(alpha.id().name(), alpha.id().version(), alpha.build()),
            Path.of(arguments[0]),
            DocumentationMetadata.NONE);
        System.out.println("done");
      } catch (DetonationException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
