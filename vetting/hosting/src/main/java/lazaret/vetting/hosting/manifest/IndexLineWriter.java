package lazaret.vetting.hosting.manifest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonWriter;

/// The writer of the index line of a published package, without `yanked`.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*. A field whose value would be `null` is
/// left out, which cargo reads alike.
public final class IndexLineWriter {
  private IndexLineWriter() {}

  /// Returns the line of a package, without a line break.
  ///
  /// @param cksum the SHA-256 of the archive
  /// @param published the time of the upload; it is written to the second
  public static String line(PublishedManifest manifest, Sha256 cksum, Instant published) {
    SortedMap<String, List<String>> features = new TreeMap<>();
    SortedMap<String, List<String>> features2 = new TreeMap<>();
    manifest
        .features()
        .forEach((name, values) -> (isNew(values) ? features2 : features).put(name, values));
    return JsonWriter.object(
            line -> {
              line.put("name", manifest.name().published());
              line.put("vers", manifest.version().text());
              line.list("deps", manifest.dependencies(), IndexLineWriter::dependency);
              line.put("cksum", cksum.hex());
              line.object("features", out -> lists(out, features));
              if (!features2.isEmpty()) {
                line.object("features2", out -> lists(out, features2));
                line.put("v", 2);
              }
              line.put("links", manifest.links());
              line.put("rust_version", manifest.rustVersion());
              line.put("pubtime", published.truncatedTo(ChronoUnit.SECONDS).toString());
            })
        .text();
  }

  /// Returns whether only cargo since 1.60 understands the values of a feature.
  private static boolean isNew(List<String> values) {
    return values.stream().anyMatch(each -> each.startsWith("dep:") || each.contains("?/"));
  }

  private static void lists(JsonWriter out, Map<String, List<String>> features) {
    features.forEach(out::texts);
  }

  private static void dependency(JsonWriter out, PublishedDependency dependency) {
    out.put("name", dependency.name())
        .put("req", dependency.req())
        .texts("features", dependency.features())
        .put("optional", dependency.isOptional())
        .put("default_features", dependency.defaultFeatures())
        .put("target", dependency.target())
        .put(
            "kind",
            switch (dependency.kind()) {
              case NORMAL -> "normal";
              case BUILD -> "build";
              case DEV -> "dev";
            });
    if (!dependency.isHere()) {
      out.put("registry", CratesIo.GIT_INDEX);
    }
    if (dependency.isRenamed()) {
      out.put("package", dependency.crate().published());
    }
  }
}
