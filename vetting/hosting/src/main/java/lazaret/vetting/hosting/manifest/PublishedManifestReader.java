package lazaret.vetting.hosting.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.hosting.record.PublicationMetadata;
import lazaret.vetting.toml.TomlDocument;
import org.jspecify.annotations.Nullable;

/// The reader of the `Cargo.toml` of a published archive. cargo normalizes it before it uploads;
/// other clients may not, so that what an index line cannot say is refused.
///
/// Source: Cargo reference, *The Manifest Format*; the rules of crates.io for names and metadata.
public final class PublishedManifestReader {
  private static final int MAX_NODES = 50_000;
  private static final int MAX_VERSION = 150;
  private static final int MAX_LINKS = 64;
  private static final int MAX_DESCRIPTION = 1_000;
  private static final int MAX_TEXT = 1_024;
  private static final int MAX_KEYWORDS = 5;
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z][A-Za-z0-9_+-]{0,19}");
  private static final Pattern RUST_VERSION = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,2}");

  private final ManifestTable root;
  private final ManifestTable about;
  private final List<String> warnings = new ArrayList<>();

  private PublishedManifestReader(ManifestTable root) {
    this.root = root;
    this.about =
        root.table("package")
            .orElseThrow(() -> ManifestTable.malformed("there must be a table [%s]", "package"));
  }

  /// Reads a manifest.
  ///
  /// @param document the file; the caller limits its length
  /// @param addresses the indexes that a dependency may name
  /// @throws MalformedException if it is not a manifest that this registry can publish
  public static PublishedManifest read(Bytes document, RegistryAddresses addresses) {
    return new PublishedManifestReader(root(document)).manifest(addresses);
  }

  /// Returns the addresses of other registries that the dependencies of a manifest name.
  ///
  /// @param document the file; the caller limits its length
  /// @param addresses the indexes that a dependency may name
  /// @throws MalformedException if it is not a manifest, or its dependencies have another problem
  public static List<String> otherRegistries(Bytes document, RegistryAddresses addresses) {
    return new ManifestDependencyReader(addresses, new ArrayList<>())
        .otherRegistries(root(document));
  }

  private static ManifestTable root(Bytes document) {
    TomlDocument toml =
        TomlDocument.read(document, MAX_NODES)
            .orElseThrow(
                fault ->
                    ManifestTable.malformed(
                        "line %s, column %s: %s", fault.line(), fault.column(), fault.detail()));
    return new ManifestTable("", toml.root().entries());
  }

  private PublishedManifest manifest(RegistryAddresses addresses) {
    CrateName name = CrateName.parse(needed("name", CrateName.MAX_LENGTH));
    CrateVersion version = CrateVersion.parse(needed("version", MAX_VERSION));
    List<PublishedDependency> dependencies =
        new ManifestDependencyReader(addresses, warnings).read(root);
    return new PublishedManifest(
        name,
        version,
        dependencies,
        FeatureRules.read(root.table("features").orElse(null), dependencies),
        links(),
        rustVersion(),
        metadata(),
        warnings);
  }

  private String needed(String key, int maxLength) {
    String text = about.text(key, maxLength);
    if (text == null) {
      throw ManifestTable.malformed("'package.%s' is missing", key);
    }
    return text;
  }

  private @Nullable String links() {
    String links = about.text("links", MAX_LINKS);
    if (links != null && links.isBlank()) {
      throw ManifestTable.malformed("'package.links' must be a name; found '%s'", links);
    }
    return links;
  }

  private @Nullable String rustVersion() {
    String version = about.text("rust-version", MAX_TEXT);
    if (version != null && !RUST_VERSION.matcher(version).matches()) {
      throw ManifestTable.malformed(
          "'package.rust-version' must be one to three numbers like 1.85; found '%s'", version);
    }
    return version;
  }

  private PublicationMetadata metadata() {
    List<String> keywords = about.texts("keywords", MAX_KEYWORDS);
    for (String keyword : keywords) {
      if (!KEYWORD.matcher(keyword).matches()) {
        throw ManifestTable.malformed(
            "a keyword must have at most 20 letters, digits, '-', '_' and '+', and begin with a"
                + " letter; found '%s'",
            keyword);
      }
    }
    List<String> categories = about.texts("categories", MAX_KEYWORDS);
    for (String category : categories) {
      if (category.length() > MAX_TEXT) {
        throw ManifestTable.malformed("a category is too long: '%s'", category);
      }
    }
    return new PublicationMetadata(
        about.text("description", MAX_DESCRIPTION),
        about.text("license", MAX_TEXT),
        about.text("license-file", MAX_TEXT),
        address("repository"),
        address("documentation"),
        address("homepage"),
        readme(),
        keywords,
        categories);
  }

  /// Returns an address that a page may link to.
  private @Nullable String address(String key) {
    String text = about.text(key, MAX_TEXT);
    if (text != null && !text.startsWith("https://") && !text.startsWith("http://")) {
      throw ManifestTable.malformed(
          "'package.%s' must be an address with https:// or http://; found '%s'", key, text);
    }
    return text;
  }

  /// Returns the path of the readme. `true` means `README.md`, and `false` that there is none.
  private @Nullable String readme() {
    if (about.has("readme") && ManifestTable.isFlag(about.entries().get("readme"))) {
      return about.flag("readme", false) ? "README.md" : null;
    }
    return about.text("readme", MAX_TEXT);
  }

  /// Returns the metadata that a registry requires and a manifest lacks.
  ///
  /// @param required of `description`, `license`, `repository`, `documentation`
  public static List<String> missing(List<String> required, PublicationMetadata metadata) {
    List<String> missing = new ArrayList<>();
    for (String key : required) {
      boolean given =
          switch (key) {
            case "description" -> isText(metadata.description());
            case "license" -> isText(metadata.license()) || isText(metadata.licenseFile());
            case "repository" -> isText(metadata.repository());
            case "documentation" -> isText(metadata.documentation());
            default -> true;
          };
      if (!given) {
        missing.add(key);
      }
    }
    return Collections.unmodifiableList(missing);
  }

  private static boolean isText(@Nullable String text) {
    return Optional.ofNullable(text).filter(each -> !each.isBlank()).isPresent();
  }
}
