package lazaret.cli.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CargoProjectTest {
  private static final String PACKAGE =
      "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

  @TempDir Path temporary;

  /// A manifest.
  record ManifestText(String folder, String text) {}

  /// A project that cargo accepts.
  ///
  /// @param start the working folder
  /// @param root the root of its workspace
  record WorkspaceCase(String name, String start, String root, List<ManifestText> manifests) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static WorkspaceCase layout(
      String name, String start, String root, ManifestText... manifests) {
    return new WorkspaceCase(name, start, root, List.of(manifests));
  }

  private static ManifestText in(String folder, String text) {
    return new ManifestText(folder, text);
  }

  static Stream<WorkspaceCase> layouts() {
    return Stream.of(tables(), names(), exclusions()).flatMap(List::stream);
  }

  private static List<WorkspaceCase> tables() {
    return List.of(
        layout("alone", "a", "a", in("a", PACKAGE)),
        layout("folder below a manifest", "a/src/deep", "a", in("a", PACKAGE)),
        layout("package below a package", "a", "a", in("", PACKAGE), in("a", PACKAGE)),
        layout("member", "a", "", in("", "[workspace]\nmembers = [\"a\"]\n"), in("a", PACKAGE)),
        layout(
            "path dependency",
            "a",
            "",
            in("", PACKAGE + "[workspace]\n[dependencies]\npa = { path = \"a\" }\n"),
            in("a", PACKAGE)),
        layout(
            "empty table", "a", "a", in("", "[workspace]\n"), in("a", PACKAGE + "[workspace]\n")),
        layout(
            "empty inline table",
            "a",
            "a",
            in("", "[workspace]\n"),
            in("a", "workspace = {}\n" + PACKAGE)),
        layout(
            "empty array",
            "a",
            "a",
            in("", "[workspace]\n"),
            in("a", "workspace.members = []\n" + PACKAGE)),
        layout(
            "empty table below",
            "a",
            "a",
            in("", "[workspace]\n"),
            in("a", PACKAGE + "[workspace.metadata.x]\n")));
  }

  private static List<WorkspaceCase> names() {
    return List.of(
        layout(
            "named beside",
            "a",
            "ws",
            in("ws", "[workspace]\nmembers = [\"../a\"]\n"),
            in("a", PACKAGE + "workspace = \"../ws\"\n")),
        layout(
            "named below",
            "a",
            "a/ws",
            in("a/ws", "[workspace]\nmembers = [\"..\"]\n"),
            in("a", PACKAGE + "workspace = \"ws\"\n")),
        layout(
            "named above another root",
            "x/a",
            "",
            in("", "[workspace]\nmembers = [\"x/a\"]\nexclude = [\"x/b\"]\n"),
            in("x", "[workspace]\n"),
            in("x/a", PACKAGE + "workspace = \"../..\"\n")),
        layout(
            "named by the package above",
            "x/a",
            "ws",
            in("ws", "[workspace]\nmembers = [\"../x\", \"../x/a\"]\n"),
            in("x", PACKAGE + "workspace = \"../ws\"\n"),
            in("x/a", PACKAGE)));
  }

  private static List<WorkspaceCase> exclusions() {
    return List.of(
        layout("excluded", "a", "a", in("", "[workspace]\nexclude = [\"a\"]\n"), in("a", PACKAGE)),
        layout(
            "excluded with dots",
            "a",
            "a",
            in("", "[workspace]\nexclude = [\".//a/\"]\n"),
            in("a", PACKAGE)),
        layout(
            "excluded by its manifest",
            "a",
            "a",
            in("", "[workspace]\nexclude = [\"a/Cargo.toml\"]\n"),
            in("a", PACKAGE)),
        layout(
            "excluded and matched",
            "a",
            "a",
            in("", "[workspace]\nmembers = [\"a*\"]\nexclude = [\"a\"]\n"),
            in("a", PACKAGE)),
        layout(
            "excluded and named",
            "x/a",
            "",
            in("", "[workspace]\nmembers = [\"x/a\"]\nexclude = [\"x\"]\n"),
            in("x/a", PACKAGE)),
        layout(
            "excluded through a parent",
            "a",
            "",
            in("", "[workspace]\nmembers = [\"a\", \"b\"]\nexclude = [\"b/../a\"]\n"),
            in("a", PACKAGE),
            in("b", PACKAGE)),
        layout(
            "excluded below another root",
            "x/a",
            "",
            in("", "[workspace]\nmembers = [\"x/a\"]\n"),
            in("x", "[workspace]\nexclude = [\"a\"]\n"),
            in("x/a", PACKAGE)));
  }

  private Path top() throws IOException {
    return temporary.toRealPath();
  }

  private void write(String folder, String text) throws IOException {
    Path place = Files.createDirectories(top().resolve(folder));
    String name = folder.isEmpty() ? "p" : "p" + folder.replace('/', '-');
    Files.createDirectories(place.resolve("src"));
    Files.writeString(place.resolve("src/lib.rs"), "");
    Files.writeString(place.resolve("Cargo.toml"), text.replace("NAME", name));
  }

  private Path lay(WorkspaceCase layout) throws IOException {
    for (ManifestText manifest : layout.manifests()) {
      write(manifest.folder(), manifest.text());
    }
    return Files.createDirectories(top().resolve(layout.start()));
  }

  private static Path root(Path folder) {
    return CargoProject.exactly(folder).orElseThrow().root();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theRootIsTheExpectedOne(WorkspaceCase layout) throws IOException {
    Path start = lay(layout);

    assertThat(root(start)).isEqualTo(top().resolve(layout.root()));
    assertThat(CargoProject.of(start).orElseThrow().root()).isEqualTo(root(start));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  @Tag("ci")
  void theRootIsThatOfCargo(WorkspaceCase layout) throws Exception {
    Path start = lay(layout);

    assertThat(root(start).resolve("Cargo.toml")).hasToString(cargo(start));
  }

  /// Returns the manifest of the workspace according to cargo.
  private static String cargo(Path folder) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "cargo",
                  "locate-project",
                  "--workspace",
                  "--message-format",
                  "plain",
                  "--offline")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no cargo: " + e.getMessage());
      throw e;
    }
    try (var out = process.getInputStream()) {
      String found = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(folder.toString()).isZero();
      return found;
    }
  }

  @Test
  void aFolderWithoutAManifestHasNoProject() throws IOException {
    assertThat(CargoProject.exactly(top())).isEmpty();
    assertThat(CargoProject.of(top())).isEmpty();
  }

  @Test
  void manifestsOfPathDependenciesInTheRootBelongToTheProject() throws IOException {
    write("outside", PACKAGE);
    write(
        "ws",
        PACKAGE
            + "[workspace]\nmembers = [\"a\"]\n[dependencies]\no.path = \"../outside\"\nb.path = \"b\"\n");
    write("ws/a", PACKAGE);
    write("ws/b", PACKAGE + "[dev_dependencies]\nc = { path = \"../c\" }\n");
    write("ws/c", PACKAGE + "[dependencies]\nbroken.path = \"d\"\nws.path = \"..\"\n");
    write("ws/c/d", "[package\n");
    write("ws/unused", PACKAGE);

    CargoProject project = CargoProject.exactly(top().resolve("ws/a")).orElseThrow();

    assertThat(project.manifests().keySet())
        .containsExactlyInAnyOrder(
            top().resolve("ws/Cargo.toml"),
            top().resolve("ws/a/Cargo.toml"),
            top().resolve("ws/b/Cargo.toml"),
            top().resolve("ws/c/Cargo.toml"));
    assertThat(project.unreadable()).singleElement().asString().contains("ws/c/d/Cargo.toml");
  }

  /// Cargo reads overrides in the root alone.
  @Test
  void tablesThatCargoDoesNotReadAreLeftOut() throws IOException {
    write("", PACKAGE + "[workspace]\nexclude = [\"a\"]\n[dependencies]\na.path = \"a\"\n");
    write(
        "a",
        PACKAGE
            + """
            [workspace]
            [workspace.dependencies]
            unused.git = "https://git.example/unused"
            used.git = "https://git.example/used"
            [patch.crates-io]
            patched.path = "../../outside"
            [replace]
            "old:1.0.0" = { git = "https://git.example/old" }
            [dev-dependencies]
            tested.git = "https://git.example/tested"
            unused.workspace = true
            [dependencies]
            used.workspace = true
            """);

    FlatToml read =
        CargoProject.exactly(top())
            .orElseThrow()
            .manifests()
            .getOrDefault(top().resolve("a/Cargo.toml"), new FlatToml(Map.of()));

    assertThat(read.values())
        .containsKey(List.of("workspace", "dependencies", "used", "git"))
        .containsKey(List.of("dependencies", "used", "workspace"))
        .containsKey(List.of("package", "name"))
        .hasSize(5);
  }

  @Test
  void aManifestBehindLinksIsReadOnce() throws IOException {
    write("", PACKAGE + "[workspace]\nmembers = [\"l\"]\n[dependencies]\na.path = \"l/l\"\n");
    Files.createSymbolicLink(top().resolve("l"), Path.of("."));

    assertThat(CargoProject.exactly(top()).orElseThrow().manifests())
        .containsOnlyKeys(top().resolve("Cargo.toml"));
  }

  @Test
  void manifestsThatAreTooLargeTogetherAreRefused() throws IOException {
    String large = PACKAGE + "# " + "x".repeat((4 << 20) - 200) + "\n";
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      write("m" + i, large);
      members.append("\"m").append(i).append("\", ");
    }
    write("", "[workspace]\nmembers = [" + members + "]\n");

    Path start = top();
    assertThatThrownBy(() -> CargoProject.exactly(start))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the manifests of this project: expected at most")
        .hasMessageEndingWith("found more; use a smaller workspace");
  }

  @Test
  void manifestsWithTooManyValuesAreRefused() throws IOException {
    String values = PACKAGE + "keywords = [" + "\"x\", ".repeat(250_000) + "]\n";
    write("", "[workspace]\nmembers = [\"a\", \"b\"]\n");
    write("a", values);
    write("b", values);

    Path start = top();
    assertThatThrownBy(() -> CargoProject.exactly(start))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the manifests of this project: expected at most");
  }

  /// The sandbox has the project at another path, where a link has another target.
  @Test
  void symbolicLinksAreRefused() throws IOException {
    write("", "[workspace]\n");
    write("ws", "[workspace]\nmembers = [\"../b\"]\n");
    Files.createDirectories(top().resolve("a"));
    Files.createSymbolicLink(top().resolve("a/Cargo.toml"), Path.of("/project/evil/Cargo.toml"));
    Files.createSymbolicLink(top().resolve("link"), top().resolve("ws"));
    write("b", PACKAGE + "workspace = \"../link\"\n");

    refuses("a", "found a symbolic link");
    refuses("b", "expected a relative path without symbolic links");
  }

  @Test
  void otherPathsOfTheSandboxAreRefused() throws IOException {
    write("x", "[workspace]\nexclude = [\"/project/x/a\"]\n");
    write("x/a", PACKAGE);
    write("y", "[workspace]\nexclude = [\"a\"]\nmembers = [\"" + top().resolve("y/a") + "\"]\n");
    write("y/a", PACKAGE);
    write("b", PACKAGE + "workspace = \"" + top().resolve("x") + "\"\n");

    refuses("x/a", "expected relative paths in workspace.exclude and workspace.members");
    refuses("y/a", "expected relative paths in workspace.exclude and workspace.members");
    refuses("b", "expected a relative path");
  }

  @Test
  void aMissingOrUnreadableRootIsRefused() throws IOException {
    write("a", PACKAGE + "workspace = \"../none\"\n");
    write("b", PACKAGE + "workspace = \"../c\"\n");
    write("c", PACKAGE);
    write("d", "[package\n");
    write("d/e", PACKAGE);
    Files.createDirectories(top().resolve("f/Cargo.toml"));
    write("target/package/g", PACKAGE);

    refuses("a", "expected an existing folder");
    refuses("b", "expected a table [workspace] in " + top().resolve("c/Cargo.toml"));
    refuses("d/e", "expected a readable manifest, found " + top().resolve("d/Cargo.toml"));
    refuses("f", "expected a regular file");
    refuses("target/package/g", "copy it to another folder");
  }

  private void refuses(String folder, String message) throws IOException {
    Path start = top().resolve(folder);
    assertThatThrownBy(() -> CargoProject.exactly(start))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot find the workspace of " + start)
        .hasMessageContaining(message);
    assertThat(CargoProject.of(start).orElseThrow().faults()).hasSize(1);
  }

  /// Cargo accepts these projects outside of the sandbox.
  @Test
  void uncertainWorkspacesAreReportedWithTheirRoot() throws IOException {
    write("ws", "[workspace]\nmembers = [\"a\"]\nexclude = [\"" + top().resolve("ws/b") + "\"]\n");
    write("ws/a", PACKAGE);
    write("ws/b", PACKAGE);
    write("ws/target/package/g", PACKAGE);
    Files.createDirectories(top().resolve("c"));
    Files.createSymbolicLink(top().resolve("c/Cargo.toml"), Path.of("../ws/a/Cargo.toml"));

    reports("ws/a", "ws", "expected relative paths in workspace.exclude");
    reports("ws/b", "ws/b", "expected relative paths in workspace.exclude");
    reports("ws/target/package/g", "ws/target/package/g", "copy it to another folder");
    reports("c", "c", "found a symbolic link");
  }

  private void reports(String folder, String root, String why) throws IOException {
    CargoProject reported = CargoProject.of(top().resolve(folder)).orElseThrow();
    assertThat(reported.root()).isEqualTo(top().resolve(root));
    assertThat(reported.unreadable()).isEmpty();
    assertThat(reported.uncertain()).singleElement().asString().contains(why);
    assertThat(reported.faults())
        .extracting(DoctorFinding::code)
        .containsExactly("workspace-uncertain");
  }

  @Test
  void aWorkspaceThatCargoRefusesIsReportedAsUnreadable() throws IOException {
    write("a", PACKAGE + "workspace = \"../none\"\n");
    write("d", "[package\n");
    write("d/e", PACKAGE);

    for (String folder : List.of("a", "d/e")) {
      CargoProject reported = CargoProject.of(top().resolve(folder)).orElseThrow();
      assertThat(reported.root()).isEqualTo(top().resolve(folder));
      assertThat(reported.uncertain()).isEmpty();
      assertThat(reported.faults())
          .extracting(DoctorFinding::code)
          .containsExactly("manifest-unreadable");
    }
  }
}
