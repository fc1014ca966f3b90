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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /// The variables of all processes, those that cargo sets, those of tests and of a clone, and keys
  /// of the configuration, which `LAZARET_TABLE_KEY` stands for.
  private static final Set<String> NOT_IN_PAGES =
      Set.of(
          "CARGO_PKG_NAME",
          "CARGO_REGISTRY_INDEX_URL",
          "COLUMNS",
          "HOME",
          "LAZARET_ALL",
          "LAZARET_AOT",
          "LAZARET_LISTEN",
          "LAZARET_SHARED",
          "LAZARET_TLS_CERTIFICATE",
          "PATH",
          "TERM");

  private static final Pattern READ_BY_JAVA =
      Pattern.compile(
          "(?:getenv|getOrDefault|containsKey|get|variable|folder|value)\\((?:environment, )?\"([A-Z]+(?:_[A-Z]+)*)\""
              + "|\"(LAZARET(?:_[A-Z]+)+|[A-Z]+_PROXY)\""
              + "|(?:VARIABLE|FOLDER) = \"([A-Z]+(?:_[A-Z]+)+)\"");

  private static final Pattern READ_BY_A_LAUNCHER = Pattern.compile("\\$\\{?([A-Z][A-Z_]+)");

  /// Words that look like variables in other languages are in the modules that read crates.
  private static final List<String> PROGRAMS =
      List.of(
          "airgap-bundles",
          "bundle-trust",
          "cargo-credential",
          "cargo-project",
          "mirror-config",
          "mirror-server",
          "sandbox",
          "sandbox-service",
          "sign-in",
          "storage",
          "tracing",
          "vetting-cli");

  @Test
  void everyVariableIsInAPage() throws IOException {
    Path root = Path.of(System.getProperty("lazaret.root"));
    Set<String> read = new TreeSet<>();
    for (String module : PROGRAMS) {
      addFound(READ_BY_JAVA, root.resolve(module).resolve("src/main/java"), read);
    }
    addFound(READ_BY_A_LAUNCHER, root.resolve("packaging/launcher"), read);
    assertThat(read).contains("LAZARET_PASSPHRASE", "NO_PROXY", "PAGER", "XDG_CACHE_HOME");
    read.removeAll(NOT_IN_PAGES);

    assertThat(programs().stream().flatMap(each -> each.environment().stream()))
        .extracting(ManualProgram.Entry::name)
        .containsAll(read);
  }

  private static void addFound(Pattern pattern, Path tree, Set<String> read) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
          for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
              read.add(matcher.group(i));
            }
          }
        }
      }
    }
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
    return output(words, _ -> {});
  }

  /// Returns the output of a program, which is ended after 20 seconds.
  static String output(List<String> words, Consumer<ProcessBuilder> options)
      throws IOException, InterruptedException {
    List<String> limited = new ArrayList<>(List.of("timeout", "--kill-after=5", "20"));
    limited.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(limited).redirectErrorStream(true);
    options.accept(builder);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("ended after 20 seconds: " + text).isNotIn(124, 137);
    return text;
  }
}
