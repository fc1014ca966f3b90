package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;

/// A source of JSON parsers. They refuse everything beyond its limits, and a key that an object has
/// twice: readers disagree on which of its values is valid. Thread-safe.
public final class JsonReader {
  private final JsonFactory factory;

  private JsonReader(JsonLimits limits, boolean eachKeyOnce) {
    StreamReadConstraints.Builder constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(limits.maxBytes())
            .maxStringLength(limits.maxBytes())
            .maxNameLength(limits.maxBytes())
            .maxNestingDepth(limits.maxDepth());
    if (limits.maxValues() < limits.maxBytes()) {
      constraints.maxTokenCount(limits.maxTokens());
    }
    factory =
        JsonFactory.builder()
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, eachKeyOnce)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // No name tables. The parser's table is copied for each new name, so that a file of
            // lines with distinct names takes ten times as long. The table of the JVM keeps the
            // names of foreign documents for the life of the process.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(constraints.build())
            .build();
  }

  /// Returns the reader with limits.
  public static JsonReader of(JsonLimits limits) {
    return new JsonReader(limits, true);
  }

  /// Returns a reader that accepts a key twice. It serves only to find the fault of a document that
  /// was refused.
  public static JsonReader ofRefused(JsonLimits limits) {
    return new JsonReader(limits, false);
  }

  /// Returns a parser of a document in UTF-8. Its bytes are decoded here, since Jackson guesses
  /// UTF-16, skips a byte order mark and tolerates malformed UTF-8.
  ///
  /// @throws IOException if the bytes are not UTF-8
  public JsonParser stream(Bytes document) throws IOException {
    try {
      return stream(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document.array())).toString());
    } catch (CharacterCodingException e) {
      throw new IOException("the document is not UTF-8", e);
    }
  }

  /// Returns a parser of a document.
  public JsonParser stream(String document) throws IOException {
    return factory.createParser(document);
  }
}
