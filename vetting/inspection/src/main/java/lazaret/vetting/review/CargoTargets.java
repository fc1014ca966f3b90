package lazaret.vetting.review;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;

/// The entry points of a crate's code (Cargo reference, *Cargo Targets*, *The build field*). If the
/// manifest cannot be read, cargo's defaults are assumed.
final class CargoTargets implements TomlVisitor {
  private static final String USUAL_SCRIPT = "build.rs";
  private static final int MAX = 64;

  private final Set<String> buildScripts = new HashSet<>();
  private final Set<String> roots = new HashSet<>();

  private CargoTargets() {}

  static CargoTargets read(Bytes manifest) {
    var targets = new CargoTargets();
    // Cargo does not read a manifest beyond a fault either.
    TomlOutcome<CargoTargets> _ = TomlReader.read(manifest, targets);
    return targets;
  }

  static CargoTargets usual() {
    return new CargoTargets();
  }

  /// Returns the paths of build scripts, whether the files exist or not.
  Set<String> buildScripts() {
    return buildScripts.isEmpty() ? Set.of(USUAL_SCRIPT) : buildScripts;
  }

  /// Returns the paths of the library and the programs that the manifest names. They can be in
  /// `tests` or another unusual folder.
  Set<String> roots() {
    return roots;
  }

  @Override
  public void table(List<String> path, boolean element) {}

  @Override
  public void value(List<String> path, TomlScalar value) {
    if (path.size() != 2
        || value.kind() != TomlScalar.Kind.STRING
        || value.text().length() > 1_024) {
      return;
    }
    String section = path.getFirst();
    String key = path.getLast();
    if ((section.equals("package") || section.equals("project")) && key.equals("build")) {
      add(buildScripts, value.text());
    } else if ((section.equals("lib") || section.equals("bin")) && key.equals("path")) {
      add(roots, value.text());
    }
  }

  private static void add(Set<String> paths, String path) {
    if (paths.size() < MAX) {
      paths.add(FileReferences.normal(path));
    }
  }
}
