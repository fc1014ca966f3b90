package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/// How this package reads JSON: strictly, within limits, a key once per object.
final class JsonLimits {
  private JsonLimits() {}

  /// Returns a factory whose parsers refuse a second value for a key, which other readers may
  /// prefer to the first, and everything that exceeds the limits.
  ///
  /// @param bytes the longest document, and so the longest text in it
  /// @param depth the deepest nesting
  static JsonFactory factory(int bytes, int depth) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // Names of foreign features would otherwise stay in a table for the life of the process.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(bytes)
                .maxStringLength(bytes)
                .maxNameLength(bytes)
                .maxNumberLength(64)
                .maxNestingDepth(depth)
                .build())
        .build();
  }
}
