package lazaret.web.diff;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.MalformedException;

/// A position in the rows of a review: the place at which a part begins. The text form is `3.600`.
///
/// @param file the index of the file in reading order, from 0
/// @param row the index of the row in the difference of the file, from 0
public record PartPosition(int file, int row) {
  /// The first row of the first file.
  public static final PartPosition START = new PartPosition(0, 0);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,8})");

  /// Reads the text form.
  ///
  /// @throws MalformedException if the text has another form
  public static PartPosition parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedException(
          "cannot show a part of the review: expected FILE.ROW in 'from'; open the review again");
    }
    return new PartPosition(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return file + "." + row;
  }
}
