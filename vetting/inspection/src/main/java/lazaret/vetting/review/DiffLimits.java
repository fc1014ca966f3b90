package lazaret.vetting.review;

/// The limits of a comparison. Content beyond them is counted and named, never omitted silently.
///
/// @param fileBytes maximum size of a file that is compared line by line, in bytes
/// @param heldBytes maximum content of one archive in memory at once, in bytes
/// @param middleLines maximum number of lines of both sides together that are matched, without
///   equal beginnings and ends. Beyond it, all of them count as replaced
/// @param steps budget of matching: the sum over all files of the square of the lines matched. Once
///   spent, the rest counts as replaced. Matching takes time with the square at worst
/// @param lineChars maximum length of a line that is shown whole, in characters
/// @param shownLines maximum number of lines shown, over all differences
/// @param shownChars maximum number of characters shown, over all differences
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

  /// Limits of a difference that is read in windows: lines and characters shown are those of one
  /// window. A long build script must be readable, so that files have more bytes than elsewhere.
  public static final DiffLimits WINDOWS =
      new DiffLimits(8 << 20, 4 << 20, 16_000, 256_000_000L, 400, 600, 256 << 10);

  /// Limits for counting only: differences are computed and not shown.
  public static final DiffLimits COUNT =
      new DiffLimits(1 << 20, 24 << 20, 16_000, 2_000_000_000L, 2_000, 0, 0);

  /// Checks the limits.
  ///
  /// @throws IllegalArgumentException if a limit of the computation is not positive, or a limit of
  ///   the text shown is negative
  public DiffLimits {
    if (fileBytes <= 0 || heldBytes <= 0 || middleLines <= 0 || steps <= 0 || lineChars <= 0) {
      throw new IllegalArgumentException("limits of a difference must be positive");
    }
    if (shownLines < 0 || shownChars < 0) {
      throw new IllegalArgumentException("limits of what is shown must not be negative");
    }
  }
}
