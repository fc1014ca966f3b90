package lazaret.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.conformance.cases.CaseContext;
import org.jspecify.annotations.Nullable;

/// The manifests of the scripted registry, and the index lines that it makes of them.
final class ScriptedManifest {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern CODE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final String PART = "([\\^=~]|[<>]=?)?\\d+(\\.\\d+){0,2}";
  private static final Pattern REQUIREMENT = Pattern.compile(PART + "(, " + PART + ")*");
  private static final String NUMBER = "(0|[1-9]\\d*)";
  private static final String LABEL = "(" + NUMBER + "|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern VERSION =
      Pattern.compile(
          "%1$s\\.%1$s\\.%1$s(-%2$s(\\.%2$s)*)?(\\+[0-9A-Za-z.-]+)?".formatted(NUMBER, LABEL));
  private static final Pattern FEATURE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_+.-]*");
  private static final Set<String> TAKEN = Set.of("std", "core", "alloc", "compiler_rt", "nul");
  private static final int MAX = 500;
  static final int RAISED = 1_500;

  private final Map<String, Object> root;
  private final Map<String, Object> pack;
  private final Defect defect;
  private final String here;
  private final UnaryOperator<String> known;

  /// Reads a manifest.
  ///
  /// @param here the address of the registry
  /// @param known returns the spelling of a crate of this registry; empty if there is none
  ScriptedManifest(String text, Defect defect, String here, UnaryOperator<String> known) {
    this.root = SmallToml.parse(text);
    this.pack = table(root, "package");
    this.defect = defect;
    this.here = here;
    this.known = known;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> table(Map<String, Object> of, String key) {
    Object value = of.get(key);
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }

  private String text(String key) {
    return pack.get(key) instanceof String text ? text : "";
  }

  String name() {
    String name = text("name");
    require(!name.isEmpty(), "package.name is missing");
    if (defect != Defect.ANY_NAME) {
      require(NAME.matcher(name).matches(), "the name is malformed");
      require(!TAKEN.contains(name.toLowerCase(Locale.ROOT)), "the name is reserved");
    }
    return name;
  }

  String version() {
    require(!text("version").isEmpty(), "package.version is missing");
    require(
        VERSION.matcher(text("version")).matches() || defect == Defect.ANY_VERSION,
        "the version is malformed");
    return text("version");
  }

  String description() {
    return text("description");
  }

  void check() {
    require(
        description().length() <= 1_000 || defect == Defect.LONG_DESCRIPTION,
        "the description is too long");
    for (String key : List.of("homepage", "documentation", "repository")) {
      require(
          text(key).matches("|https?://.*") || defect == Defect.ANY_ADDRESS,
          "an address is malformed");
    }
    if (pack.containsKey("rust-version")) {
      require(text("rust-version").matches("\\d+(\\.\\d+){0,2}"), "rust-version is malformed");
    }
    require(text("edition").matches("|2015|2018|2021|2024"), "the edition is unknown");
    Collection<?> keywords = list(pack.get("keywords"));
    if (defect != Defect.ANY_KEYWORD) {
      require(keywords.size() <= 5, "too many keywords");
      for (Object word : keywords) {
        require(word.toString().matches("[A-Za-z][A-Za-z0-9_+-]{0,19}"), "a keyword is malformed");
      }
    }
    require(list(pack.get("categories")).size() <= 5, "too many categories");
  }

  private static Collection<?> list(@Nullable Object value) {
    return value instanceof Collection<?> list ? list : List.of();
  }

  private static void require(boolean holds, String detail) {
    if (!holds) {
      throw RefusedException.bad(detail);
    }
  }

  /// Returns the line without `yanked` and the end.
  String line(String cksum) {
    List<String[]> deps = dependencies();
    String features = features(false, names(deps));
    String features2 = features(true, names(deps));
    StringBuilder line = new StringBuilder("{");
    field(
        line,
        "name",
        quoted(defect == Defect.SMALL_LETTERS ? name().toLowerCase(Locale.ROOT) : name()));
    field(line, "vers", quoted(version()));
    field(
        line,
        "deps",
        deps.stream().map(each -> each[1]).collect(Collectors.joining(",", "[", "]")));
    field(line, "cksum", quoted(defect == Defect.WRONG_CKSUM ? "0".repeat(64) : cksum));
    field(line, "features", features);
    if (!features2.equals("{}")) {
      field(line, "features2", features2);
      field(line, "v", "2");
    }
    if (pack.containsKey("links")) {
      field(line, "links", quoted(text("links")));
    }
    if (pack.containsKey("rust-version")) {
      field(line, "rust_version", quoted(text("rust-version")));
    }
    return line.toString();
  }

  private static List<String> names(List<String[]> deps) {
    return deps.stream().map(each -> each[0]).toList();
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(out.length() > 1 ? "," : "").append(quoted(name)).append(':').append(value);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// Returns the dependencies as pairs of a name and a JSON object.
  private List<String[]> dependencies() {
    List<String[]> all = new ArrayList<>();
    add(all, root, "");
    table(root, "target")
        .forEach((platform, _) -> add(all, table(table(root, "target"), platform), platform));
    require(all.size() <= MAX, "too many dependencies");
    if (defect != Defect.UNSORTED) {
      all.sort(Comparator.comparing(each -> each[0]));
    }
    return all;
  }

  private void add(List<String[]> all, Map<String, Object> tables, String platform) {
    for (String kind : List.of("normal", "build", "dev")) {
      String key = kind.equals("normal") ? "dependencies" : kind + "-dependencies";
      table(tables, key).forEach((name, value) -> all.add(dependency(name, value, kind, platform)));
    }
  }

  private String[] dependency(String name, Object value, String kind, String platform) {
    @SuppressWarnings("unchecked")
    Map<String, Object> parts =
        value instanceof Map ? (Map<String, Object>) value : Map.of("version", value);
    require(CODE_NAME.matcher(name).matches(), "the name of a dependency is malformed");
    String version = parts.get("version") instanceof String text ? text : "";
    require(
        !parts.containsKey("workspace") && !parts.containsKey("artifact"),
        "a dependency has an unknown form");
    require(!version.isEmpty(), "a dependency has no version");
    if (defect != Defect.ANY_REQUIREMENT) {
      require(REQUIREMENT.matcher(version).matches(), "a requirement is malformed");
    }
    for (Object feature : list(parts.get("features"))) {
      require(FEATURE.matcher(feature.toString()).matches(), "a feature is malformed");
    }
    StringBuilder out = new StringBuilder("{");
    field(out, "name", quoted(name));
    boolean bare = defect == Defect.BARE_REQUIREMENT || !Character.isDigit(version.charAt(0));
    field(out, "req", quoted(bare ? version : '^' + version));
    field(out, "features", "[]");
    field(out, "optional", String.valueOf(parts.getOrDefault("optional", false)));
    field(out, "default_features", String.valueOf(parts.getOrDefault("default-features", true)));
    field(out, "target", platform.isEmpty() ? "null" : quoted(platform));
    field(out, "kind", quoted(defect == Defect.NO_KINDS ? "normal" : kind));
    String registry = parts.get("registry-index") instanceof String text ? text : "";
    if (registry.equals(here)) {
      String crate = parts.get("package") instanceof String text ? text : name;
      require(known.apply(crate).equals(crate), "there is no crate " + crate + " here");
    } else {
      require(registry.isEmpty() || defect == Defect.ANY_REGISTRY, "a registry is unknown");
      field(out, "registry", quoted(CaseContext.CRATES_IO));
    }
    if (parts.get("package") instanceof String text && defect != Defect.NO_PACKAGE) {
      field(out, "package", quoted(text));
    }
    return new String[] {name, out.append('}').toString()};
  }

  private String features(boolean second, List<String> dependencies) {
    Map<String, Object> all = new TreeMap<>(table(root, "features"));
    require(all.size() <= most(), "too many features");
    StringBuilder out = new StringBuilder("{");
    all.forEach(
        (name, value) -> {
          List<String> values = list(value).stream().map(Object::toString).toList();
          require(values.size() <= most(), "too many values of a feature");
          boolean isNew =
              values.stream().anyMatch(each -> each.startsWith("dep:") || each.contains("?/"));
          if (defect != Defect.ANY_FEATURE) {
            require(FEATURE.matcher(name).matches(), "a feature is malformed");
            values.forEach(each -> checkValue(each, all, dependencies));
          }
          if ((isNew && defect != Defect.NO_FEATURES2) == second) {
            field(
                out,
                name,
                values.stream()
                    .map(ScriptedManifest::quoted)
                    .collect(Collectors.joining(",", "[", "]")));
          }
        });
    return out.append('}').toString();
  }

  /// Returns the limit of features, which is that of their values, too.
  private int most() {
    return ScriptedRegistry.isRaised(text("name"), defect) ? RAISED : MAX;
  }

  private static void checkValue(
      String value, Map<String, Object> features, List<String> dependencies) {
    String bare = value.startsWith("dep:") ? value.substring(4) : value;
    int slash = bare.indexOf('/');
    String first = (slash < 0 ? bare : bare.substring(0, slash)).replace("?", "");
    require(
        features.containsKey(first) || dependencies.contains(first),
        "a value of a feature names nothing");
  }
}
