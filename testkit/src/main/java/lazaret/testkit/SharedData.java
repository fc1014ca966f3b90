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

/// The shared reference data: a slice of the public registry, and oracles. It stands beside the
/// repository and need not be there; tests that want it are skipped visibly without.
///
/// Found through the environment variable `LAZARET_SHARED`, else as `../shared` beside the folder
/// with the root `pom.xml`.
///
/// @param folder the folder that has `data/` in it
public record SharedData(Path folder) {
  private static final String VARIABLE = "LAZARET_SHARED";

  /// A published artefact of the slice.
  ///
  /// @param name the crate
  /// @param version its version
  /// @param file the `.crate` file
  public record Artefact(CrateName name, CrateVersion version, Path file) {
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

    /// Returns the identity under which bytes of this artefact are published.
    public CrateId id(Bytes bytes) {
      return new CrateId(name, version, Sha256.of(bytes));
    }

    /// Returns `name version`.
    @Override
    public String toString() {
      return name + " " + version;
    }
  }

  /// Finds the data; empty where there is none.
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

  /// Returns the folder with the answers of Rust's own `semver`.
  public Path oracles() {
    return folder.resolve("data/oracles");
  }

  /// Returns one artefact of the slice, whether its file is there or not.
  public Artefact artefact(String name, String version) {
    Path file = upstream().resolve("crates/" + name + "/" + name + "-" + version + ".crate");
    return new Artefact(CrateName.parse(name), CrateVersion.parse(version), file);
  }

  /// Lists all artefacts of the slice in a stable order.
  ///
  /// @throws UncheckedIOException if the folder cannot be read
  public List<Artefact> artefacts() {
    try (Stream<Path> files = Files.walk(upstream().resolve("crates"), 2)) {
      return files
          .filter(file -> file.toString().endsWith(".crate"))
          .sorted()
          .map(SharedData::artefactOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list shared data in " + folder, e);
    }
  }

  private static Artefact artefactOf(Path file) {
    String name = file.getName(file.getNameCount() - 2).toString();
    String fileName = file.getName(file.getNameCount() - 1).toString();
    String version = fileName.substring(name.length() + 1, fileName.length() - ".crate".length());
    return new Artefact(CrateName.parse(name), CrateVersion.parse(version), file);
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
