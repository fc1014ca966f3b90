package lazaret.vetting.hosting.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.toml.TomlNode;
import org.jspecify.annotations.Nullable;

/// The reader of the dependencies of a published manifest. Not thread-safe.
///
/// Source: Cargo reference, *Specifying Dependencies*.
final class ManifestDependencyReader {
  private static final int MAX_DEPENDENCIES = 500;
  private static final int MAX_TARGET = 1_000;
  private static final int MAX_ADDRESS = 2_048;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final Pattern TRIPLE = Pattern.compile("[A-Za-z0-9_.-]+");

  /// The parts that an index line cannot have: a local name of a registry, and what cargo calls
  /// unstable.
  private static final Set<String> INEXPRESSIBLE =
      Set.of("registry", "workspace", "artifact", "public", "lib");

  private final RegistryAddresses addresses;
  private final List<String> warnings;
  private final List<PublishedDependency> found = new ArrayList<>();

  /// The addresses of other registries, with the first dependency that names each.
  private final SequencedMap<String, String> others = new LinkedHashMap<>();

  /// Creates a reader.
  ///
  /// @param warnings receives a sentence for each part that is left out
  ManifestDependencyReader(RegistryAddresses addresses, List<String> warnings) {
    this.addresses = addresses;
    this.warnings = warnings;
  }

  /// Returns the dependencies in the order of the index line.
  ///
  /// @throws lazaret.vetting.MalformedException if one cannot be published
  List<PublishedDependency> read(ManifestTable root) {
    all(root);
    Map.Entry<String, String> other = others.firstEntry();
    if (other != null) {
      throw ManifestTable.malformed(
          "'%s' is of the registry '%s'; expected this one or crates.io",
          other.getValue(), other.getKey());
    }
    return found.stream().sorted().toList();
  }

  /// Returns the addresses of the registries that are neither this one nor the public one.
  ///
  /// @throws lazaret.vetting.MalformedException if a dependency cannot be published for another
  ///   reason
  List<String> otherRegistries(ManifestTable root) {
    all(root);
    return List.copyOf(others.keySet());
  }

  private void all(ManifestTable root) {
    sections(root, null);
    ManifestTable targets = root.table("target").orElse(null);
    if (targets != null) {
      for (String platforms : targets.keys()) {
        if (!isPlatforms(platforms)) {
          throw ManifestTable.malformed(
              "a target must be a triple or cfg(...); found '%s'", platforms);
        }
        targets.table(platforms).ifPresent(table -> sections(table, platforms));
      }
    }
    if (found.size() > MAX_DEPENDENCIES) {
      throw ManifestTable.malformed(
          "there are %s dependencies; expected at most %s", found.size(), MAX_DEPENDENCIES);
    }
  }

  private void sections(ManifestTable table, @Nullable String target) {
    section(table.table("dependencies").orElse(null), DependencyKind.NORMAL, target);
    section(
        table.table("build-dependencies", "build_dependencies").orElse(null),
        DependencyKind.BUILD,
        target);
    section(
        table.table("dev-dependencies", "dev_dependencies").orElse(null),
        DependencyKind.DEV,
        target);
  }

  private void section(
      @Nullable ManifestTable section, DependencyKind kind, @Nullable String target) {
    if (section == null) {
      return;
    }
    for (Map.Entry<String, TomlNode> each : section.entries().entrySet()) {
      ManifestTable table = full(section, each.getKey(), each.getValue());
      found.add(dependency(each.getKey(), table, kind, target));
    }
  }

  /// Returns a dependency as a table, also if only its version is given.
  private static ManifestTable full(ManifestTable section, String name, TomlNode node) {
    String path = section.name() + "." + name;
    return switch (node) {
      case TomlNode.Table(Map<String, TomlNode> entries, int _) -> new ManifestTable(path, entries);
      case TomlNode.Scalar version -> new ManifestTable(path, Map.of("version", version));
      case TomlNode.Array _ ->
          throw ManifestTable.malformed("'%s' must be a version or a table", path);
    };
  }

  private PublishedDependency dependency(
      String name, ManifestTable table, DependencyKind kind, @Nullable String target) {
    for (String key : table.keys()) {
      if (INEXPRESSIBLE.contains(key)) {
        throw ManifestTable.malformed(
            "'%s' has the key '%s', which no index can say", table.name(), key);
      }
    }
    if (!NAME.matcher(name).matches()) {
      throw ManifestTable.malformed(
          "a dependency must be named by at most 64 letters, digits, '-' and '_', and not begin"
              + " with a digit or '-'; found '%s'",
          name);
    }
    String crate = table.text("package", CrateName.MAX_LENGTH);
    boolean optional = table.flag("optional", false);
    if (optional && kind == DependencyKind.DEV) {
      throw ManifestTable.malformed("'%s' is optional, and needed for tests alone", table.name());
    }
    return new PublishedDependency(
        name,
        CrateName.parse(crate == null ? name : crate),
        req(table),
        FeatureRules.ofDependency(table),
        optional,
        table.flag(table.has("default_features") ? "default_features" : "default-features", true),
        target,
        kind,
        isHere(table));
  }

  private String req(ManifestTable table) {
    String text = table.text("version", VersionReq.MAX_LENGTH);
    for (String other : List.of("path", "git")) {
      if (table.has(other) && text != null) {
        warnings.add(
            "the key '%s' of '%s' is left out; the version counts"
                .formatted(other, Excerpt.of(table.name())));
      }
    }
    if (text == null) {
      throw ManifestTable.malformed("'%s' has no version", table.name());
    }
    VersionReq req = VersionReq.parse(text);
    if (req.comparators().isEmpty()) {
      throw ManifestTable.malformed(
          "'%s' requires '%s'; expected a version, since any would do", table.name(), text);
    }
    return req.canonical();
  }

  /// Returns whether the crate is of this registry, or of another one, whose address is kept.
  /// Without an address it is a public one.
  private boolean isHere(ManifestTable table) {
    String address = table.text("registry-index", MAX_ADDRESS);
    if (address == null || RegistryAddresses.isPublic(address)) {
      return false;
    }
    if (!addresses.isOwn(address)) {
      others.putIfAbsent(address, table.name());
    }
    return true;
  }

  /// Returns whether a text is a triple, or `cfg(...)` with as many parentheses that open as close.
  static boolean isPlatforms(String text) {
    if (text.length() > MAX_TARGET || text.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    if (TRIPLE.matcher(text).matches()) {
      return true;
    }
    if (!text.startsWith("cfg(") || !text.endsWith(")")) {
      return false;
    }
    int depth = 0;
    boolean quoted = false;
    for (int i = 3; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && --depth == 0 && i < text.length() - 1) {
        return false;
      }
    }
    return depth == 0 && !quoted;
  }
}
