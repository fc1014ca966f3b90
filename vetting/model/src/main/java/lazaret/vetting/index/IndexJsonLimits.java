package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/// The factories of JSON parsers of this package: with limits and, if strict, without duplicate
/// keys.
final class IndexJsonLimits {
  private IndexJsonLimits() {}

  /// Returns a factory whose parsers refuse a duplicate key and everything that exceeds the limits.
  /// Readers disagree on which value of a duplicate key is valid.
  ///
  /// @param bytes maximum length of the document and of a text in it
  /// @param depth maximum nesting
  static JsonFactory strict(int bytes, int depth) {
    return factory(bytes, depth, true);
  }

  /// Returns a factory whose parsers accept duplicate keys. It serves only to find the fault of a
  /// line.
  static JsonFactory lenient(int bytes, int depth) {
    return factory(bytes, depth, false);
  }

  private static JsonFactory factory(int bytes, int depth, boolean eachKeyOnce) {
    return JsonFactory.builder()
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, eachKeyOnce)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // No name tables. The parser's table is copied for each new name, so that a file of lines
        // with distinct names takes ten times as long. The table of the JVM keeps the names of
        // foreign features for the life of the process.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(bytes)
                .maxStringLength(bytes)
                .maxNameLength(bytes)
                .maxNestingDepth(depth)
                .build())
        .build();
  }
}
