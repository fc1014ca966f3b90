package lazaret.vetting.json;

/// The limits of a JSON document.
///
/// @param maxBytes the largest size of the document, and of one string in it
/// @param maxDepth the deepest nesting of objects and lists
/// @param maxValues the largest number of values, those of nested objects and lists included
public record JsonLimits(int maxBytes, int maxDepth, int maxValues) {
  /// Returns the largest number of tokens: a value has at most a name, a begin and an end.
  long maxTokens() {
    return 3L * maxValues + 2;
  }
}
