package lazaret.detonation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlScalar;
import org.jspecify.annotations.Nullable;

/// The wishes of a manifest about its documentation, in `[package.metadata.docs.rs]`. Arguments for
/// cargo and rustdoc are not among them, since they could write files or load code.
///
/// Source: docs.rs, *Metadata for custom builds*; Cargo reference, *Features*.
///
/// @param features the features of the version to enable
/// @param defaults whether its default features are enabled
/// @param target the platform to document; null for that of the machine
public record DocumentationMetadata(
    List<String> features, boolean defaults, @Nullable String target) {
  /// The metadata of a manifest without wishes.
  public static final DocumentationMetadata NONE = new DocumentationMetadata(List.of(), true, null);

  private static final int MAX_MANIFEST = 1 << 20;
  private static final int MAX_NODES = 50_000;
  private static final int MAX_FEATURES = 1_000;
  private static final String OPTIONAL = "dep:";
  private static final Pattern FEATURE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]{0,63}");
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

  /// Copies the list.
  public DocumentationMetadata {
    features = List.copyOf(features);
  }

  /// Reads the manifest of a version. A manifest that cannot be read has no wishes: cargo will name
  /// its fault.
  public static DocumentationMetadata of(CrateArchive archive) {
    List<Bytes> manifests = new ArrayList<>();
    ArchiveReadResult _ =
        archive.walk(
            InspectLimits.DEFAULT,
            (entry, content) -> {
              if (!entry.directory()
                  && entry.inRoot()
                  && entry.path().equals("Cargo.toml")
                  && content.remaining() <= MAX_MANIFEST) {
                manifests.add(content.read(MAX_MANIFEST));
              }
            });
    return manifests.size() == 1 ? of(manifests.getFirst()) : NONE;
  }

  private static DocumentationMetadata of(Bytes manifest) {
    return switch (TomlDocument.read(manifest, MAX_NODES)) {
      case TomlOutcome.Document(TomlDocument document) -> of(document.root().entries());
      case TomlOutcome.Malformed(int _, int _, String _) -> NONE;
    };
  }

  private static DocumentationMetadata of(Map<String, TomlNode> root) {
    Map<String, TomlNode> wishes =
        table(table(table(table(root, "package"), "metadata"), "docs"), "rs");
    Set<String> all = features(root);
    List<String> wanted =
        isTrue(wishes.get("all-features"))
            ? List.copyOf(all)
            : texts(wishes.get("features")).stream().filter(all::contains).distinct().toList();
    List<String> platforms = new ArrayList<>(List.of(text(wishes.get("default-target"))));
    platforms.addAll(texts(wishes.get("targets")));
    return new DocumentationMetadata(
        wanted.stream().limit(MAX_FEATURES).toList(),
        !isTrue(wishes.get("no-default-features")),
        platforms.stream()
            .filter(name -> PLATFORM.matcher(name).matches())
            .findFirst()
            .orElse(null));
  }

  /// Returns the features of a manifest. An optional dependency is one, too, unless a feature names
  /// it with `dep:`.
  private static Set<String> features(Map<String, TomlNode> root) {
    Map<String, TomlNode> stated = table(root, "features");
    Set<String> hidden =
        stated.values().stream()
            .flatMap(values -> texts(values).stream())
            .filter(value -> value.startsWith(OPTIONAL))
            .map(value -> value.substring(OPTIONAL.length()))
            .collect(Collectors.toSet());
    Set<String> all = new TreeSet<>(stated.keySet());
    addOptional(root, hidden, all);
    table(root, "target")
        .values()
        .forEach(
            platform -> {
              if (platform instanceof TomlNode.Table table) {
                addOptional(table.entries(), hidden, all);
              }
            });
    all.removeIf(name -> !FEATURE.matcher(name).matches());
    return all;
  }

  private static void addOptional(
      Map<String, TomlNode> from, Set<String> hidden, Set<String> features) {
    for (String kind : List.of("dependencies", "build-dependencies")) {
      table(from, kind)
          .forEach(
              (name, node) -> {
                if (node instanceof TomlNode.Table table
                    && isTrue(table.entries().get("optional"))
                    && !hidden.contains(name)) {
                  features.add(name);
                }
              });
    }
  }

  private static Map<String, TomlNode> table(Map<String, TomlNode> from, String key) {
    return from.get(key) instanceof TomlNode.Table table ? table.entries() : Map.of();
  }

  private static List<String> texts(@Nullable TomlNode node) {
    return node instanceof TomlNode.Array array
        ? array.elements().stream().map(DocumentationMetadata::text).toList()
        : List.of();
  }

  /// Returns the text of a string, or an empty text for any other node.
  private static String text(@Nullable TomlNode node) {
    return node instanceof TomlNode.Scalar(TomlScalar value, int _)
            && value.kind() == TomlScalar.Kind.STRING
        ? value.text()
        : "";
  }

  private static boolean isTrue(@Nullable TomlNode node) {
    return node instanceof TomlNode.Scalar(TomlScalar value, int _) && value.isTrue();
  }

  /// Returns the platform to document if a toolchain has its standard library.
  ///
  /// @param sysroot the folder of the toolchain
  public Optional<String> target(Path sysroot) {
    return Optional.ofNullable(target)
        .filter(name -> Files.isDirectory(sysroot.resolve("lib/rustlib").resolve(name + "/lib")));
  }

  /// Returns the keys of a dependency in a manifest, each after a comma; empty for none.
  String keys() {
    StringBuilder keys = new StringBuilder();
    if (!defaults) {
      keys.append(", default-features = false");
    }
    if (!features.isEmpty()) {
      // These names have no quotation marks.
      keys.append(", features = [\"").append(String.join("\", \"", features)).append("\"]");
    }
    return keys.toString();
  }
}
