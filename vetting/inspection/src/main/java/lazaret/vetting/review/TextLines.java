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
/// @param lines lines in order; empty for an empty file
/// @param ends whether the last line ends with a line feed; true for an empty file
record TextLines(List<String> lines, boolean ends) {
  /// The lines of a missing file.
  static final TextLines NONE = new TextLines(List.of(), true);

  /// The text that git writes after a last line without a line feed.
  static final String NO_END = "\\ No newline at end of file";

  /// Splits a file into lines.
  ///
  /// @param source whether to treat it as text regardless of its bytes, so that a zero byte does
  ///   not hide a build script from its reviewer
  /// @return the lines, or empty if the bytes are not text
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

  /// Returns the lines for comparison. A last line without a line feed differs from one with it.
  List<String> comparable() {
    if (ends) {
      return lines;
    }
    List<String> marked = new ArrayList<>(lines);
    // Other lines have no line feed, so none of them equals this one.
    marked.set(marked.size() - 1, marked.getLast() + "\n");
    return marked;
  }

  /// Returns whether the lines are longer than handwritten ones.
  boolean generated() {
    long chars = 0;
    int longest = 0;
    for (String line : lines) {
      chars += line.length();
      longest = Math.max(longest, line.length());
    }
    return longest > 20_000 || (longest > 2_000 && chars / lines.size() > 300);
  }

  /// Returns whether every line ends with a carriage return, as on Windows.
  boolean windows() {
    return !lines.isEmpty() && lines.stream().allMatch(line -> line.endsWith("\r"));
  }

  /// Returns the text without the last character of each line.
  TextLines withoutReturns() {
    return new TextLines(
        lines.stream().map(line -> line.substring(0, line.length() - 1)).toList(), ends);
  }
}
