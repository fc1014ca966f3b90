package lazaret.vetting.review.hunk;

import java.util.Optional;

/// The kinds of characters that hide the meaning of a text from its reader (Unicode Technical
/// Standard 55, *Source Code Handling*; CVE-2021-42574). A display shows their code points.
public enum HiddenKind {
  /// A character that changes the order in which its neighbors are displayed.
  BIDIRECTIONAL,
  /// A character without a shape of its own: of no width, a space other than U+0020, a filler, or
  /// one that Unicode does not define.
  INVISIBLE,
  /// A control character other than the tab.
  CONTROL,
  /// A letter of another script in an identifier.
  FOREIGN_LETTER;

  private static final int TEXT_AND_PICTURE = 0xFE0F;

  /// Returns the kind of a character, or empty if it is visible. Letters are visible here, since
  /// their context decides.
  ///
  /// @param c the code point
  /// @param before the code point before it; 0 at the beginning. A selector that turns a character
  ///   into a pictograph is plain behind such a character
  static Optional<HiddenKind> of(int c, int before) {
    if (c >= 0x20 && c < 0x7F) {
      return Optional.empty();
    }
    if (bidirectional(c)) {
      return Optional.of(BIDIRECTIONAL);
    }
    if (c == TEXT_AND_PICTURE && before > 0x7F && Character.isEmoji(before)) {
      return Optional.empty();
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\t' ? Optional.empty() : Optional.of(CONTROL);
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Optional.of(CONTROL);
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          Optional.of(INVISIBLE);
      default -> filler(c) ? Optional.of(INVISIBLE) : Optional.empty();
    };
  }

  private static boolean bidirectional(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C;
  }

  /// Returns whether a letter or mark is displayed as nothing (`Default_Ignorable_Code_Point`) or
  /// as a blank pattern of Braille.
  private static boolean filler(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0x180B && c <= 0x180F)
              || (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xE0100 && c <= 0xE01EF);
    };
  }

  /// Returns whether readers of Latin text can mistake a letter or digit of an identifier for
  /// another one. Such are those of other scripts, mathematical forms, and rare Latin letters.
  static boolean foreign(int c) {
    if (c < 0x80 || !Character.isLetterOrDigit(c)) {
      return false;
    }
    boolean rare = c == 0x131 || (c >= 0x180 && c < 0x1E00) || c > 0x1EFF;
    return rare || Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN;
  }
}
