package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.review.hunk.FoundLine;
import org.jspecify.annotations.Nullable;

/// A search for a text in the lines of a [CodeDelta], which are shown in its hunks.
///
/// @param words the text, 2 to [#MAX_WORDS] characters of one line
/// @param from the index of the first file in reading order, from 0
/// @param limit the maximum number of lines
public record DeltaSearch(String words, int from, int limit) {
  /// The maximum length of the text, in characters.
  public static final int MAX_WORDS = 200;

  private static final int MIN_WORDS = 2;

  /// Checks the text.
  ///
  /// @throws MalformedException if it is too short or too long
  public DeltaSearch {
    if (words.length() < MIN_WORDS || words.length() > MAX_WORDS) {
      throw new MalformedException(
          "cannot search in the difference: expected %d to %d characters, found %d"
              .formatted(MIN_WORDS, MAX_WORDS, words.length()));
    }
  }

  /// A line of a file that contains the text.
  ///
  /// @param path the path in the list of files
  /// @param line the line
  public record Line(String path, FoundLine line) {}

  /// The lines of a search.
  ///
  /// @param lines the lines, in reading order
  /// @param next the index of the file with which to continue; null if all files were searched
  public record Result(List<Line> lines, @Nullable Integer next) {
    public Result {
      lines = List.copyOf(lines);
    }
  }
}
