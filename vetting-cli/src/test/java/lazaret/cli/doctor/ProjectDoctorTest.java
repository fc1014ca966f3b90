package lazaret.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.cargo.DoctorFinding.Level;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectDoctorTest {
  private static final String GATE = "http://127.0.0.1:7080";
  private static final String CONFIG =
      "{\"dl\":\"" + GATE + "/dl/{crate}/{version}/{sha256-checksum}\",\"api\":\"" + GATE + "\"}";
  private static final String REPLACED =
      """
      [source.crates-io]
      replace-with = "lazaret"
      [registries.lazaret]
      index = "sparse+http://127.0.0.1:7080/index/"
      """;
  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private String cargo = "cargo 1.96.1 (356927216 2026-06-02)";
  private GateProbe probe = (_, _) -> new GateProbe.Reply(200, CONFIG);
  private Path project = Path.of("");

  @BeforeEach
  void makeProject() throws IOException {
    project = folder.resolve("work/app");
    write("work/app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n");
    write(
        "work/app/Cargo.lock", "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<DoctorFinding> examine() {
    return new ProjectDoctor(
            project,
            folder.resolve("home"),
            environment,
            cargo,
            (address, token) -> {
              asked.add(address + " " + token);
              return probe.get(address, token);
            })
        .examine();
  }

  private List<String> problems() {
    return examine().stream()
        .filter(f -> f.level() == Level.PROBLEM)
        .map(DoctorFinding::code)
        .toList();
  }

  private DoctorFinding finding(String code) {
    return examine().stream()
        .filter(f -> f.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding " + code + " in " + examine()));
  }

  @Test
  void aProjectThatGoesThroughTheGateIsWell() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);

    assertThat(problems()).isEmpty();
    assertThat(finding("replaced").what())
        .contains("'lazaret', http://127.0.0.1:7080/index/")
        .contains("config.toml");
    assertThat(asked).contains("http://127.0.0.1:7080/index/config.json null");
  }

  @Test
  void withoutReplacementCargoAsksThePublicRegistry() {
    assertThat(problems()).containsExactly("no-replacement");
    assertThat(finding("no-replacement").advice()).contains("vetting-cli cargo-config");
    assertThat(asked).isEmpty();
  }

  @Test
  void theReplacementMayStandInCargoHome() throws IOException {
    environment.put("CARGO_HOME", folder.resolve("cargo-home").toString());
    write("cargo-home/config.toml", REPLACED);

    assertThat(problems()).isEmpty();
    assertThat(examine()).noneMatch(f -> f.code().equals("install-elsewhere"));
  }

  @Test
  void theNearerFileIsStrongerAndTheOtherIsNamed() throws IOException {
    write("home/.cargo/config.toml", REPLACED);
    write(
        "work/app/.cargo/config.toml",
        "[source.crates-io]\nreplace-with = 'vendored'\n[source.vendored]\ndirectory = 'vendor'\n");

    assertThat(problems()).containsExactly("replaced-by-directory");
    assertThat(finding("overruled").what())
        .contains("home/.cargo/config.toml")
        .contains("vendored");
  }

  @Test
  void aConfigurationOfTheProjectAloneWarnsThatCargoInstallBypasses() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);

    assertThat(finding("install-elsewhere").level()).isEqualTo(Level.WARNING);
    assertThat(finding("install-elsewhere").advice()).contains("vetting-cli cargo-config --home");
    assertThat(problems()).isEmpty();
  }

  @Test
  void theFileWithoutExtensionIsReadWhereBothAreThere() throws IOException {
    write("work/app/.cargo/config", REPLACED);
    write("work/app/.cargo/config.toml", "[source.crates-io]\nreplace-with = 'nowhere'\n");

    assertThat(problems()).isEmpty();
  }

  @Test
  void anIncludedFileIsReadAndIsWeaker() throws IOException {
    write("work/app/.cargo/config.toml", "include = ['gate.toml']\n");
    write("work/app/.cargo/gate.toml", REPLACED);

    assertThat(problems()).isEmpty();
  }

  @Test
  void anEnvironmentVariableOverridesTheIndex() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    environment.put("CARGO_REGISTRIES_LAZARET_INDEX", "sparse+https://elsewhere.example/index/");

    assertThat(finding("replaced").what())
        .contains("https://elsewhere.example/index/")
        .contains("CARGO_REGISTRIES_LAZARET_INDEX");
    assertThat(problems()).containsExactly("downloads-elsewhere");
  }

  @Test
  void aVariableForASourceIsIgnoredByCargo() {
    environment.put("CARGO_SOURCE_CRATES_IO_REPLACE_WITH", "lazaret");

    assertThat(finding("variable-ignored").level()).isEqualTo(Level.NOTE);
    assertThat(problems()).containsExactly("no-replacement");
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/rust-lang/crates.io-index, public-registry",
    "sparse+https://index.crates.io/, public-registry",
    "http://127.0.0.1:7080/index/, not-sparse",
    "sparse+http://127.0.0.1:7080/index, no-slash",
    "sparse+nowhere/, bad-address"
  })
  void anAddressThatLeadsElsewhereIsAProblem(String index, String code) throws IOException {
    write(
        "work/app/.cargo/config.toml",
        "source.crates-io.replace-with = 'x'\nsource.x.registry = '%s'\n".formatted(index));

    assertThat(problems()).containsExactly(code);
    assertThat(asked).isEmpty();
  }

  @Test
  void aCircleAndANameThatNothingDefinesAreProblems() throws IOException {
    write(
        "work/app/.cargo/config.toml",
        "source.crates-io.replace-with = 'a'\nsource.a.replace-with = 'crates-io'\n");
    assertThat(problems()).containsExactly("replacement-loop");

    write("work/app/.cargo/config.toml", "source.crates-io.replace-with = 'a'\n");
    assertThat(problems()).containsExactly("replacement-undefined");
  }

  @Test
  void aBrokenFileIsNamedWithLineAndColumn() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED + "[broken\n");

    assertThat(finding("config-unreadable").what()).contains("config.toml:5:8");
  }

  @Test
  void aGateThatDoesNotAnswerIsAProblem() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    probe = (_, _) -> new GateProbe.Reply(0, "refused");

    assertThat(problems()).containsExactly("gate-unreachable");
    assertThat(finding("gate-unreachable").advice()).contains("start the server");
  }

  @Test
  void somethingElseThatAnswersIsAProblem() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);

    probe = (_, _) -> new GateProbe.Reply(200, "<html>");
    assertThat(problems()).containsExactly("gate-foreign");
    probe = (_, _) -> new GateProbe.Reply(404, "nothing");
    assertThat(problems()).containsExactly("gate-foreign");
    probe = (_, _) -> new GateProbe.Reply(200, "{\"dl\":\"https://static.example/crates\"}");
    assertThat(problems()).containsExactly("not-a-gate");
  }

  @Test
  void aGateThatWantsATokenWantsAProviderToo() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    probe = (_, _) -> new GateProbe.Reply(401, "");

    assertThat(problems()).containsExactly("no-credential-provider", "token-missing");
    assertThat(finding("token-missing").advice())
        .contains("cargo login --registry lazaret")
        .contains("CARGO_REGISTRIES_LAZARET_TOKEN");
  }

  @Test
  void cargosTokenIsTriedAndNeverShown() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED + "credential-provider = 'cargo:token'\n");
    write("home/.cargo/credentials.toml", "[registries.lazaret]\ntoken = 'lzr_secret'\n");
    probe =
        (_, token) ->
            new GateProbe.Reply(new Secret("lzr_secret").equals(token) ? 200 : 401, CONFIG);

    assertThat(problems()).isEmpty();
    assertThat(examine().toString()).doesNotContain("lzr_secret");
    probe = (_, _) -> new GateProbe.Reply(401, "");
    assertThat(problems()).containsExactly("token-rejected");
    probe = (_, token) -> new GateProbe.Reply(token == null ? 401 : 0, "expected a proof");
    assertThat(problems()).containsExactly("token-not-sent");
  }

  @Test
  void aSourceCannotCarryAToken() throws IOException {
    write(
        "work/app/.cargo/config.toml",
        "source.crates-io.replace-with = 'x'\nsource.x.registry = 'sparse+http://127.0.0.1:7080/index/'\n");
    probe = (_, _) -> new GateProbe.Reply(401, "");

    assertThat(problems()).containsExactly("token-impossible");
  }

  @Test
  void whatGoesRoundTheGateIsNamedByManifest() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    write("work/Cargo.toml", "[workspace]\nmembers = ['a*', 'libs/*']\n");
    write(
        "work/app/Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        [dependencies]
        good = "1"
        side = { git = "https://example.org/side.git", branch = "main" }
        inside = { path = "../libs/inside" }
        outside = { path = "../../outside" }
        [target.'cfg(unix)'.dev-dependencies.private]
        version = "1"
        registry = "company"
        """);
    write(
        "work/libs/inside/Cargo.toml",
        "[package]\nname='inside'\nversion='0.1.0'\n[build-dependencies]\nside.git = 'https://example.org/side.git'\n");

    assertThat(problems()).containsExactlyInAnyOrder("git-source", "other-registry");
    assertThat(finding("git-source").what())
        .contains("https://example.org/side.git")
        .contains("app/Cargo.toml")
        .contains("libs/inside/Cargo.toml");
    assertThat(finding("path-source").what()).contains(folder.resolve("outside").toString());
    assertThat(examine().toString()).doesNotContain("good");
  }

  private void privateCrate(String registry, String locked) throws IOException {
    write(
        "work/app/.cargo/config.toml",
        REPLACED + "[registries.acme]\nindex = \"" + registry + "\"\n");
    write(
        "work/app/Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        [dependencies]
        acme-core = { version = "1", registry = "acme" }
        """);
    write(
        "work/app/Cargo.lock",
        """
        version = 4

        [[package]]
        name = "acme-core"
        version = "1.0.0"
        source = "%s"
        checksum = "0000000000000000000000000000000000000000000000000000000000000000"
        """
            .formatted(locked));
  }

  @Test
  void thePrivateRegistryOfTheGateIsNoOtherRegistry() throws IOException {
    String index = "sparse+http://127.0.0.1:7080/private/index/";
    privateCrate(index, index);

    assertThat(examine())
        .noneMatch(each -> each.code().equals("other-registry"))
        .noneMatch(each -> each.code().equals("locked-other-registry"));
  }

  /// The form of its address does not make it ours.
  @Test
  void thePrivateRegistryOfAnotherGateIsNamed() throws IOException {
    String index = "sparse+https://other.example/private/index/";
    privateCrate(index, index);

    assertThat(problems()).containsExactly("other-registry");
    assertThat(finding("locked-other-registry").what()).contains("acme-core 1.0.0", index);
  }

  @Test
  void patchesAreSeenInManifestsAndConfiguration() throws IOException {
    write(
        "work/app/.cargo/config.toml",
        REPLACED + "[patch.crates-io]\nserde = { git = 'https://example.org/serde' }\n");
    write(
        "work/app/Cargo.toml",
        "[package]\nname='app'\nversion='0.1.0'\n[patch.crates-io.tokio]\ngit = 'https://example.org/tokio'\n");

    assertThat(problems()).containsExactly("git-source", "git-source");
  }

  @Test
  void theLockfileTellsWhatReallyCameFromElsewhere() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    write(
        "work/app/Cargo.lock",
        """
        version = 4

        [[package]]
        name = "a"
        version = "1.0.0"
        source = "git+https://example.org/a?branch=main#0123456789012345678901234567890123456789"

        [[package]]
        name = "b"
        version = "1.0.0"
        source = "sparse+https://other.example/index/"
        checksum = "0000000000000000000000000000000000000000000000000000000000000000"

        [[package]]
        name = "c"
        version = "1.0.0"
        source = "%s"
        """
            .formatted(CRATES_IO));

    assertThat(problems()).containsExactly("locked-git", "locked-other-registry", "no-checksum");
    assertThat(finding("locked-git").what()).contains("a 1.0.0").contains("https://example.org/a");
  }

  @Test
  void anUnreadableLockfileOrManifestIsAProblem() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    write("work/app/Cargo.lock", "<<<<<<< HEAD\n");
    assertThat(problems()).containsExactly("lockfile-unreadable");

    write("work/app/Cargo.toml", "[package\n");
    assertThat(problems()).contains("manifest-unreadable");
  }

  @Test
  void pathsThatNoFileSystemHasAreNoFailure() throws IOException {
    write("work/app/.cargo/config.toml", "include = [\"a\\u0000\"]\n" + REPLACED);
    write(
        "work/app/Cargo.toml",
        "[workspace]\nmembers = [\"b\\u0000\", \"[\", \"*\\u0000\"]\n[dependencies]\nx.path = \"c\\u0000\"\n");

    assertThat(problems()).isEmpty();
  }

  @Test
  void whereThereIsNoProjectOnlyTheConfigurationIsLookedAt() throws IOException {
    write("home/.cargo/config.toml", REPLACED);
    project = folder.resolve("nothing");

    assertThat(problems()).isEmpty();
    assertThat(finding("no-project").level()).isEqualTo(Level.NOTE);
  }

  @ParameterizedTest
  @CsvSource({
    "cargo 1.60.0 (d1fd9fe2c 2022-03-01), cargo-too-old, PROBLEM",
    "cargo 1.95.0 (f2d3ce0bd 2026-03-21), cargo-old, NOTE",
    "cargo 1.97.0-nightly (abc 2026-05-01), cargo, OK",
    "'', cargo-unknown, NOTE"
  })
  void theVersionOfCargoIsLookedAt(String printed, String code, Level level) throws IOException {
    write("work/app/.cargo/config.toml", REPLACED);
    cargo = printed;

    assertThat(finding(code).level()).isEqualTo(level);
  }

  @Test
  void offlineAndProxiesAreNoted() throws IOException {
    write("work/app/.cargo/config.toml", REPLACED + "[net]\noffline = true\n");
    environment.put("HTTPS_PROXY", "http://user:password@proxy.example:3128");

    assertThat(finding("offline").level()).isEqualTo(Level.NOTE);
    assertThat(finding("proxy").what()).contains("HTTPS_PROXY").doesNotContain("password");
  }

  @Test
  void theManualHasEveryCode() throws IOException {
    Path root = Path.of(System.getProperty("lazaret.root", ".."));
    String manual = Files.readString(root.resolve("docs/doctor.md"));
    List<String> codes = new ArrayList<>();
    for (String folder :
        List.of(
            "vetting-cli/src/main/java/lazaret/cli/doctor",
            "cargo-project/src/main/java/lazaret/cli/cargo")) {
      List<String> found = codes(root.resolve(folder));
      assertThat(found).as(folder).isNotEmpty();
      codes.addAll(found);
    }

    assertThat(codes).hasSizeGreaterThan(35);
    assertThat(codes.stream().filter(c -> !c.endsWith("-")))
        .allMatch(c -> manual.contains("`" + c + "`"));
  }

  /// Returns the codes of findings in the sources of a package.
  private static List<String> codes(Path sources) throws IOException {
    Pattern finding =
        Pattern.compile("(?:Finding\\.(?:ok|note|problem)|refused)\\(\\s*\"([a-z-]+)\"");
    List<String> codes = new ArrayList<>();
    try (var files = Files.list(sources)) {
      for (Path file : files.toList()) {
        finding.matcher(Files.readString(file)).results().forEach(code -> codes.add(code.group(1)));
      }
    }
    return codes;
  }
}
