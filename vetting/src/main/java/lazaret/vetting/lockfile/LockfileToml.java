package lazaret.vetting.lockfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.TomlDepth;
import lazaret.vetting.lockfile.RawLockfile.RawPackage;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// Reads lockfiles as the TOML that they are, whatever their shape, and says what is wrong with
/// those that are none. Unknown keys are ignored, as cargo ignores them.
final class LockfileToml {
  /// The longest file that is given to the parser, in characters: it takes about a second for each
  /// million, and files of cargo's own shape never come here.
  static final int MAX_LENGTH = 2_000_000;

  /// The deepest nesting that is given to the parser, which calls itself; a lockfile has two
  /// levels.
  static final int MAX_DEPTH = 16;

  private LockfileToml() {}

  /// Reads a lockfile.
  ///
  /// @throws MalformedException if the text is no TOML, no lockfile, or too long or nested too
  ///   deeply for a text that cargo did not write
  static RawLockfile read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw malformed(
          "not of the form that cargo writes, and %d characters long, at most %d expected"
              .formatted(text.length(), MAX_LENGTH));
    }
    if (TomlDepth.of(text) > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      TomlParseError first = toml.errors().getFirst();
      throw malformed(
          "line %d, column %d: %s"
              .formatted(
                  first.position().line(),
                  first.position().column(),
                  Excerpt.of(String.valueOf(first.getMessage()))));
    }
    return document(toml);
  }

  private static RawLockfile document(TomlTable toml) {
    var packages = new ArrayList<RawPackage>();
    @Nullable TomlTable root = table(toml, "root");
    if (root != null) {
      packages.add(aPackage(root));
    }
    for (Object each : elements(toml, "package")) {
      if (!(each instanceof TomlTable table)) {
        throw malformed("'package' is no array of tables");
      }
      packages.add(aPackage(table));
    }
    var metadata = new HashMap<String, String>();
    @Nullable TomlTable found = table(toml, "metadata");
    if (found != null) {
      for (String key : found.keySet()) {
        metadata.put(key, text("metadata", value(found, key)));
      }
    }
    return new RawLockfile(version(toml), packages, metadata);
  }

  private static @Nullable Long version(TomlTable toml) {
    @Nullable Object found = value(toml, "version");
    if (found == null || found instanceof Long) {
      return (Long) found;
    }
    throw malformed("'version' is no integer");
  }

  private static RawPackage aPackage(TomlTable table) {
    var dependencies = new ArrayList<String>();
    for (Object each : elements(table, "dependencies")) {
      dependencies.add(text("dependencies", each));
    }
    @Nullable String name = optionalText(table, "name");
    @Nullable String version = optionalText(table, "version");
    if (name == null || version == null) {
      throw malformed("a package has no name or no version");
    }
    return new RawPackage(
        name,
        version,
        optionalText(table, "source"),
        optionalText(table, "checksum"),
        dependencies);
  }

  /// Returns a value by its one exact key: the library's other way in splits keys at dots.
  private static @Nullable Object value(TomlTable table, String key) {
    return table.get(List.of(key));
  }

  private static @Nullable String optionalText(TomlTable table, String key) {
    @Nullable Object found = value(table, key);
    return found == null ? null : text(key, found);
  }

  private static String text(String key, @Nullable Object found) {
    if (found instanceof String text) {
      return text;
    }
    throw malformed("'" + key + "' is no string");
  }

  private static @Nullable TomlTable table(TomlTable parent, String key) {
    @Nullable Object found = value(parent, key);
    if (found == null || found instanceof TomlTable) {
      return (TomlTable) found;
    }
    throw malformed("'" + key + "' is no table");
  }

  private static List<Object> elements(TomlTable parent, String key) {
    @Nullable Object found = value(parent, key);
    if (found == null) {
      return List.of();
    }
    if (found instanceof TomlArray array) {
      return array.toList();
    }
    throw malformed("'" + key + "' is no array");
  }

  private static MalformedException malformed(String why) {
    return new MalformedException("cannot read Cargo.lock: " + why);
  }
}
