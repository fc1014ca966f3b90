package lazaret.web.diff;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.MalformedException;

/// The id of a hunk on a page. The text form is `build-rs-h2`; a piece of a long hunk after the
/// first has its number: `build-rs-h2s3`.
///
/// @param file the id of the file
/// @param number the number of the hunk in its file, from 1
/// @param piece the number of the piece, from 1
public record HunkId(String file, int number, int piece) {
  /// The number of rows of a piece.
  public static final int ROWS = 300;

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]{1,200})-[hc]([0-9]{1,7})(?:s([0-9]{1,5}))?");

  /// Reads the id of a hunk, or that of the equal lines before it.
  ///
  /// @throws MalformedException if the text has another form
  public static HunkId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedException(
          "cannot find the hunk: expected an id like build-rs-h2; open the review again");
    }
    String piece = matcher.group(3);
    return new HunkId(
        matcher.group(1),
        Integer.parseInt(matcher.group(2)),
        piece == null ? 1 : Math.max(1, Integer.parseInt(piece)));
  }

  /// Returns the index of the first row of the piece, counted from the first row of the hunk.
  public int firstRow() {
    return (piece - 1) * ROWS;
  }

  /// Returns the id of the equal lines before the hunk: `build-rs-c2`.
  public String context() {
    return file + "-c" + number;
  }

  @Override
  public String toString() {
    return file + "-h" + number + (piece == 1 ? "" : "s" + piece);
  }
}
