package lazaret.git.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreeEntry.Kind;
import lazaret.git.tree.GitTreeFile;
import lazaret.git.tree.GitTreeWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {
  private static final String URL = "https://git.example/team/tool?branch=feature%2Fx";
  private static final String COMMIT = "4f2c1d0a9b3704f2c1d0a9b3704f2c1d0a9b3701";
  private static final CrateVersion VERSION = CrateVersion.parse("1.2.3");

  @TempDir Path folder;

  /// A workspace with inheritance, a path dependency between siblings and a link.
  private GitTreeFile workspace() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(
        "Cargo.toml",
        """
        [workspace]
        members = ["tool", "helper"]

        [workspace.package]
        version = "1.2.3"
        edition = "2021"

        [workspace.dependencies]
        helper = { path = "helper" }
        """);
    files.put("LICENSE", "MIT\n");
    files.put(
        "helper/Cargo.toml",
        "[package]\nname = \"helper\"\nversion.workspace = true\nedition.workspace = true\n");
    files.put("helper/src/lib.rs", "pub fn one() -> u8 { 1 }\n");
    files.put(
        "tool/Cargo.toml",
        """
        [package]
        name = "tool"
        version.workspace = true
        edition.workspace = true

        [dependencies]
        helper.workspace = true
        """);
    files.put("tool/src/lib.rs", "pub fn two() -> u8 { helper::one() + 1 }\n");
    Path file = folder.resolve("tree.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      for (Map.Entry<String, String> each : files.entrySet()) {
        if (each.getKey().equals("tool/src/lib.rs")) {
          add(writer, "tool/LICENSE", Kind.LINK, "../LICENSE");
        }
        add(writer, each.getKey(), Kind.FILE, each.getValue());
      }
      writer.finish();
    }
    return GitTreeFile.open(file);
  }

  private static void add(GitTreeWriter writer, String path, Kind kind, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    writer.add(path, kind, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static List<GitPackage> packages(GitPackageFinder finder) {
    return Stream.of("tool", "helper")
        .map(name -> finder.find(CrateName.parse(name), VERSION))
        .toList();
  }

  @Test
  void foldersHaveTheFilesAndTheirChecksums() throws IOException {
    Path target = Files.createDirectory(folder.resolve("source"));
    try (GitTreeFile tree = workspace()) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      DirectorySource.write(finder, packages(finder), target);
    }

    Path tool = target.resolve("tool-1.2.3");
    assertThat(tool.resolve("LICENSE")).isRegularFile().hasContent("MIT\n");
    assertThat(Files.readString(tool.resolve("Cargo.toml")))
        .contains("version = \"1.2.3\"", "[dependencies.helper]")
        .doesNotContain("workspace");
    String checksums = Files.readString(tool.resolve(".cargo-checksum.json"));
    for (String path : List.of("Cargo.toml", "LICENSE", "src/lib.rs")) {
      Sha256 sha256 = Sha256.of(Bytes.of(Files.readAllBytes(tool.resolve(path))));
      assertThat(checksums).contains("\"%s\":\"%s\"".formatted(path, sha256));
    }
    assertThat(target.resolve("helper-1.2.3/src/lib.rs")).isRegularFile();
  }

  @Test
  void packagesThatAreMissingOrThereTwiceAreRefused() throws IOException {
    try (GitTreeFile tree = workspace()) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      for (String version : List.of("1.2.4", "0.0.0")) {
        assertThatThrownBy(() -> finder.find(CrateName.parse("tool"), CrateVersion.parse(version)))
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining("expected one folder, found none");
      }
    }
    Path file = folder.resolve("twice.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      for (String each : List.of("a", "b")) {
        add(
            writer,
            each + "/Cargo.toml",
            Kind.FILE,
            "[package]\nname = \"tool\"\nversion = \"1.2.3\"\n");
      }
      writer.finish();
    }
    try (GitTreeFile tree = GitTreeFile.open(file)) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      assertThatThrownBy(() -> finder.find(CrateName.parse("tool"), VERSION))
          .hasMessageContaining("found [a, b]");
    }
  }

  /// Manifests of few bytes can have many values, each of which takes heap.
  @Test
  void manifestsWithTooManyValuesAreRefused() throws IOException {
    Path file = folder.resolve("values.tar");
    String manifest = "a = [" + "1,".repeat(60_000) + "]\n";
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      for (int i = 0; i < 7; i++) {
        add(writer, i + "/Cargo.toml", Kind.FILE, manifest);
      }
      writer.finish();
    }

    try (GitTreeFile tree = GitTreeFile.open(file)) {
      assertThatThrownBy(() -> new GitPackageFinder(tree))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("400000 values, found more");
    }
  }

  /// The file cannot be compressed.
  @Test
  void archiveIsInHeapOnce() throws IOException {
    byte[] noise = new byte[8 << 20];
    new Random(7).nextBytes(noise);
    Path file = folder.resolve("noise.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      add(writer, "Cargo.toml", Kind.FILE, "[package]\nname = \"tool\"\nversion = \"1.2.3\"\n");
      writer.add("noise", Kind.FILE, noise.length, new ByteArrayInputStream(noise));
      writer.finish();
    }
    Path crate = folder.resolve("tool.crate");
    try (GitTreeFile tree = GitTreeFile.open(file)) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      GitPackage tool = finder.find(CrateName.parse("tool"), VERSION);
      SequencedMap<String, PackageFile> files = finder.files(tool);
      long before = allocated();

      Bytes archive = GitPackageArchive.of(tool, files, crate);

      assertThat(allocated() - before).isLessThan(noise.length + (noise.length >> 1));
      assertThat(archive.length()).isGreaterThan(noise.length);
      assertThat(crate).doesNotExist();
      GitTreeEntry larger =
          new GitTreeEntry("noise", Kind.FILE, 65 << 20, Sha256.of(Bytes.EMPTY), 0);
      files.put("noise", new PackageFile.Copied(tree, larger));
      assertThatThrownBy(() -> GitPackageArchive.of(tool, files, crate))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected at most 67108864 bytes, found 68157");
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void pathsAreResolvedWithinTheTree() {
    assertThat(GitPackageFinder.resolved("a/b", "../c")).isEqualTo("a/c");
    assertThat(GitPackageFinder.resolved("a", "./../LICENSE")).isEqualTo("LICENSE");
    assertThat(GitPackageFinder.resolved("a", "..")).isEmpty();
    assertThat(GitPackageFinder.resolved("a", "../../x")).isNull();
    assertThat(GitPackageFinder.resolved("a", "/etc/passwd")).isNull();
  }

  @Test
  void configurationNamesTheReference() {
    assertThat(DirectorySource.configuration(URL, "lazaret-git-1", Path.of("/work/x")))
        .isEqualTo(
            """
            [source."git+https://git.example/team/tool?branch=feature%2Fx"]
            git = "https://git.example/team/tool"
            branch = "feature/x"
            replace-with = "lazaret-git-1"

            [source.lazaret-git-1]
            directory = "/work/x"
            """);
  }

  /// No server has the address: cargo reads the folder alone.
  @Test
  void cargoBuildsWithoutGit() throws Exception {
    Path cargo = cargo();
    assumeTrue(Files.isExecutable(cargo), "cargo is not installed");
    Path target = Files.createDirectory(folder.resolve("source"));
    try (GitTreeFile tree = workspace()) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      DirectorySource.write(finder, packages(finder), target);
    }
    Path project = Files.createDirectories(folder.resolve("project/src")).resolveSibling("");
    Files.writeString(project.resolve("src/lib.rs"), "pub fn three() -> u8 { tool::two() + 1 }\n");
    Files.writeString(
        project.resolve("Cargo.toml"),
        """
        [package]
        name = "project"
        version = "0.1.0"
        edition = "2021"

        [dependencies]
        tool = { git = "https://git.example/team/tool", branch = "feature/x" }
        """);
    String source = "git+" + URL + "#" + COMMIT;
    Files.writeString(
        project.resolve("Cargo.lock"),
        """
        version = 4

        [[package]]
        name = "helper"
        version = "1.2.3"
        source = "%s"

        [[package]]
        name = "project"
        version = "0.1.0"
        dependencies = [
         "tool",
        ]

        [[package]]
        name = "tool"
        version = "1.2.3"
        source = "%s"
        dependencies = [
         "helper",
        ]
        """
            .formatted(source, source));
    Path config =
        Files.writeString(
            folder.resolve("config.toml"),
            DirectorySource.configuration(URL, "lazaret-git-1", target));

    run(project, cargo, "--config", config.toString(), "metadata", "--locked", "--offline");
    run(project, cargo, "--config", config.toString(), "check", "--locked", "--offline");
  }

  private static Path cargo() {
    Path cargo = Path.of(System.getProperty("user.home"), ".cargo", "bin", "cargo");
    return Files.isExecutable(cargo) ? cargo : Path.of("/usr/bin/cargo");
  }

  private void run(Path project, Path program, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().put("CARGO_HOME", folder.resolve("cargo-home").toString());
    builder.environment().put("CARGO_TARGET_DIR", folder.resolve("target").toString());
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
