package lazaret.vetting.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlScalar.Kind;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// The keys of a `Cargo.toml` that inspection needs (Cargo reference, *The Manifest Format*).
/// Immutable after it was read.
final class CrateManifest implements TomlVisitor {
  private static final int MAX_TEXT = 1_024;
  private static final Set<String> PACKAGE_KEYS =
      Set.of("name", "version", "build", "metabuild", "license", "links");
  private static final Set<String> LIB_KEYS =
      Set.of("proc-macro", "proc_macro", "crate-type", "crate_type");

  private final Map<String, TomlScalar> values = new HashMap<>();
  private final ManifestDetails details;
  private boolean hasPackage;
  private boolean procMacroCrateType;
  private @Nullable String defect;

  private CrateManifest(ManifestDetails details) {
    this.details = details;
  }

  /// Reads a manifest. An error is reported by [#defect()].
  ///
  /// @param details receives the other keys of the manifest
  static CrateManifest read(Bytes text, ManifestDetails details) {
    var manifest = new CrateManifest(details);
    switch (TomlReader.read(text, manifest)) {
      case TomlOutcome.Document<CrateManifest> _ -> {}
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          manifest.defect = "line " + line + ", column " + column + ": " + detail;
    }
    return manifest;
  }

  /// Returns a description of the syntax error, or null if the text could be read.
  @Nullable String defect() {
    return defect;
  }

  /// Returns the crate name, or null if it is missing or not a string.
  @Nullable String name() {
    return text("name");
  }

  /// Returns the version, or null if it is not a string. Cargo reads a missing version as `0.0.0`.
  @Nullable String version() {
    return packageValue("version") == null ? "0.0.0" : text("version");
  }

  /// Returns the license expression, or null if there is none.
  @Nullable String license() {
    return text("license");
  }

  /// Returns the native library that the manifest claims, or null if there is none.
  @Nullable String links() {
    return text("links");
  }

  /// Returns whether cargo compiles and runs a build script. If the manifest does not say, the file
  /// `build.rs` next to it counts as one. An unknown value also counts as one.
  boolean hasBuildScript(boolean buildRsInRoot) {
    TomlScalar build = packageValue("build");
    if (packageValue("metabuild") != null) {
      return true;
    }
    return build == null ? buildRsInRoot : !build.isFalse();
  }

  /// Returns whether the library is a proc macro, in any spelling that cargo accepts.
  boolean isProcMacro() {
    return isTrue("lib.proc-macro") || isTrue("lib.proc_macro") || procMacroCrateType;
  }

  @Override
  public void table(List<String> path, boolean element) {
    hasPackage |= path.getFirst().equals("package");
    details.table(path, element);
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    details.value(path, value);
    String section = path.getFirst();
    hasPackage |= section.equals("package");
    if (path.size() != 2) {
      return;
    }
    String key = path.get(1);
    if (section.equals("lib") && LIB_KEYS.contains(key)) {
      procMacroCrateType |= key.startsWith("crate") && value.text().equals("proc-macro");
      keep(section, key, value);
    } else if ((section.equals("package") || section.equals("project"))
        && PACKAGE_KEYS.contains(key)) {
      keep(section, key, value);
    }
  }

  private void keep(String section, String key, TomlScalar value) {
    TomlScalar earlier = values.putIfAbsent(section + "." + key, value);
    if (earlier != null && !(earlier.element() && value.element()) && defect == null) {
      // TOML forbids it: a program that uses the other value would see another crate.
      defect = "key '" + key + "' is there twice";
    }
  }

  private @Nullable TomlScalar packageValue(String key) {
    // `[project]` is the old name of `[package]` and is read only if that is missing.
    return values.get((hasPackage ? "package." : "project.") + key);
  }

  private @Nullable String text(String key) {
    TomlScalar value = packageValue(key);
    if (value == null || value.kind() != Kind.STRING || value.element()) {
      return null;
    }
    String text = value.text();
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private boolean isTrue(String key) {
    TomlScalar value = values.get(key);
    return value != null && value.isTrue();
  }
}
