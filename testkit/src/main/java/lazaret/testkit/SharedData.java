package lazaret.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The shared reference data: a slice of the public registry, and oracles. It is outside of the
/// repository and optional; tests that need it are skipped visibly without it.
///
/// It is found by the environment variable `LAZARET_SHARED`, or as `../shared` relative to the
/// folder with the root `pom.xml`.
///
/// @param folder folder that contains `data/`
public record SharedData(Path folder) {
  private static final String VARIABLE = "LAZARET_SHARED";

  /// A published artifact of the slice.
  ///
  /// @param name name of the crate
  /// @param version version of the crate
  /// @param file the `.crate` file
  public record Artifact(CrateName name, CrateVersion version, Path file) {
    /// Reads the file.
    ///
    /// @throws UncheckedIOException if it cannot be read
    public Bytes read() {
      try {
        return Bytes.of(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read shared data " + file, e);
      }
    }

    /// Returns the identity of bytes of this artifact.
    public CrateId id(Bytes bytes) {
      return new CrateId(name, version, Sha256.of(bytes));
    }

    /// Returns `name version`.
    @Override
    public String toString() {
      return name + " " + version;
    }
  }

  /// Returns the data, or empty if there is none.
  public static Optional<SharedData> find() {
    String named = System.getenv(VARIABLE);
    Optional<Path> folder =
        named != null && !named.isEmpty()
            ? Optional.of(Path.of(named))
            : repositoryRoot().map(root -> root.resolveSibling("shared"));
    return folder.filter(f -> Files.isDirectory(f.resolve("data"))).map(SharedData::new);
  }

  /// Returns the slice of the registry, in the layout of a folder upstream (`index/`, `crates/`).
  public Path upstream() {
    return folder.resolve("data/upstream");
  }

  /// Returns the folder with the results of established tools, such as Rust's `semver`.
  public Path oracles() {
    return folder.resolve("data/oracles");
  }

  /// Returns one artifact of the slice, whether its file exists or not.
  public Artifact artifact(String name, String version) {
    Path file = upstream().resolve("crates/" + name + "/" + name + "-" + version + ".crate");
    return new Artifact(CrateName.parse(name), CrateVersion.parse(version), file);
  }

  /// Returns all artifacts of the slice in a stable order.
  ///
  /// @throws UncheckedIOException if the folder cannot be read
  public List<Artifact> artifacts() {
    try (Stream<Path> files = Files.walk(upstream().resolve("crates"), 2)) {
      return files
          .filter(file -> file.toString().endsWith(".crate"))
          .sorted()
          .map(SharedData::artifactOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list shared data in " + folder, e);
    }
  }

  private static Artifact artifactOf(Path file) {
    String name = file.getName(file.getNameCount() - 2).toString();
    String fileName = file.getName(file.getNameCount() - 1).toString();
    String version = fileName.substring(name.length() + 1, fileName.length() - ".crate".length());
    return new Artifact(CrateName.parse(name), CrateVersion.parse(version), file);
  }

  private static Optional<Path> repositoryRoot() {
    Path outermost = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("pom.xml"))) {
        outermost = at;
      }
    }
    return Optional.ofNullable(outermost);
  }
}
