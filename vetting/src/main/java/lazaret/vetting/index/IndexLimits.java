package lazaret.vetting.index;

import java.util.stream.IntStream;

/// How much of a foreign index file is read before it counts as hostile.
///
/// @param fileBytes the longest file
/// @param lines the most lines of a file, blank ones included
/// @param leftOut the most bad lines of a file: beyond that it is none
/// @param lineBytes the longest line
/// @param deps the most dependencies of a version
/// @param features the most features of a version; what all of them switch on is limited to ten
///   times as many
/// @param depth the deepest nesting of JSON within a line
public record IndexLimits(
    int fileBytes, int lines, int leftOut, int lineBytes, int deps, int features, int depth) {
  /// What the public registry's largest crates need, ten times over: it accepts 500 dependencies
  /// and 300 features, raised by hand for a few (`web-sys` has lines of 54 KB with 1,727 features,
  /// in a file of 4.5 MB); files of 60,000 lines were measured with cargo (`cargo-wire.md` §3).
  public static final IndexLimits DEFAULT =
      new IndexLimits(64 << 20, 100_000, 1_000, 1 << 20, 5_000, 20_000, 32);

  /// Checks that every limit lets something through.
  ///
  /// @throws IllegalArgumentException if one is not positive
  public IndexLimits {
    if (IntStream.of(fileBytes, lines, leftOut, lineBytes, deps, features, depth)
        .anyMatch(limit -> limit <= 0)) {
      throw new IllegalArgumentException("every limit of an index file is positive");
    }
  }
}
