package lazaret.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A builder of index lines in the form of the public registry: compact, with fields in its order.
/// Values are not checked, so that hostile lines can be built too.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*; the order is that of upstream.
public final class IndexLineBuilder {
  private final String name;
  private final String vers;
  private final List<Dependency> deps = new ArrayList<>();
  private final SortedMap<String, List<String>> features = new TreeMap<>();
  private final SortedMap<String, List<String>> features2 = new TreeMap<>();
  private final List<String> extra = new ArrayList<>();
  private String cksum = Sha256.of(Bytes.EMPTY).hex();
  private boolean yanked;
  private @Nullable String links;
  private @Nullable String rustVersion;
  private @Nullable String pubtime;
  private @Nullable Integer v;

  private IndexLineBuilder(String name, String vers) {
    this.name = name;
    this.vers = vers;
  }

  /// Starts a line without dependencies and features, not yanked, with the `cksum` of zero bytes.
  public static IndexLineBuilder line(String name, String vers) {
    return new IndexLineBuilder(name, vers);
  }

  /// Adds a dependency.
  public IndexLineBuilder dep(Dependency dependency) {
    deps.add(dependency);
    return this;
  }

  /// Sets the digest.
  public IndexLineBuilder cksum(Sha256 digest) {
    return cksum(digest.hex());
  }

  /// Sets the digest to any text.
  public IndexLineBuilder cksum(String text) {
    cksum = text;
    return this;
  }

  /// Adds a feature.
  public IndexLineBuilder feature(String feature, String... enables) {
    features.put(feature, List.of(enables));
    return this;
  }

  /// Adds a feature of the newer syntax (`dep:`, `?/`), for which upstream writes `"v":2`.
  public IndexLineBuilder feature2(String feature, String... enables) {
    features2.put(feature, List.of(enables));
    return v(2);
  }

  /// Sets whether the version is yanked.
  public IndexLineBuilder yanked(boolean on) {
    yanked = on;
    return this;
  }

  /// Sets the native library.
  public IndexLineBuilder links(String library) {
    links = library;
    return this;
  }

  /// Sets the oldest Rust version.
  public IndexLineBuilder rustVersion(String version) {
    rustVersion = version;
    return this;
  }

  /// Sets the publish time, written in whole seconds.
  public IndexLineBuilder pubtime(Instant time) {
    return pubtime(Instant.ofEpochSecond(time.getEpochSecond()).toString());
  }

  /// Sets the publish time to any text.
  public IndexLineBuilder pubtime(String text) {
    pubtime = text;
    return this;
  }

  /// Sets the schema version.
  public IndexLineBuilder v(int schema) {
    v = schema;
    return this;
  }

  /// Appends a field that upstream does not have (yet), or a duplicate.
  ///
  /// @param json value as JSON, written as it is
  public IndexLineBuilder extra(String field, String json) {
    extra.add(TestJson.quote(field) + ":" + json);
    return this;
  }

  /// Returns the line without a line end.
  public String build() {
    var out = new StringBuilder();
    out.append("{\"name\":").append(TestJson.quote(name));
    out.append(",\"vers\":").append(TestJson.quote(vers));
    out.append(",\"deps\":[");
    for (int i = 0; i < deps.size(); i++) {
      out.append(i == 0 ? "" : ",");
      deps.get(i).writeIndex(out);
    }
    out.append("],\"cksum\":").append(TestJson.quote(cksum));
    out.append(",\"features\":");
    writeFeatures(out, features);
    if (!features2.isEmpty()) {
      out.append(",\"features2\":");
      writeFeatures(out, features2);
    }
    out.append(",\"yanked\":").append(yanked);
    writeText(out, "links", links);
    writeText(out, "rust_version", rustVersion);
    writeText(out, "pubtime", pubtime);
    if (v != null) {
      out.append(",\"v\":").append(v);
    }
    extra.forEach(field -> out.append(',').append(field));
    return out.append('}').toString();
  }

  private static void writeFeatures(StringBuilder out, Map<String, List<String>> features) {
    out.append('{');
    String comma = "";
    for (Map.Entry<String, List<String>> feature : features.entrySet()) {
      out.append(comma).append(TestJson.quote(feature.getKey())).append(':');
      out.append(TestJson.quoteAll(feature.getValue()));
      comma = ",";
    }
    out.append('}');
  }

  private static void writeText(StringBuilder out, String field, @Nullable String text) {
    if (text != null) {
      out.append(",\"").append(field).append("\":").append(TestJson.quote(text));
    }
  }
}
