package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.IndexSlice.Subject;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SharedTool;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A comparison with cargo-deny on one `deny.toml` and one lockfile. It compares the diagnostics of
/// cargo-deny about each package with the results of a gate with the converted file as policy.
@Tag("ci")
class CargoDenyE2E {
  /// A diagnostic of cargo-deny about one package, which is the first in its graph.
  private static final Pattern SAID =
      Pattern.compile(
          "\"code\":\"([a-z-]+)\",\"graphs\":\\[\\{\"Krate\":\\{\"name\":\"([^\"]+)\",\"version\":\"([^\"]+)\"");

  private static final String DENY =
      """
      [licenses]
      allow = ["MIT", "BSD-3-Clause"]
      exceptions = [
          { crate = "unicode-ident@1", allow = ["Unicode-3.0"] },
          { crate = "untrusted:>=99", allow = ["ISC"] },
      ]

      [[licenses.clarify]]
      crate = "subtle"
      expression = "GPL-3.0-only"
      license-files = []

      [bans]
      deny = [
          { crate = "cfg-if@1", reason = "to be seen", use-instead = "if" },
          "digest:<0.1",
          { name = "opaque-debug", version = "^0.3" },
          { crate = "typenum", wrappers = ["crypto-common", "generic-array"] },
          { crate = "zeroize", wrappers = ["nobody"] },
      ]

      [bans.build]
      allow-build-scripts = ["libc", "generic-array@0.14.7", "quote:<1"]
      executables = "allow"
      """;

  @Test
  void saysTheSameOfLicensesBansAndBuildScripts() throws IOException {
    Path folder = WorkFolder.folder("policy");
    Files.writeString(folder.resolve("deny.toml"), DENY);
    Path policy = folder.resolve("policy.toml");
    ProgramResult converted =
        CliProcess.alone().in(folder).run("policy", "from-deny", "deny.toml").ok();
    Files.writeString(policy, converted.out());
    // Withheld packages must be fetched, too, because otherwise neither tool could inspect them.
    try (IndexSlice slice =
        IndexSlice.open(s -> s.set("mode", "audit").set("policy-file", policy.toString()))) {
      CargoProjectFolder project = new Subject("crypto-tool", false).layToday();
      Files.writeString(project.folder().resolve("deny.toml"), DENY);
      Cargo cargo = Cargo.fresh(slice.gate());
      SharedTool.install(cargo, "cargo-deny");
      cargo.run(project.folder(), "fetch", "--locked", "--target", IndexSlice.PLATFORM).ok();

      ProgramResult denied = deny(cargo, project);
      JsonObject verified =
          JsonObject.parse(
              Bytes.utf8(
                  CliProcess.beside(slice.gate())
                      .in(project.folder())
                      .run("verify", "--json", "--all")
                      .exits(1)
                      .out()));

      Set<String> seen = said(denied, "accepted"::equals);
      Set<String> licenses = said(denied, Set.of("rejected", "unlicensed")::contains);
      seen.addAll(licenses);
      seen.removeIf(spec -> spec.startsWith("crypto-tool "));
      licenses.retainAll(seen);
      assertThat(seen).hasSizeGreaterThan(40);
      assertThat(licenses).isNotEmpty();
      assertThat(found(verified, "license", seen)).isEqualTo(licenses);
      assertThat(deciding(verified, seen)).isEqualTo(said(denied, "banned"::equals));
      assertThat(found(verified, "build-script", seen))
          .isEqualTo(said(denied, "build-script-not-allowed"::equals));
    }
  }

  /// The file that `cargo deny init` writes is accepted as a policy.
  @Test
  void whatInitWritesBecomesAPolicy() throws IOException, InterruptedException {
    Path folder = WorkFolder.folder("deny-init");
    Path tool = SharedTool.unpack("cargo-deny", folder.resolve("bin"));
    // The tool only writes next to a manifest.
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/lib.rs"), "");
    Process init =
        new ProcessBuilder(tool.toString(), "init")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(init.waitFor()).isZero();
    CliProcess cli = CliProcess.alone().in(folder);
    cli.run("policy", "from-deny", "deny.toml").exits(2);

    ProgramResult ran = cli.run("policy", "from-deny", "deny.toml", "--lenient").exits(0);

    assertThat(ran.err()).contains("left out: deny.toml:", "'graph.targets' is not supported");
    Files.writeString(folder.resolve("policy.toml"), ran.out());
    cli.run("policy", "test", "policy.toml").exits(0);
  }

  private static ProgramResult deny(Cargo cargo, CargoProjectFolder project) {
    return cargo.run(
        project.folder(),
        "deny",
        "--log-level=debug",
        "--offline",
        "--all-features",
        "--target=" + IndexSlice.PLATFORM,
        "--format=json",
        "--config=deny.toml",
        "check",
        "licenses",
        "bans");
  }

  /// Returns the packages with diagnostics of cargo-deny.
  private static Set<String> said(ProgramResult denied, Predicate<String> code) {
    return SAID.matcher(denied.err())
        .results()
        .filter(said -> code.test(said.group(1)))
        .map(said -> said.group(2) + " " + said.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns the packages that have a reason, even if it is not the deciding one.
  private static Set<String> found(JsonObject verified, String code, Set<String> among) {
    return verified.objects("packages").stream()
        .filter(p -> p.objects("reasons").stream().anyMatch(r -> r.words("code").equals(code)))
        .map(CargoDenyE2E::spec)
        .filter(among::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns the packages for which a ban is the deciding reason. For a package that wrappers may
  /// use, the ban is only a further reason.
  private static Set<String> deciding(JsonObject verified, Set<String> among) {
    return verified.objects("packages").stream()
        .filter(p -> !p.objects("reasons").isEmpty())
        .filter(p -> p.objects("reasons").getFirst().words("code").equals("banned"))
        .map(CargoDenyE2E::spec)
        .filter(among::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String spec(JsonObject named) {
    return named.words("name") + " " + named.words("version");
  }
}
