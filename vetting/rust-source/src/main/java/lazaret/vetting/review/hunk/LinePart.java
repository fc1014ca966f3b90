package lazaret.vetting.review.hunk;

import java.util.List;
import lazaret.vetting.inspect.syntax.SyntaxKind;
import org.jspecify.annotations.Nullable;

/// A part of one displayed line.
public sealed interface LinePart {
  /// Visible text of one kind of syntax.
  ///
  /// @param text at least one character, none of them hidden
  /// @param syntax the kind of syntax; null for all other text
  /// @param changed whether the line with which this one is paired has another text here
  record Plain(String text, @Nullable SyntaxKind syntax, boolean changed) implements LinePart {}

  /// Characters that would hide the meaning of the line.
  ///
  /// @param kind the kind of all of them
  /// @param codePoints the code points, at least one
  /// @param changed whether the line with which this one is paired has another text here
  record Hidden(HiddenKind kind, List<Integer> codePoints, boolean changed) implements LinePart {
    /// Copies the list.
    public Hidden {
      codePoints = List.copyOf(codePoints);
    }
  }

  /// Text that is not displayed, since the line is too long.
  ///
  /// @param bytes the length in bytes of UTF-8
  /// @param changed whether the line with which this one is paired has another text here
  record Cut(long bytes, boolean changed) implements LinePart {}

  /// The end of a file whose last line has no line feed.
  record NoEnd() implements LinePart {}
}
