package lazaret.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.conformance.cases.CaseTable;
import lazaret.conformance.cases.ConformanceCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The suite against a registry in heap, which passes. Each defect of it is found by the cases of
/// its row.
class ConformanceRunTest {
  @TempDir Path folder;

  private static ConformanceReport run(ScriptedRegistry registry, Set<String> groups) {
    return run(registry, groups, ScriptedRegistry.declared());
  }

  private static ConformanceReport run(
      ScriptedRegistry registry, Set<String> groups, Map<String, String> declared) {
    return Main.report(
        new ConformanceOptions(
            registry.index(),
            "owner-token",
            "other-token",
            ScriptedRegistry.PREFIX,
            groups,
            declared,
            null),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  private static Set<String> failed(ConformanceReport report) {
    return report.results().stream()
        .filter(each -> each.kind() == CaseResult.Kind.FAILED)
        .map(each -> each.tested().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String explained(ConformanceReport report) {
    return report.results().stream()
        .filter(each -> each.kind() == CaseResult.Kind.FAILED)
        .map(each -> each.tested().id() + ": " + each.expected() + "; found " + each.found())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void casesHaveDistinctIdsAndSentences() {
    List<ConformanceCase> all = CaseTable.all();

    assertThat(all).hasSizeGreaterThan(130);
    assertThat(all.stream().map(ConformanceCase::id)).doesNotHaveDuplicates();
    assertThat(all.stream().map(ConformanceCase::sentence)).doesNotHaveDuplicates();
    assertThat(all)
        .allMatch(each -> each.id().matches("[A-U]\\d{1,2}"))
        .allMatch(each -> !each.source().isBlank())
        .allMatch(each -> !each.sentence().endsWith("."));
  }

  @ParameterizedTest
  @EnumSource(Defect.class)
  void findsTheDefect(Defect defect) {
    Set<String> groups =
        defect.cases().stream().map(id -> id.substring(0, 1)).collect(Collectors.toSet());
    try (ScriptedRegistry registry = new ScriptedRegistry(defect)) {
      ConformanceReport report = run(registry, groups);

      assertThat(failed(report)).as(explained(report)).containsAll(defect.cases());
      if (defect == Defect.NONE) {
        assertThat(failed(report)).as(explained(report)).isEmpty();
        assertThat(registry.names()).allMatch(name -> name.contains("conformance_"));
      }
    }
  }

  @Test
  void caseWithoutItsDeclarationDoesNotRun() {
    try (ScriptedRegistry registry = new ScriptedRegistry(Defect.NONE)) {
      ConformanceReport report = run(registry, Set.of("S", "T"));

      assertThat(report.results())
          .isNotEmpty()
          .allMatch(each -> each.kind() == CaseResult.Kind.NOT_DECLARED);
    }
  }

  @Test
  void crateOfADeclarationMayHaveVersions() {
    try (ScriptedRegistry registry = new ScriptedRegistry(Defect.NONE)) {
      for (int i = 0; i < 2; i++) {
        ConformanceReport report = run(registry, Set.of("F", "N"));

        assertThat(failed(report)).as(explained(report)).isEmpty();
      }
    }
  }

  @Test
  void declarationOfAnotherFormFailsItsCase() {
    Map<String, String> declared = new HashMap<>(ScriptedRegistry.declared());
    declared.put("raised-features", "1500");
    declared.put("token:ci-publish-update", "update-one");
    try (ScriptedRegistry registry = new ScriptedRegistry(Defect.NONE)) {
      ConformanceReport report = run(registry, Set.of("F", "R"), declared);

      assertThat(failed(report)).containsExactly("F11", "R9");
      assertThat(explained(report))
          .contains(
              "F11: the declaration raised-features in the form NAME=NUMBER; found 1500",
              "R9: a token of the CI system for each case; found 1");
    }
  }

  @Test
  void programWritesTheResults() throws IOException {
    Path owner = Files.writeString(folder.resolve("owner"), "owner-token\n");
    Path other = Files.writeString(folder.resolve("other"), "other-token\n");
    Path json = folder.resolve("results.json");
    try (ScriptedRegistry registry = new ScriptedRegistry(Defect.NO_WARNINGS)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--index", registry.index(),
                  "--owner-token", owner.toString(),
                  "--other-token", other.toString(),
                  "--group", "B",
                  "--json", json.toString()));

      int code =
          Main.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);

      assertThat(code).isEqualTo(1);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("B1   passed", "B6   failed", "expected warnings with three lists");
      assertThat(Files.readString(json)).contains("\"case\" : \"B6\"", "\"found\" : ");
    }
  }

  @Test
  void mistakesInOptionsAreTold() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);

    assertThat(Main.run(List.of("--index"), out, out)).isEqualTo(2);
    assertThat(Main.run(List.of("--indes", "x"), out, out)).isEqualTo(2);
    assertThat(Main.run(List.of("--prefix", "x"), out, out)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("expected a value after --index", "found --indes", "expected the option --index");
    assertThat(Main.run(List.of("--help"), out, out)).isZero();
  }

  private String told(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--index",
                "sparse+http://127.0.0.1:1/",
                "--owner-token",
                Files.writeString(folder.resolve("owner"), "owner-token\n").toString(),
                "--other-token",
                Files.writeString(folder.resolve("other"), "other-token\n").toString()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(Main.run(arguments, out, out)).isEqualTo(2);
    return err.toString(StandardCharsets.UTF_8);
  }

  /// Each of them would leave cases out, and the run would look like a success.
  @Test
  void mistypedWordsAreRefused() throws IOException {
    assertThat(told("--group", "Z")).contains("expected groups of A,B,C");
    assertThat(told("--declare", "license-require")).contains("found 'license-require'");
    assertThat(told("--declare", "max-size=10MB")).contains("expected a number of bytes");
    assertThat(told("--declare", "group")).contains("expected a value in '--declare group=VALUE'");
    assertThat(told("--declare", "deletion=http://127.0.0.1:1/")).contains("--token admin=FILE");
    assertThat(told("--json", folder.resolve("none/results.json").toString()))
        .contains("expected the path of a file in a folder for --json");
  }

  @Test
  void fileOfSeveralLinesIsNoTokenAndIsNotShown() throws IOException {
    Path both = Files.writeString(folder.resolve("both"), "first-secret\nsecond-secret\n");
    Path sentence = Files.writeString(folder.resolve("sentence"), "a secret\n");

    assertThat(told("--token", "reader=" + both))
        .contains("expected one line with a token")
        .doesNotContain("secret");
    assertThat(told("--token", "reader=" + sentence))
        .contains("expected lines of printable ASCII")
        .doesNotContain("a secret");
    assertThat(told("--token", "reader=" + folder.resolve("none"))).contains("found none");
  }

  @Test
  void registryThatDoesNotAnswerIsNoFailedCase() throws IOException {
    assertThat(told()).contains("cannot run the suite: cannot reach the registry");
  }

  @Test
  void publicRegistryIsRefusedBeforeARequest() throws IOException {
    assertThat(told("--index", "sparse+https://index.crates.io/"))
        .contains("expected one for tests, found index.crates.io");
  }

  @Test
  void tableOfTheReportHasARowForEachCase() {
    ConformanceReport report =
        new ConformanceReport(
            CaseTable.all().stream()
                .map(each -> CaseResult.of(each, CaseResult.Kind.PASSED))
                .toList());

    assertThat(report.table().lines()).hasSize(CaseTable.all().size() + 2);
    assertThat(report.summary())
        .isEqualTo(CaseTable.all().size() + " passed, 0 failed, 0 not declared");
  }
}
