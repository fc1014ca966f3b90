package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.e2e.harness.SandboxScene;
import lazaret.sandbox.Sandbox;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.LockedVersion;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.sandbox.cargo.RustToolchain;
import lazaret.storage.files.DataFolderFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real cargo in the sandbox with a workspace in which several crates misbehave at once. Each
/// denied call is attributed to the right one.
class AttributionE2E {
  private static final String CONNECT =
      "let _ = std::net::TcpStream::connect(\"203.0.113.%d:443\");";

  @TempDir Path dir;
  private Path project;

  @BeforeEach
  void lay() throws IOException {
    project = Files.createDirectory(dir.resolve("project"));
    write(
        "Cargo.toml",
        """
        [workspace]
        resolver = "2"
        members = ["script", "mac-ro", "quiet-macro", "victim"]
        """);
    crate("script", "2.0.1", "", "");
    write("script/build.rs", "fn main() { " + CONNECT.formatted(1) + " }");
    crate("mac-ro", "3.0.0", "[lib]\nproc-macro = true\n", macro("attack", CONNECT.formatted(2)));
    crate("quiet-macro", "4.0.0", "[lib]\nproc-macro = true\n", macro("quiet", ""));
    crate(
        "victim",
        "5.0.0",
        """
        [dependencies]
        mac-ro = { path = "../mac-ro" }
        quiet-macro = { path = "../quiet-macro" }
        """,
        "quiet_macro::quiet!();\nmac_ro::attack!();\n");
  }

  @Test
  void putsEachConnectionDownToItsCrate() throws IOException {
    SandboxReport report = build();

    assertThat(report.violations())
        .filteredOn(v -> v.kind() == Violation.Kind.CONNECT)
        .extracting(AttributionE2E::described)
        .containsExactlyInAnyOrder(
            "203.0.113.1:443 by script 2.0.1 in build-script-build",
            "203.0.113.2:443 by one of [mac-ro 3.0.0, quiet-macro 4.0.0] in rustc");
  }

  @Test
  void looksBehindTheProgramsThatMisbehavingCratesStart() throws IOException {
    String perl =
        "let _ = std::process::Command::new(\"perl\").args([\"-e\", \"use Socket; socket(S,"
            + " PF_INET, SOCK_STREAM, 0); connect(S, pack_sockaddr_in(443,"
            + " inet_aton('203.0.113.%d')));\"]).env_clear().status();";
    write("script/build.rs", "fn main() { " + perl.formatted(3) + " }");
    write("mac-ro/src/lib.rs", macro("attack", perl.formatted(4)));

    SandboxReport report = build();

    assertThat(report.violations())
        .filteredOn(v -> v.kind() == Violation.Kind.CONNECT)
        .extracting(AttributionE2E::described)
        .containsExactlyInAnyOrder(
            "203.0.113.3:443 by script 2.0.1 in perl",
            "203.0.113.4:443 by one of [mac-ro 3.0.0, quiet-macro 4.0.0] in perl");
  }

  @Test
  void namesWhoOpensADecoy() throws IOException {
    String read = "let _ = std::fs::read(std::env::var(\"HOME\").unwrap() + \"/%s\");";
    write("script/build.rs", "fn main() { " + read.formatted(".aws/credentials") + " }");
    write("mac-ro/src/lib.rs", macro("attack", read.formatted(".netrc")));

    SandboxReport report = build();

    assertThat(report.violations())
        .extracting(AttributionE2E::described)
        .containsExactlyInAnyOrder(
            "~/.aws/credentials by script 2.0.1 in build-script-build",
            "~/.netrc by one of [mac-ro 3.0.0, quiet-macro 4.0.0] in rustc");
  }

  @Test
  void reportsNothingOfTheSameWorkspaceWhenItBehaves() throws IOException {
    write("script/build.rs", "fn main() { println!(\"cargo::rustc-cfg=built\"); }");
    write("mac-ro/src/lib.rs", macro("attack", ""));

    assertThat(build().violations()).isEmpty();
  }

  private static String described(Violation violation) {
    Violation.Origin origin = violation.origin();
    String crates =
        origin.candidates().isEmpty()
            ? origin.crate().orElse("nobody") + " " + origin.version().orElse("?")
            : "one of " + origin.candidates();
    String program = origin.program().orElse("?");
    return violation.resource() + " by " + crates + " in " + program.replaceFirst(".*/", "");
  }

  private SandboxReport build() throws IOException {
    Sandbox sandbox = SandboxScene.sandbox();
    RustToolchain toolchain = SandboxScene.toolchain();
    Folders folders =
        new Folders(
            Project.of(project),
            dir.resolve("out"),
            toolchain.sysroot(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new OffLimits(List.of(), DataFolderFiles.MARKER));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SandboxReport report =
        sandbox.run(
            new SandboxPolicy(
                CargoCommand.frozen(List.of("cargo", "check"), List.of()),
                Access.USUAL,
                folders,
                Map.of(),
                SandboxLimits.USUAL,
                locked()),
            said,
            said);
    assertThat(report.ending())
        .as(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(new Ending.Exited(0));
    return report;
  }

  private List<LockedVersion> locked() throws IOException {
    Bytes lockfile = Bytes.utf8(Files.readString(project.resolve("Cargo.lock")));
    return Lockfile.parse(lockfile).packages().stream()
        .map(each -> new LockedVersion(each.name(), each.version().text()))
        .toList();
  }

  private static String macro(String name, String does) {
    return """
    use proc_macro::TokenStream;
    #[proc_macro]
    pub fn %s(_: TokenStream) -> TokenStream { %s TokenStream::new() }
    """
        .formatted(name, does);
  }

  private void crate(String name, String version, String more, String source) throws IOException {
    write(
        name + "/Cargo.toml",
        "[package]\nname = \"%s\"\nversion = \"%s\"\nedition = \"2021\"\n%s"
            .formatted(name, version, more));
    write(name + "/src/lib.rs", source);
    String lock =
        Files.exists(project.resolve("Cargo.lock"))
            ? Files.readString(project.resolve("Cargo.lock"))
            : "version = 3\n";
    String dependencies =
        name.equals("victim") ? "dependencies = [\n \"mac-ro\",\n \"quiet-macro\",\n]\n" : "";
    write(
        "Cargo.lock",
        lock
            + "\n[[package]]\nname = \"%s\"\nversion = \"%s\"\n%s"
                .formatted(name, version, dependencies));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
