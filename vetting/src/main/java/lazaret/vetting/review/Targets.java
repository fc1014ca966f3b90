package lazaret.vetting.review;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlValue;
import lazaret.vetting.toml.TomlVisitor;

/// Where the code of a crate begins (Cargo reference, *Cargo Targets*, *The build field*). Where
/// the manifest cannot be read, what cargo takes by itself is assumed.
final class Targets implements TomlVisitor {
  private static final String USUAL_SCRIPT = "build.rs";
  private static final int MAX = 64;

  private final Set<String> buildScripts = new HashSet<>();
  private final Set<String> roots = new HashSet<>();

  private Targets() {}

  static Targets read(Bytes manifest) {
    var targets = new Targets();
    // What is behind a mistake is not read by cargo either.
    TomlOutcome _ = TomlReader.read(manifest, targets);
    return targets;
  }

  static Targets usual() {
    return new Targets();
  }

  /// Returns the paths of build scripts, whether they are there or not.
  Set<String> buildScripts() {
    return buildScripts.isEmpty() ? Set.of(USUAL_SCRIPT) : buildScripts;
  }

  /// Returns the paths that the manifest names for the library and the programs: they may lie in
  /// `tests` or wherever nobody looks.
  Set<String> roots() {
    return roots;
  }

  @Override
  public void table(List<String> path, boolean element) {}

  @Override
  public void value(List<String> path, TomlValue value) {
    if (path.size() != 2
        || value.kind() != TomlValue.Kind.STRING
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
      paths.add(References.normal(path));
    }
  }
}
