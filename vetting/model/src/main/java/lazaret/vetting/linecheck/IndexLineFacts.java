package lazaret.vetting.linecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import org.jspecify.annotations.Nullable;

/// The content of an index line on which cargo acts and which a published version cannot change.
/// Order and spelling do not count, and `features` and `features2` are one. The yank state is
/// excluded.
///
/// @param dependencies the dependencies of every kind
/// @param features the activated features and dependencies, by the name of the feature
/// @param links the native library, or null
/// @param rest the fields that the registry added to lines over the years, by name: publish time,
///   `rust_version`, and `v` if cargo does not read the line
record IndexLineFacts(
    Set<DependencyFacts> dependencies,
    Map<String, Set<String>> features,
    @Nullable String links,
    Map<String, String> rest) {
  /// The newest version of the schema that cargo reads. It skips lines of later versions.
  private static final int NEWEST = 2;

  static IndexLineFacts of(IndexEntry entry) {
    Map<String, Set<String>> features = new TreeMap<>();
    entry.features().forEach((name, values) -> features.put(name, new TreeSet<>(values)));
    Map<String, String> rest = new TreeMap<>();
    put(rest, "publish time", entry.pubtime());
    put(rest, "rust_version", entry.rustVersion());
    if (Integer.compareUnsigned(entry.v(), NEWEST) > 0) {
      rest.put("v", Integer.toUnsignedString(entry.v()));
    }
    return new IndexLineFacts(
        entry.deps().stream().map(DependencyFacts::of).collect(Collectors.toSet()),
        features,
        entry.links(),
        rest);
  }

  private static void put(Map<String, String> rest, String key, @Nullable Object value) {
    if (value != null) {
      rest.put(key, value.toString());
    }
  }

  /// Returns the differences of another line of the same version, one clause each. Empty if it has
  /// the same content, or only adds a publish time or a Rust version.
  List<String> changes(IndexLineFacts fresh) {
    List<String> changes = new ArrayList<>(differences(dependencies, fresh.dependencies));
    Set<String> names = new TreeSet<>(features.keySet());
    names.addAll(fresh.features.keySet());
    names.removeIf(name -> Objects.equals(features.get(name), fresh.features.get(name)));
    names.forEach(name -> changes.add("feature '" + Excerpt.of(name) + "' differs"));
    if (!Objects.equals(links, fresh.links)) {
      changes.add("links is %s, was %s".formatted(excerpt(fresh.links), excerpt(links)));
    }
    Map<String, @Nullable String> before = new LinkedHashMap<>(rest);
    if (fresh.rest.containsKey("v")) {
      before.putIfAbsent("v", null);
    }
    before.forEach(
        (key, value) -> {
          String now = fresh.rest.get(key);
          if (!Objects.equals(value, now)) {
            changes.add("%s is %s, was %s".formatted(key, excerpt(now), excerpt(value)));
          }
        });
    return changes;
  }

  /// Returns the differences of two sets of dependencies, one clause each.
  static List<String> differences(Set<DependencyFacts> before, Set<DependencyFacts> fresh) {
    List<String> found = new ArrayList<>();
    fresh.stream()
        .filter(d -> !before.contains(d))
        .map(d -> "more: " + Excerpt.of(d.words()))
        .sorted()
        .forEach(found::add);
    before.stream()
        .filter(d -> !fresh.contains(d))
        .map(d -> "less: " + Excerpt.of(d.words()))
        .sorted()
        .forEach(found::add);
    return found;
  }

  private static String excerpt(@Nullable String text) {
    return text == null ? "missing" : "'" + Excerpt.of(text) + "'";
  }

  /// Returns the digest of all compared content.
  Sha256 digest() {
    String sorted =
        dependencies.stream().map(DependencyFacts::toString).sorted().collect(Collectors.joining());
    return Sha256.of(Bytes.utf8(sorted + '\n' + features + '\n' + excerpt(links) + '\n' + rest));
  }
}
