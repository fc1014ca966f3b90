package lazaret.vetting.lockfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lazaret.vetting.lockfile.RawLockfile.RawPackage;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// A second reader of lockfiles with another TOML parser, for comparison.
final class TomlOracle {
  private TomlOracle() {}

  /// Returns the content of a lockfile, or empty if the text is not one.
  static Optional<RawLockfile> read(String text) {
    TomlParseResult toml = Toml.parse(text);
    try {
      return toml.hasErrors() ? Optional.empty() : Optional.of(document(toml));
    } catch (ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static RawLockfile document(TomlTable toml) {
    var packages = new ArrayList<RawPackage>();
    if (toml.get("root") instanceof TomlTable root) {
      packages.add(aPackage(root));
    }
    if (toml.get("package") instanceof TomlArray all) {
      all.toList().forEach(each -> packages.add(aPackage((TomlTable) each)));
    }
    Map<String, String> metadata = new HashMap<>();
    if (toml.get("metadata") instanceof TomlTable table) {
      table.keySet().forEach(key -> metadata.put(key, (String) required(table, key)));
    }
    return new RawLockfile((Long) toml.get("version"), packages, metadata);
  }

  private static RawPackage aPackage(TomlTable table) {
    var dependencies = new ArrayList<String>();
    if (value(table, "dependencies") instanceof TomlArray all) {
      all.toList().forEach(each -> dependencies.add((String) each));
    }
    return new RawPackage(
        (String) required(table, "name"),
        (String) required(table, "version"),
        (String) value(table, "source"),
        (String) value(table, "checksum"),
        dependencies);
  }

  private static @Nullable Object value(TomlTable table, String key) {
    return table.get(List.of(key));
  }

  private static Object required(TomlTable table, String key) {
    return Objects.requireNonNull(value(table, key));
  }
}
