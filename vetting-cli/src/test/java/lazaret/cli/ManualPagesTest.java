package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.manual.ManualFolder;
import lazaret.manual.ManualProgram;
import lazaret.manual.ManualSource;
import lazaret.testkit.CheckerReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manual pages of all programs, as packages have them.
class ManualPagesTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 29);

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    ManualFolder.write(programs(), DATE, folder);
  }

  static List<ManualProgram> programs() {
    List<ManualProgram> programs = new ArrayList<>(List.of(ManualProgram.server()));
    ServiceLoader.load(ManualSource.class).forEach(each -> programs.addAll(each.programs()));
    return programs;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("man"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String page(String name) throws IOException {
    return Files.readString(folder.resolve("man").resolve(name));
  }

  @Test
  void everyProgramAndCommandHasAPage() throws IOException {
    List<String> names = pages().stream().map(p -> p.getFileName().toString()).toList();

    assertThat(names)
        .contains(
            "mirror-server.8",
            "vetting-cli.1",
            "vetting-cli-cargo-credential.1",
            "vetting-cli-help.1");
    assertThat(names)
        .containsAll(
            Stream.concat(HelpTest.verbs(), Stream.of(List.of("audits", "import")))
                .map(verb -> "vetting-cli-" + String.join("-", verb) + ".1")
                .toList());
  }

  @Test
  void pagesAreAsTheyWereRead() throws IOException {
    GoldenFiles.hold("man-vetting-cli-verify", page("man1/vetting-cli-verify.1"));
    GoldenFiles.hold("man-vetting-cli-keys", page("man1/vetting-cli-keys.1"));
    assertThat(page("man8/mirror-server.8"))
        .contains(".It Fl -listen Ar HOST:PORT", ".Sh ENVIRONMENT", ".Xr vetting-cli 1");
  }

  @Test
  void secondRunGivesTheSameBytes(@TempDir Path second) throws IOException {
    ManualFolder.write(programs(), DATE, second);

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(second.resolve(folder.relativize(file))).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void mandocFindsNoMistake() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mandoc")), "mandoc is not installed");
    List<String> words = new ArrayList<>(List.of("mandoc", "-Tlint", "-Wwarning"));
    pages().forEach(page -> words.add(page.toString()));

    String found = output(words);

    CheckerReport.add("mandoc", found);
    assertThat(found).isEmpty();
  }

  @Test
  void renderedPageHasTheTextsOfTheHelp() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mandoc")), "mandoc is not installed");

    String text =
        output(
                List.of(
                    "mandoc", "-Tascii", "-Owidth=100", folder + "/man/man1/vetting-cli-sandbox.1"))
            .replaceAll(".\b", "");

    assertThat(text).contains("--mode MODE", "EXIT STATUS", "vetting-cli sandbox", "SEE ALSO");
  }

  private static String output(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return text;
  }
}
