package lazaret.vetting.deskapi.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of one line of a difference.
public sealed interface DiffPartInfo {
  /// Visible text.
  ///
  /// @param text the text
  /// @param syntax the kind of syntax; null for all other text
  /// @param changed whether the paired line has another text here
  record Text(String text, @Nullable Syntax syntax, boolean changed) implements DiffPartInfo {}

  /// Characters that would hide the meaning of the line.
  ///
  /// @param hides the kind of all of them
  /// @param codePoints the code points, each in the form `U+202E`
  /// @param changed whether the paired line has another text here
  record Hidden(Hides hides, List<String> codePoints, boolean changed) implements DiffPartInfo {
    public Hidden {
      codePoints = List.copyOf(codePoints);
    }
  }

  /// Text that is left out, since the line is too long.
  ///
  /// @param bytes the length in bytes of UTF-8
  /// @param changed whether the paired line has another text here
  record Cut(long bytes, boolean changed) implements DiffPartInfo {}

  /// The kinds of syntax of Rust and TOML.
  enum Syntax {
    /// A keyword of Rust; a key or a constant of TOML.
    KEYWORD,
    /// A string, character or byte of any form.
    STRING,
    /// A comment of any form, including documentation.
    COMMENT,
    /// An attribute of Rust; the header of a table of TOML.
    ATTRIBUTE,
    /// An integer or float; a date or time of TOML.
    NUMBER
  }

  /// The kinds of characters that hide the meaning of a text.
  enum Hides {
    /// A character that changes the order in which its neighbors are displayed.
    BIDIRECTIONAL,
    /// A character without a shape of its own.
    INVISIBLE,
    /// A control character other than the tab.
    CONTROL,
    /// A letter of another script in an identifier.
    FOREIGN_LETTER
  }
}
