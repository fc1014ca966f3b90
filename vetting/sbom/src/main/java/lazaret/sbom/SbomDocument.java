package lazaret.sbom;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.json.JsonLayout;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The SBOM of a lockfile: its packages as components, their graph, and the verdicts on them as
/// VEX. Equal content gives equal bytes; the serial number is a digest of all others.
///
/// Source: ECMA-424, *CycloneDX* 1.6.
public final class SbomDocument {
  /// The reference and name of a workspace with several packages that no other one requires.
  private static final String WORKSPACE = "workspace";

  private final Lockfile lockfile;
  private final SbomContext context;
  private final Map<LockedPackageId, String> references;
  private final Map<LockedPackageId, SbomPackage> packages = new HashMap<>();
  private final Map<LockedPackageId, SbomSource.VersionFacts> facts = new HashMap<>();
  private final Map<LockedPackageId, PublicationInfo> publications = new HashMap<>();
  private final List<LockedPackage> roots;
  private final List<SbomVulnerability> vulnerabilities;

  /// Collects the content of a document.
  ///
  /// @param checked the results of the packages of the lockfile
  /// @param source the source of further facts, which is used once for each package
  public SbomDocument(
      Lockfile lockfile, List<SbomPackage> checked, SbomSource source, SbomContext context) {
    this.lockfile = lockfile;
    this.context = context;
    this.references = references(lockfile);
    this.roots = roots(lockfile);
    Map<String, SbomPackage> byKey = new HashMap<>();
    checked.forEach(each -> byKey.put(key(each.name(), each.version(), each.source()), each));
    var advisories = new SbomVulnerability.Builder(source);
    for (LockedPackage locked : lockfile.packages()) {
      SbomPackage result = byKey.get(key(locked.name(), locked.version(), source(locked)));
      if (result != null) {
        SbomSource.VersionFacts known =
            locked.throughGate()
                ? source.version(CrateName.parse(locked.name()), locked.version())
                : SbomSource.VersionFacts.NONE;
        packages.put(locked.id(), result);
        facts.put(locked.id(), known);
        if (locked.source() instanceof PackageSource.Private) {
          source
              .publication(CrateName.parse(locked.name()), locked.version())
              .ifPresent(each -> publications.put(locked.id(), each));
        }
        advisories.add(reference(locked.id()), result, known);
      }
    }
    this.vulnerabilities = advisories.build();
  }

  private static String key(String name, CrateVersion version, String source) {
    return name + "\n" + version.text() + "\n" + source;
  }

  private static String source(LockedPackage locked) {
    return switch (locked.source()) {
      case PackageSource.CratesIo _ -> "crates-io";
      case PackageSource.Private own -> own.url();
      case PackageSource.OtherRegistry other -> other.url();
      case PackageSource.Git git -> "git+" + git.url();
      case PackageSource.Local _ -> "local";
    };
  }

  /// Returns the unique reference of each package: its package URL, or `local:NAME@VERSION`.
  private static Map<LockedPackageId, String> references(Lockfile lockfile) {
    Map<LockedPackageId, String> references = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (LockedPackage locked : lockfile.packages()) {
      String plain =
          PackageUrl.of(locked)
              .orElseGet(() -> plain("local:" + locked.name() + "@" + locked.version().text()));
      String reference = plain;
      for (int i = 2; !taken.add(reference); i++) {
        reference = plain + "#" + i;
      }
      references.put(locked.id(), reference);
    }
    return references;
  }

  /// Returns the local packages that no package of the lockfile requires, or all local packages if
  /// each is required, as dependencies of tests can do.
  private static List<LockedPackage> roots(Lockfile lockfile) {
    Set<LockedPackageId> required =
        lockfile.packages().stream()
            .flatMap(each -> each.dependencies().stream())
            .collect(Collectors.toSet());
    List<LockedPackage> local =
        lockfile.packages().stream()
            .filter(each -> each.source() instanceof PackageSource.Local)
            .toList();
    List<LockedPackage> roots =
        local.stream().filter(each -> !required.contains(each.id())).toList();
    return roots.isEmpty() ? local : roots;
  }

  private String reference(LockedPackageId id) {
    String reference = references.get(id);
    if (reference == null) {
      throw new IllegalStateException("not a package of this lockfile: " + id);
    }
    return reference;
  }

  /// Returns the number of components, without the one that the document describes.
  public int components() {
    return lockfile.packages().size() - (roots.size() == 1 ? 1 : 0);
  }

  /// Returns the number of advisories with different statements.
  public int vulnerabilities() {
    return vulnerabilities.size();
  }

  /// Returns the document, in printable ASCII with a line break at its end.
  public String text() {
    Sha256 content = Sha256.of(JsonWriter.object(json -> write(json, null)));
    return JsonLayout.indented(JsonWriter.object(json -> write(json, serial(content)))) + "\n";
  }

  /// Returns a UUID with the first 122 bits of a digest. Source: RFC 9562, version 8.
  private static String serial(Sha256 content) {
    byte[] bytes = content.bytes();
    bytes[6] = (byte) (0x80 | (bytes[6] & 0x0f));
    bytes[8] = (byte) (0x80 | (bytes[8] & 0x3f));
    return "urn:uuid:" + new UUID(number(bytes, 0), number(bytes, Long.BYTES));
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  private void write(JsonWriter json, @Nullable String serial) {
    List<LockedPackage> components = new ArrayList<>(lockfile.packages());
    if (roots.size() == 1) {
      components.remove(roots.getFirst());
    }
    json.put("bomFormat", "CycloneDX")
        .put("specVersion", "1.6")
        .put("serialNumber", serial)
        .put("version", 1)
        .object("metadata", this::metadata)
        .list("components", components, (each, locked) -> component(each, locked, "library"))
        .list("dependencies", dependencies().entrySet(), SbomDocument::dependency)
        .list("vulnerabilities", vulnerabilities, (each, found) -> found.writeTo(each));
  }

  private void metadata(JsonWriter json) {
    json.put("timestamp", context.timestamp())
        .object(
            "tools",
            tools ->
                tools.list(
                    "components",
                    List.of("vetting-cli"),
                    (tool, name) ->
                        tool.put("type", "application")
                            .put("name", name)
                            .put("version", context.program())));
    if (roots.size() == 1) {
      json.object("component", root -> component(root, roots.getFirst(), "application"));
    } else {
      json.object(
          "component",
          root -> root.put("type", "application").put("bom-ref", WORKSPACE).put("name", WORKSPACE));
    }
    List<Property> properties = new ArrayList<>();
    properties.add(new Property("checked-against", context.against()));
    context.unchecked().forEach(each -> properties.add(new Property("not-checked", each)));
    context
        .feedWarnings()
        .forEach(each -> properties.add(new Property("feed-warning", reason(each))));
    json.list("properties", properties, Property::writeTo);
  }

  /// A fact for which CycloneDX has no field.
  private record Property(String name, String value) {
    static void writeTo(JsonWriter json, Property property) {
      json.put("name", "lazaret:" + property.name())
          .put("value", plain(PackageUrl.withoutUser(property.value())));
    }
  }

  private void component(JsonWriter json, LockedPackage locked, String type) {
    json.put("type", type)
        .put("bom-ref", reference(locked.id()))
        .put("name", plain(locked.name()))
        .put("version", locked.version().text());
    Sha256 checksum = locked.checksum();
    if (checksum != null) {
      json.list(
          "hashes",
          List.of(checksum),
          (hash, digest) -> hash.put("alg", "SHA-256").put("content", digest.hex()));
    }
    SbomSource.VersionFacts known = facts.get(locked.id());
    if (known != null && known.license() != null) {
      json.list("licenses", List.of(known.license()), SbomDocument::license);
    }
    json.text("purl", PackageUrl.of(locked))
        .list("properties", properties(locked), Property::writeTo);
  }

  private static void license(JsonWriter json, String text) {
    String expression = expression(text);
    if (expression == null) {
      json.object("license", license -> license.put("name", plain(text)));
    } else {
      json.put("expression", expression);
    }
  }

  private static @Nullable String expression(String text) {
    try {
      return LicenseExpression.parse(text).text();
    } catch (MalformedException _) {
      return null;
    }
  }

  private List<Property> properties(LockedPackage locked) {
    SbomPackage result = packages.get(locked.id());
    if (result == null) {
      boolean local = locked.source() instanceof PackageSource.Local;
      return List.of(new Property("verdict", local ? "local" : "not-checked"));
    }
    List<Property> properties = new ArrayList<>();
    properties.add(new Property("verdict", result.status()));
    if (result.reasons().isEmpty()) {
      properties.add(new Property("detail", result.detail()));
    }
    result.reasons().forEach(each -> properties.add(new Property("reason", reason(each))));
    CrateVersion instead = result.replacement();
    if (instead != null) {
      properties.add(new Property("replacement", instead.text()));
    }
    PublicationInfo published = publications.get(locked.id());
    if (published != null) {
      properties.addAll(provenance(published));
    }
    return properties;
  }

  private static List<Property> provenance(PublicationInfo published) {
    List<Property> all = new ArrayList<>();
    all.add(new Property("published-by", published.publisher()));
    all.add(new Property("published-at", published.published().toString()));
    PublicationInfo.Job job = published.job();
    if (job != null) {
      all.add(new Property("published-from", job.issuer()));
      add(all, "published-run", job.run());
      add(all, "published-repository", job.repository());
      add(all, "published-commit", job.commit());
      add(all, "published-reference", job.reference());
    }
    return all;
  }

  private static void add(List<Property> all, String name, @Nullable String value) {
    if (value != null) {
      all.add(new Property(name, value));
    }
  }

  private static String reason(ReasonInfo reason) {
    return reason.code() + ": " + reason.detail();
  }

  /// Returns the references that each component requires, with that of the whole first.
  private Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> graph = new LinkedHashMap<>();
    if (roots.size() != 1) {
      graph.put(WORKSPACE, references(roots.stream().map(LockedPackage::id).toList()));
    }
    for (LockedPackage locked : lockfile.packages()) {
      graph.put(reference(locked.id()), references(locked.dependencies()));
    }
    return graph;
  }

  private Set<String> references(List<LockedPackageId> ids) {
    return ids.stream().map(this::reference).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void dependency(JsonWriter json, Map.Entry<String, Set<String>> edges) {
    json.put("ref", edges.getKey()).texts("dependsOn", edges.getValue());
  }

  /// Returns foreign text on one line without control characters.
  static String plain(String text) {
    return Printable.line(text);
  }

  /// Returns whether a foreign text is an absolute address.
  static boolean isUrl(@Nullable String text) {
    if (text == null) {
      return false;
    }
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
