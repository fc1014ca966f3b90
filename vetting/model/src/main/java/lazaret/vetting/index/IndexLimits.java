package lazaret.vetting.index;

import java.util.stream.IntStream;
import lazaret.vetting.json.JsonLimits;

/// The limits beyond which a foreign index file is refused as hostile.
///
/// @param fileBytes maximum size of a file, in bytes
/// @param lines maximum number of lines of a file, including blank ones
/// @param omitted maximum number of invalid lines; a file with more is refused
/// @param lineBytes maximum length of a line, in bytes
/// @param deps maximum number of dependencies of a version
/// @param features maximum number of features of a version; together they may enable ten times as
///   many
/// @param depth maximum nesting of JSON within a line
public record IndexLimits(
    int fileBytes, int lines, int omitted, int lineBytes, int deps, int features, int depth) {
  /// About ten times the needs of the largest crates of the public registry. The registry accepts
  /// 500 dependencies and 300 features, and more for a few: `web-sys` has lines of 54 KB with 1,727
  /// features, in a file of 4.5 MB. Files of 60,000 lines were measured with cargo
  /// (docs/registry-protocol.md §3).
  public static final IndexLimits DEFAULT =
      new IndexLimits(64 << 20, 100_000, 1_000, 1 << 20, 5_000, 20_000, 32);

  /// Checks that every limit is positive.
  ///
  /// @throws IllegalArgumentException if one is not positive
  public IndexLimits {
    if (IntStream.of(fileBytes, lines, omitted, lineBytes, deps, features, depth)
        .anyMatch(limit -> limit <= 0)) {
      throw new IllegalArgumentException("every limit of an index file is positive");
    }
  }

  /// Returns the limits of the JSON of a line.
  JsonLimits json() {
    return new JsonLimits(lineBytes, depth, lineBytes);
  }
}
