package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// A reader of the `deps` arrays of one index file. Not thread-safe.
final class IndexDependencyReader {
  private final IndexLimits limits;
  private final Map<String, VersionReq> reqs = new HashMap<>();
  private final Map<String, CrateName> names = new HashMap<>();

  IndexDependencyReader(IndexLimits limits) {
    this.limits = limits;
  }

  /// Reads the array at the current token of the parser. Faults are recorded in the fields.
  List<IndexDependency> read(JsonParser json, IndexLineFields fields) throws IOException {
    var deps = new ArrayList<IndexDependency>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      fields.fault(OmissionReason.INVALID, "'deps' is no array");
      json.skipChildren();
      return deps;
    }
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      count++;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        fields.fault(OmissionReason.INVALID, "an element of 'deps' is no object");
        json.skipChildren();
      } else if (count > limits.deps()) {
        json.skipChildren();
      } else {
        @Nullable IndexDependency dependency = dependency(json, fields);
        if (dependency != null) {
          deps.add(dependency);
        }
      }
    }
    if (count > limits.deps()) {
      fields.fault(OmissionReason.OVER_LIMIT, count + " dependencies");
    }
    return deps;
  }

  private @Nullable IndexDependency dependency(JsonParser json, IndexLineFields fields)
      throws IOException {
    @Nullable String name = null;
    @Nullable String req = null;
    @Nullable String packageName = null;
    @Nullable String target = null;
    @Nullable String kind = null;
    boolean optional = false;
    boolean defaultFeatures = true;
    var features = new ArrayList<String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "name" -> name = IndexLineReader.text(fields, key, json, value);
        case "req" -> req = IndexLineReader.text(fields, key, json, value);
        case "package" -> packageName = IndexLineReader.optionalText(fields, key, json, value);
        case "target" -> target = IndexLineReader.optionalText(fields, key, json, value);
        case "kind" -> kind = IndexLineReader.optionalText(fields, key, json, value);
        case "optional" -> optional = IndexLineReader.flag(fields, key, json, value);
        case "default_features" -> defaultFeatures = IndexLineReader.flag(fields, key, json, value);
        case "features" -> IndexLineReader.texts(fields, key, json, value, features);
        case "registry" ->
            checkRegistry(fields, IndexLineReader.optionalText(fields, key, json, value));
        default -> json.skipChildren();
      }
    }
    @Nullable CrateName crate = crate(fields, packageName != null ? packageName : name);
    @Nullable VersionReq parsedReq = req(fields, req);
    if (name == null || name.isEmpty() || crate == null || parsedReq == null) {
      fields.fault(OmissionReason.INVALID, "a dependency has no name or no requirement");
      return null;
    }
    return new IndexDependency(
        name, crate, parsedReq, features, optional, defaultFeatures, target, kind(kind));
  }

  /// Records a fault for any other registry, since cargo would query it directly and bypass the
  /// gate. The git address of the public registry is permitted: cargo resolves it to the source
  /// that replaces it (docs/registry-protocol.md §3).
  private static void checkRegistry(IndexLineFields fields, @Nullable String registry) {
    if (registry != null && !registry.equals(CratesIo.GIT_INDEX)) {
      fields.fault(
          OmissionReason.FOREIGN_REGISTRY, "a dependency from '" + Excerpt.of(registry) + "'");
    }
  }

  private @Nullable CrateName crate(IndexLineFields fields, @Nullable String text) {
    if (text == null) {
      return null;
    }
    @Nullable CrateName known = names.get(text);
    if (known == null && CrateName.isValid(text)) {
      known = CrateName.parse(text);
      names.put(text, known);
    } else if (known == null) {
      fields.fault(
          OmissionReason.INVALID, "a dependency on '" + Excerpt.of(text) + "', which is no crate");
    }
    return known;
  }

  private @Nullable VersionReq req(IndexLineFields fields, @Nullable String text) {
    if (text == null) {
      return null;
    }
    @Nullable VersionReq known = reqs.get(text);
    if (known == null) {
      try {
        known = VersionReq.parse(text);
        reqs.put(text, known);
      } catch (MalformedException e) {
        fields.fault(OmissionReason.INVALID, String.valueOf(e.getMessage()));
      }
    }
    return known;
  }

  /// Returns a kind as cargo reads it: an unknown word means a normal dependency.
  private static DependencyKind kind(@Nullable String text) {
    return switch (text) {
      case "build" -> DependencyKind.BUILD;
      case "dev" -> DependencyKind.DEV;
      case null, default -> DependencyKind.NORMAL;
    };
  }
}
