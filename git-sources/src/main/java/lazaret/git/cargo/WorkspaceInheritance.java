package lazaret.git.cargo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlScalar;
import org.jspecify.annotations.Nullable;

/// The manifest of a member with everything that it inherits from its workspace, as `cargo vendor`
/// and `cargo package` write it. A directory source has no workspace.
///
/// Source: Cargo reference, *Workspaces*: the `package`, `dependencies` and `lints` tables.
final class WorkspaceInheritance {
  private static final String WORKSPACE = "workspace";
  private static final String PACKAGE = "package";
  private static final String LINTS = "lints";
  private static final String PATH = "path";
  private static final String FEATURES = "features";
  private static final String OPTIONAL = "optional";

  /// The values whose meaning is relative to the workspace. Cargo needs none of them for a build.
  private static final Set<String> RELATIVE = Set.of("readme", "license-file");

  /// The tables of a manifest that only the root of a build has.
  private static final Set<String> OF_ROOTS = Set.of(WORKSPACE, "patch", "replace", "profile");

  private static final Set<String> DEPENDENCIES =
      Set.of(
          "dependencies",
          "dev-dependencies",
          "dev_dependencies",
          "build-dependencies",
          "build_dependencies");

  private final TomlNode.Table workspace;

  /// @param root the manifest of the workspace; empty if the package has none
  WorkspaceInheritance(TomlNode.Table root) {
    this.workspace = table(root, WORKSPACE);
  }

  /// Returns a manifest without inheritance.
  ///
  /// @throws MalformedException if the workspace lacks an inherited value
  TomlNode.Table resolve(TomlNode.Table manifest) {
    Map<String, TomlNode> resolved = new LinkedHashMap<>();
    manifest
        .entries()
        .forEach(
            (key, value) -> {
              if (!OF_ROOTS.contains(key)) {
                resolved.put(key, section(key, value));
              }
            });
    return new TomlNode.Table(resolved, 0);
  }

  private TomlNode section(String key, TomlNode value) {
    if (!(value instanceof TomlNode.Table table)) {
      return value;
    }
    if (key.equals(PACKAGE) || key.equals("project")) {
      return packageTable(table);
    }
    if (DEPENDENCIES.contains(key)) {
      return dependencies(table);
    }
    if (key.equals("target")) {
      return targets(table);
    }
    return key.equals(LINTS) && inherits(table) ? inherited(workspace, LINTS) : value;
  }

  private TomlNode packageTable(TomlNode.Table table) {
    Map<String, TomlNode> resolved = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, value) -> {
              boolean inherits = value instanceof TomlNode.Table inner && inherits(inner);
              if (key.equals(WORKSPACE)
                  || (RELATIVE.contains(key) && (inherits || leadsOutside(value)))) {
                return;
              }
              resolved.put(key, inherits ? inherited(table(workspace, PACKAGE), key) : value);
            });
    return new TomlNode.Table(resolved, 0);
  }

  private static boolean leadsOutside(TomlNode value) {
    return value instanceof TomlNode.Scalar(TomlScalar scalar, int _)
        && (scalar.text().startsWith("../") || scalar.text().startsWith("/"));
  }

  private TomlNode targets(TomlNode.Table targets) {
    Map<String, TomlNode> resolved = new LinkedHashMap<>();
    targets
        .entries()
        .forEach(
            (platform, value) -> {
              if (value instanceof TomlNode.Table sections) {
                Map<String, TomlNode> inner = new LinkedHashMap<>();
                sections.entries().forEach((key, each) -> inner.put(key, section(key, each)));
                resolved.put(platform, new TomlNode.Table(inner, 0));
              } else {
                resolved.put(platform, value);
              }
            });
    return new TomlNode.Table(resolved, 0);
  }

  private TomlNode dependencies(TomlNode.Table table) {
    Map<String, TomlNode> resolved = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (name, value) ->
                resolved.put(
                    name,
                    value instanceof TomlNode.Table own && inherits(own)
                        ? merged(inherited(table(workspace, "dependencies"), name), own)
                        : value));
    return new TomlNode.Table(resolved, 0);
  }

  /// Joins a dependency of the workspace with what the member adds: features, `optional`, and
  /// default features that the workspace switched off.
  private static TomlNode merged(TomlNode shared, TomlNode.Table own) {
    Map<String, TomlNode> merged = new LinkedHashMap<>();
    if (shared instanceof TomlNode.Table table) {
      merged.putAll(table.entries());
    } else {
      merged.put("version", shared);
    }
    List<TomlNode> features = new ArrayList<>(elements(merged.get(FEATURES)));
    features.addAll(elements(own.entries().get(FEATURES)));
    if (!features.isEmpty()) {
      merged.put(FEATURES, new TomlNode.Array(distinct(features), 0));
    }
    TomlNode optional = own.entries().get(OPTIONAL);
    if (optional != null) {
      merged.put(OPTIONAL, optional);
    }
    for (String key : List.of("default-features", "default_features")) {
      if (own.entries().get(key) instanceof TomlNode.Scalar(TomlScalar value, int offset)
          && value.isTrue()) {
        merged.remove("default-features");
        merged.remove("default_features");
        merged.put("default-features", new TomlNode.Scalar(value, offset));
      }
    }
    // Within one source cargo finds packages by name. The path of the workspace would be wrong.
    if (merged.containsKey(PATH)) {
      merged.put(PATH, text("."));
    }
    return new TomlNode.Table(merged, 0);
  }

  private static List<TomlNode> distinct(List<TomlNode> features) {
    Set<String> seen = new LinkedHashSet<>();
    for (TomlNode each : features) {
      if (each instanceof TomlNode.Scalar(TomlScalar value, int _)) {
        seen.add(value.text());
      }
    }
    return seen.stream().<TomlNode>map(WorkspaceInheritance::text).toList();
  }

  private static TomlNode text(String value) {
    return new TomlNode.Scalar(new TomlScalar(TomlScalar.Kind.STRING, value, false), 0);
  }

  private static List<TomlNode> elements(@Nullable TomlNode node) {
    return node instanceof TomlNode.Array(List<TomlNode> elements, int _) ? elements : List.of();
  }

  private static TomlNode inherited(TomlNode.Table from, String key) {
    TomlNode value = from.entries().get(key);
    if (value == null) {
      throw new MalformedException(
          "cannot read the manifest: it inherits '%s', which the workspace does not have"
              .formatted(Excerpt.of(key)));
    }
    return value;
  }

  private static boolean inherits(TomlNode.Table table) {
    return table.entries().get(WORKSPACE) instanceof TomlNode.Scalar(TomlScalar value, int _)
        && value.isTrue();
  }

  static TomlNode.Table table(TomlNode.Table parent, String key) {
    return parent.entries().get(key) instanceof TomlNode.Table table
        ? table
        : new TomlNode.Table(Map.of(), 0);
  }
}
