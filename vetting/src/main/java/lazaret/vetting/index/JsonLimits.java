package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/// How this package reads JSON: within limits, and where it counts with every key once per object.
final class JsonLimits {
  private JsonLimits() {}

  /// Returns a factory whose parsers refuse a second value for a key, which other readers may
  /// prefer to the first, and everything that exceeds the limits.
  ///
  /// @param bytes the longest document, and so the longest text in it
  /// @param depth the deepest nesting
  static JsonFactory strict(int bytes, int depth) {
    return factory(bytes, depth, true);
  }

  /// Returns a factory whose parsers take a key as often as it comes: only to find out what is
  /// wrong.
  static JsonFactory lenient(int bytes, int depth) {
    return factory(bytes, depth, false);
  }

  private static JsonFactory factory(int bytes, int depth, boolean eachKeyOnce) {
    return JsonFactory.builder()
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, eachKeyOnce)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // No tables of names: the parser's own is copied whenever a new name is seen, so that a
        // file
        // of lines with names of their own takes ten times as long, and the JVM's keeps the names
        // of
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
