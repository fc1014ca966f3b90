package lazaret.vetting.index;

import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// Marks a line of an index file as yanked and leaves every other byte as it is: how a withheld
/// version is shown to cargo.
public final class YankedEdit {
  private YankedEdit() {}

  /// Returns the line with `yanked` set to true at the top level of the object: the value edited
  /// where it stands, or the key added before the closing brace where the line has none. A line
  /// that says so already is returned as it is.
  ///
  /// @param rawLine one line of an index file without its line break
  /// @throws MalformedException if the line is not one JSON object, has a key twice, or is over the
  ///   default limits
  public static Bytes withYanked(Bytes rawLine) {
    if (rawLine.length() >= 0) {
      throw new MalformedException("not written yet");
    }
    return rawLine;
  }
}
