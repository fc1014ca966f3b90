package lazaret.vetting.review;

/// How much of a difference is worked out and shown. What lies beyond is counted and named, never
/// left out in silence.
///
/// @param fileBytes the longest file that is compared line by line
/// @param heldBytes the content of one archive that is held in memory at once
/// @param middleLines the most lines, of both sides together, that are matched with each other once
///   equal beginnings and ends are taken off; beyond, all of them count as replaced
/// @param steps the sum over all files of the square of the lines matched, after which the rest
///   counts as replaced: the matching takes time with the square at worst
/// @param lineChars the longest line that is shown whole
/// @param shownLines the lines of all differences together that are shown
/// @param shownChars the characters of all differences together that are shown
public record DiffLimits(
    int fileBytes,
    int heldBytes,
    int middleLines,
    long steps,
    int lineChars,
    int shownLines,
    int shownChars) {
  /// More than a person reads in a day.
  public static final DiffLimits DEFAULT =
      new DiffLimits(1 << 20, 24 << 20, 16_000, 2_000_000_000L, 2_000, 40_000, 4 << 20);

  /// For counting only: the differences are worked out and none is shown.
  public static final DiffLimits COUNT =
      new DiffLimits(1 << 20, 24 << 20, 16_000, 2_000_000_000L, 2_000, 0, 0);

  /// Checks the form.
  ///
  /// @throws IllegalArgumentException if a limit of what is worked out is not positive, or one of
  ///   what is shown is negative
  public DiffLimits {
    if (fileBytes <= 0 || heldBytes <= 0 || middleLines <= 0 || steps <= 0 || lineChars <= 0) {
      throw new IllegalArgumentException("limits of a difference must be positive");
    }
    if (shownLines < 0 || shownChars < 0) {
      throw new IllegalArgumentException("limits of what is shown must not be negative");
    }
  }
}
