package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scripts for developers, of CI and of git.
class ScriptsTest {
  private static final Pattern CLASS =
      Pattern.compile("\\blazaret(?:\\.[a-z][a-z0-9]*)+\\.[A-Z][A-Za-z0-9]*");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final List<String> FOLDERS =
      List.of(
          "bin",
          ".ci",
          "docs/hooks",
          "packaging",
          "packaging/debian",
          "packaging/launcher",
          "packaging/training");

  static List<Path> scripts() throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(Machine.root().resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String first = Files.readString(file).lines().findFirst().orElse("");
          if (first.startsWith("#!") || first.startsWith("# shellcheck shell=")) {
            scripts.add(Machine.root().relativize(file));
          }
        }
      }
    }
    return scripts;
  }

  @Test
  void seesTheScripts() throws IOException {
    assertThat(scripts()).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysWhatItDoesAndIsReadByBash(Path script) throws IOException {
    assertThat(Files.readAllLines(Machine.root().resolve(script)))
        .as("a comment after the first line")
        .element(1)
        .asString()
        .startsWith("# ");
    run("bash", "-n", script.toString()).ok();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void hasNothingThatShellcheckWarnsOf(Path script) {
    assumeTrue(Machine.program("shellcheck").isPresent(), "no shellcheck in PATH");

    run("shellcheck", "--severity=warning", script.toString()).ok();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void isExecutableIfItIsAProgram(Path script) throws IOException {
    Path file = Machine.root().resolve(script);

    assertThat(Files.isExecutable(file)).isEqualTo(Files.readString(file).startsWith("#!"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void namesOnlyClassesThatExist(Path script) throws IOException {
    Matcher named = CLASS.matcher(Files.readString(Machine.root().resolve(script)));
    Set<String> missing = new TreeSet<>();
    while (named.find()) {
      missing.add("src/main/java/" + named.group().replace('.', '/') + ".java");
    }
    SourceSizes.sources(Machine.root())
        .forEach(source -> missing.removeIf(name -> source.endsWith(name)));

    assertThat(missing).isEmpty();
  }

  @Test
  void scriptsNameClasses() throws IOException {
    for (Path script : List.of(Path.of("bin/mirror-server"), Path.of("bin/vetting-cli"))) {
      assertThat(Files.readString(Machine.root().resolve(script))).containsPattern(CLASS);
    }
  }

  static List<Path> browserScripts() throws IOException {
    try (Stream<Path> files = Files.walk(Machine.root().resolve("e2e/browser"))) {
      return files
          .map(Machine.root()::relativize)
          .filter(file -> file.toString().endsWith(".js"))
          .filter(file -> !file.toString().contains("node_modules"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("browserScripts")
  void isReadByNode(Path script) {
    assumeTrue(Machine.program("node").isPresent(), "no node in PATH");

    run("node", "--check", script.toString()).ok();
  }

  private static ProgramResult run(String... command) {
    return ProgramResult.of(
        new ProcessBuilder(command).directory(Machine.root().toFile()), PATIENCE);
  }
}
