package lazaret.vetting.review;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// The lines of a text file, without their line feeds.
///
/// @param lines in order; none for the empty file
/// @param ends whether the last line ends in a line feed; true for the empty file
record TextLines(List<String> lines, boolean ends) {
  /// The file that is not there.
  static final TextLines NONE = new TextLines(List.of(), true);

  /// What git writes behind a last line that does not end.
  static final String NO_END = "\\ No newline at end of file";

  /// Reads a file.
  ///
  /// @param source whether it is text whatever its bytes are: one zero byte must not hide a build
  ///   script from its reviewer
  /// @return the lines; empty where the bytes are no text
  static Optional<TextLines> of(Bytes content, boolean source) {
    if (source) {
      return Optional.of(split(content.text()));
    }
    for (byte b : content.array()) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          split(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(content.array()))
                  .toString()));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static TextLines split(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      lines.add(text.substring(from, at));
      from = at + 1;
    }
    boolean ends = from == text.length();
    if (!ends) {
      lines.add(text.substring(from));
    }
    return new TextLines(lines, ends);
  }

  /// Returns the lines for comparing: a last line that does not end differs from one that does.
  List<String> comparable() {
    if (ends) {
      return lines;
    }
    List<String> marked = new ArrayList<>(lines);
    // No line holds a line feed, so no other line equals this one.
    marked.set(marked.size() - 1, marked.getLast() + "\n");
    return marked;
  }

  /// Tells whether lines are of a length that nobody writes by hand.
  boolean generated() {
    long chars = 0;
    int longest = 0;
    for (String line : lines) {
      chars += line.length();
      longest = Math.max(longest, line.length());
    }
    return longest > 20_000 || (longest > 2_000 && chars / lines.size() > 300);
  }

  /// Tells whether every line ends in the carriage return of Windows.
  boolean windows() {
    return !lines.isEmpty() && lines.stream().allMatch(line -> line.endsWith("\r"));
  }

  /// Returns the text without the last character of each line.
  TextLines withoutReturns() {
    return new TextLines(
        lines.stream().map(line -> line.substring(0, line.length() - 1)).toList(), ends);
  }
}
