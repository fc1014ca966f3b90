package lazaret.vetting.index;

/// How much of a foreign index file is read before it counts as hostile.
///
/// @param fileBytes the longest file
/// @param lines the most lines of a file, blank ones included
/// @param lineBytes the longest line
/// @param deps the most dependencies of a version
/// @param features the most features of a version, and the most entries of all of them together are
///   ten times as many
/// @param depth the deepest nesting of JSON within a line
public record IndexLimits(
    int fileBytes, int lines, int lineBytes, int deps, int features, int depth) {
  /// What the public registry's largest crates need, ten times over: it accepts 500 dependencies
  /// and 300 features, raised by hand for a few (`web-sys` has lines of 54 KB with 1,727 features,
  /// in a file of 4.5 MB); 60,000 lines in one file were measured with cargo (`cargo-wire.md` §3).
  public static final IndexLimits DEFAULT =
      new IndexLimits(64 << 20, 100_000, 1 << 20, 5_000, 20_000, 32);

  /// Checks that every limit lets something through.
  ///
  /// @throws IllegalArgumentException if one is not positive
  public IndexLimits {
    if (Math.min(
            Math.min(Math.min(fileBytes, lines), Math.min(lineBytes, deps)),
            Math.min(features, depth))
        <= 0) {
      throw new IllegalArgumentException("every limit of an index file is positive");
    }
  }
}
