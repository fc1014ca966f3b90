package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SharedTool;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A comparison with cargo-audit on the shared lockfiles and one database. It compares the packages
/// for which cargo-audit fails under an `audit.toml` with those that a gate withholds under the
/// policy with the same effect.
@Tag("ci")
class CargoAuditE2E {
  /// Additional records: a high rating, a medium one, no rating, and a notice, which the lockfiles
  /// have no case of.
  private static final Map<String, String> MORE =
      Map.of(
          "subtle",
          "cvss = \"CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N\"",
          "typenum",
          "cvss = \"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N\"",
          "cfg-if",
          "",
          "libc",
          "informational = \"notice\"");

  /// One configuration in the forms of both tools.
  ///
  /// @param file the `audit.toml`
  /// @param policy the policy with the same effect
  /// @param denied the kinds of warnings that become errors, as cargo-audit names them in its
  ///   report
  record Variant(String file, String policy, Set<String> denied) {
    /// Without a threshold, the levels of cargo-audit differ from the defaults of the policy.
    private static final String ALL = "[advisories]\nseverity_threshold = \"none\"\n";

    /// Returns a variant without ignored advisories.
    ///
    /// @param withheld the lowest severity that is withheld
    /// @param levels further keys of `[advisories]`
    static Variant of(String file, String withheld, String levels, Set<String> denied) {
      List<String> severities = List.of("low", "medium", "high", "critical");
      StringBuilder policy = new StringBuilder("[advisories]\nunknown = \"review\"\n");
      for (String severity : severities) {
        boolean passes = severities.indexOf(severity) < severities.indexOf(withheld);
        policy.append("%s = \"%s\"\n".formatted(severity, passes ? "allow" : "review"));
      }
      return new Variant(file, policy + levels, denied);
    }

    /// Returns this with an override for an advisory that the file ignores.
    Variant ignoring(String id) {
      String override =
          "[[override]]\ncrate = \"*\"\nwhat = \"%s\"\nreason = \"ignored\"\nexpires = 2027-06-30\n"
              .formatted(id);
      return new Variant(file, policy + override, denied);
    }

    @Override
    public String toString() {
      return file.replace("\n", " ").strip();
    }
  }

  private static Path audit;
  private static Path database;

  /// Unpacks the program and the database, which all variants only read.
  @BeforeAll
  static void unpack() throws IOException {
    audit = SharedTool.unpack("cargo-audit", WorkFolder.folder("tool"));
    database = database();
  }

  static Stream<Variant> variants() {
    // A notice is a warning that never becomes an error.
    Set<String> warnings = Set.of("unmaintained", "unsound");
    return Stream.of(
            Variant.of(
                    Variant.ALL + "ignore = [\"RUSTSEC-2026-0001\", \"RUSTSEC-2026-9002\"]\n",
                    "low",
                    "",
                    Set.of())
                .ignoring("RUSTSEC-2026-0001")
                .ignoring("RUSTSEC-2026-9002"),
            Variant.of(Variant.ALL.replace("none", "critical"), "critical", "", Set.of()),
            Variant.of(
                Variant.ALL + "[output]\ndeny = [\"warnings\"]\nquiet = false\n",
                "low",
                """
                unmaintained = "review"
                unsound = "review"
                yanked = "review"
                notice = "warn"
                """,
                warnings),
            Variant.of(
                    Variant.ALL
                        + "ignore = [\"RUSTSEC-2026-9004\"]\n"
                        + "[output]\n"
                        + "deny = [\"unsound\"]\n"
                        + "format = \"terminal\"\n"
                        + "quiet = false\n"
                        + "show_tree = true\n"
                        + "[yanked]\n"
                        + "enabled = false\n"
                        + "[database]\n"
                        + "stale = false\n",
                    "low",
                    "unsound = \"review\"\nyanked = \"allow\"\n",
                    Set.of("unsound"))
                .ignoring("RUSTSEC-2026-9004"),
            Variant.of(Variant.ALL, "low", "", Set.of()),
            Variant.of(Variant.ALL.replace("none", "medium"), "medium", "", Set.of()),
            Variant.of(
                Variant.ALL + "informational_warnings = [\"unsound\"]\n",
                "low",
                "unmaintained = \"allow\"\nnotice = \"allow\"\nunsound = \"warn\"\n",
                Set.of()),
            Variant.of(
                Variant.ALL
                    + "informational_warnings = [\"unsound\"]\n"
                    + "[output]\n"
                    + "deny = [\"unmaintained\"]\n"
                    + "quiet = true\n",
                "low",
                "unmaintained = \"review\"\nnotice = \"allow\"\nunsound = \"warn\"\n",
                Set.of("unmaintained")))
        .limit(Machine.all() ? Long.MAX_VALUE : 4);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void failsForThePackagesThatTheGateWithholds(Variant variant) throws IOException {
    Path work = WorkFolder.folder("work");
    Files.createDirectories(work.resolve(".cargo"));
    Files.writeString(work.resolve(".cargo/audit.toml"), variant.file());
    Path policy = work.resolve("policy.toml");
    Files.writeString(policy, variant.policy());
    Map<String, SortedSet<String>> theirs = new LinkedHashMap<>();
    Map<String, SortedSet<String>> ours = new LinkedHashMap<>();
    try (IndexSlice slice = IndexSlice.open(s -> s.set("policy-file", policy.toString()))) {
      CliProcess cli = CliProcess.beside(slice.gate()).in(work);
      cli.run("feed", "import", database.toString()).ok();
      for (IndexSlice.Subject subject : IndexSlice.subjects().toList()) {
        Path lock = subject.lay().folder().resolve("Cargo.lock");
        ProgramResult ran = cargoAudit(work, lock);
        JsonObject said = parse(ran);
        SortedSet<String> failing = failing(said, variant.denied());
        assertThat(ran.exit()).describedAs(ran.toString()).isEqualTo(failing.isEmpty() ? 0 : 1);
        theirs.put(subject.name(), failing);
        ours.put(subject.name(), withheld(parse(cli.run("verify", "--json", lock.toString()))));
      }
    }

    assertThat(ours).isEqualTo(theirs);
    assertThat(theirs.values()).anySatisfy(failing -> assertThat(failing).isNotEmpty());
  }

  /// Unpacks the shared database, adds the missing cases, and makes it a git repository, as
  /// cargo-audit requires.
  private static Path database() throws IOException {
    assumeTrue(Machine.program("git").isPresent(), "there is no git in the search path");
    Path archive =
        IndexSlice.data().resolve("../advisories/rustsec-advisory-db.tar.gz").normalize();
    Path folder = WorkFolder.folder("db");
    shell(folder, "tar -xzf '%s' --strip-components=1".formatted(archive));
    List<String> crates = MORE.keySet().stream().sorted().toList();
    for (String crate : crates) {
      String id = "RUSTSEC-2026-900" + (crates.indexOf(crate) + 1);
      Path file = folder.resolve("crates").resolve(crate).resolve(id + ".md");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          """
          ```toml
          [advisory]
          id = "%s"
          package = "%s"
          date = "2026-11-20"
          %s

          [versions]
          patched = []
          ```

          # Made up
          """
              .formatted(id, crate, MORE.get(crate)));
    }
    shell(
        folder,
        "git init -q && git add -A && git -c user.name=e2e -c user.email=e2e@localhost commit -qm"
            + " all");
    return folder;
  }

  private static void shell(Path folder, String script) {
    ProgramResult.of(
            new ProcessBuilder("bash", "-c", script).directory(folder.toFile()),
            Duration.ofMinutes(1))
        .ok();
  }

  private static ProgramResult cargoAudit(Path work, Path lock) {
    var builder =
        new ProcessBuilder(
                audit.toString(),
                "audit",
                "--no-fetch",
                "--stale",
                "--json",
                "--db",
                database.toString(),
                "-f",
                lock.toString())
            .directory(work.toFile());
    builder.environment().put("HOME", work.toString());
    builder.environment().put("CARGO_HOME", work.resolve("cargo-home").toString());
    return ProgramResult.of(builder, Duration.ofMinutes(1));
  }

  private static JsonObject parse(ProgramResult ran) {
    return JsonObject.parse(Bytes.utf8(ran.out()));
  }

  private static SortedSet<String> failing(JsonObject said, Set<String> denied) {
    JsonObject warnings = said.object("warnings");
    return Stream.concat(
            said.object("vulnerabilities").objects("list").stream(),
            denied.stream().flatMap(kind -> warnings.objects(kind).stream()))
        .map(hit -> spec(hit.object("package")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns the withheld packages. Packages of an old program that are missing in the slice are
  /// unknown, which is independent of advisories.
  private static SortedSet<String> withheld(JsonObject verified) {
    return verified.objects("packages").stream()
        .filter(p -> p.words("status").equals("withheld"))
        .map(CargoAuditE2E::spec)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String spec(JsonObject named) {
    return named.words("name") + " " + named.words("version");
  }
}
