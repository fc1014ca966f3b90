package lazaret.vetting.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlValue;
import lazaret.vetting.toml.TomlValue.Kind;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// The few keys of a `Cargo.toml` that are of interest (Cargo reference, *The Manifest Format*).
/// Immutable once read.
final class CrateManifest implements TomlVisitor {
  private static final int MAX_TEXT = 1_024;
  private static final Set<String> PACKAGE_KEYS =
      Set.of("name", "version", "build", "metabuild", "license", "links");
  private static final Set<String> LIB_KEYS =
      Set.of("proc-macro", "proc_macro", "crate-type", "crate_type");

  private final Map<String, TomlValue> values = new HashMap<>();
  private final ManifestDetails details;
  private boolean hasPackage;
  private boolean procMacroCrateType;
  private @Nullable String defect;

  private CrateManifest(ManifestDetails details) {
    this.details = details;
  }

  /// Reads a manifest; whether that went well is for [#defect()] to say.
  ///
  /// @param details receives what else the manifest says
  static CrateManifest read(Bytes text, ManifestDetails details) {
    var manifest = new CrateManifest(details);
    switch (TomlReader.read(text, manifest)) {
      case TomlOutcome.Whole() -> {}
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          manifest.defect = "line " + line + ", column " + column + ": " + detail;
    }
    return manifest;
  }

  /// Returns what is wrong with the text, or null if it could be read.
  @Nullable String defect() {
    return defect;
  }

  /// Returns the name, or null if it is missing or no string.
  @Nullable String name() {
    return text("name");
  }

  /// Returns the version; cargo takes a missing one for `0.0.0`. Null if it is no string.
  @Nullable String version() {
    return packageValue("version") == null ? "0.0.0" : text("version");
  }

  /// Returns the licence expression, or null.
  @Nullable String licence() {
    return text("license");
  }

  /// Returns the native library that is claimed, or null.
  @Nullable String links() {
    return text("links");
  }

  /// Returns whether cargo compiles and runs a build script. Where the manifest is silent a file
  /// `build.rs` beside it is one; a value whose meaning we do not know counts as one.
  boolean hasBuildScript(boolean buildRsInRoot) {
    TomlValue build = packageValue("build");
    if (packageValue("metabuild") != null) {
      return true;
    }
    return build == null ? buildRsInRoot : !build.isFalse();
  }

  /// Returns whether the library is a proc macro, in any of the spellings that cargo takes.
  boolean isProcMacro() {
    return isTrue("lib.proc-macro") || isTrue("lib.proc_macro") || procMacroCrateType;
  }

  @Override
  public void table(List<String> path, boolean element) {
    hasPackage |= path.getFirst().equals("package");
    details.table(path, element);
  }

  @Override
  public void value(List<String> path, TomlValue value) {
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

  private void keep(String section, String key, TomlValue value) {
    TomlValue earlier = values.putIfAbsent(section + "." + key, value);
    if (earlier != null && !(earlier.element() && value.element()) && defect == null) {
      // TOML forbids it; whoever took the other one would see another crate.
      defect = "key '" + key + "' is there twice";
    }
  }

  private @Nullable TomlValue packageValue(String key) {
    // `[project]` is the old name of `[package]` and is read only where that is missing.
    return values.get((hasPackage ? "package." : "project.") + key);
  }

  private @Nullable String text(String key) {
    TomlValue value = packageValue(key);
    if (value == null || value.kind() != Kind.STRING || value.element()) {
      return null;
    }
    String text = value.text();
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private boolean isTrue(String key) {
    TomlValue value = values.get(key);
    return value != null && value.isTrue();
  }
}
