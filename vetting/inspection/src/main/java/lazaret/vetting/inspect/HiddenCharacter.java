package lazaret.vetting.inspect;

import java.util.Locale;

/// Invisible characters, and the contexts in which they are legitimate.
///
/// Legitimate are joiners in emoji and in scripts that join letters, and marks next to letters that
/// run from right to left. So are the tags of a flag, and byte order marks at the beginning of a
/// text.
final class HiddenCharacter {
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int CANCEL_TAG = 0xE007F;

  /// The maximum number of tags of a flag: those of a region, and the one that ends them.
  private static final int MAX_TAGS = 7;

  private HiddenCharacter() {}

  /// Returns whether a character turns the reading direction, has no width, or is a tag of plane
  /// 14.
  static boolean is(int c) {
    return isBidi(c)
        || isJoiner(c)
        || isMark(c)
        || c == 0x200B
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0xFEFF
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  private static boolean isBidi(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isJoiner(int c) {
    return c == 0x200C || c == 0x200D;
  }

  private static boolean isMark(int c) {
    return c == 0x200E || c == 0x200F || c == 0x061C;
  }

  private static boolean isTag(int c) {
    return c >= 0xE0020 && c <= CANCEL_TAG;
  }

  /// Returns whether the context of such a character makes it legitimate.
  ///
  /// @param at the index of the character in the text
  static boolean isPlain(String text, int at) {
    int c = text.codePointAt(at);
    if (isBidi(c)) {
      return false;
    }
    int before = at == 0 ? '\n' : text.codePointBefore(at);
    if (c == 0xFEFF) {
      return before == '\n' || before == '"';
    }
    if (isTag(c)) {
      return flag(text, at);
    }
    int next = at + Character.charCount(c);
    int after = next < text.length() ? text.codePointAt(next) : '\n';
    boolean joins = isJoiner(c) && joined(before) && joined(after);
    return joins || (isMark(c) && besideRightToLeft(text, at)) || documented(text, at, c);
  }

  /// Returns whether joiners may occur next to a character. Such are letters and their marks beyond
  /// ASCII, pictographs, and the sign that makes a pictograph of a character.
  private static boolean joined(int c) {
    if (c < 0x2000) {
      return c >= 0x300 && (Character.isLetter(c) || isCombining(c));
    }
    return Character.isEmoji(c)
        || Character.isEmojiModifier(c)
        || c == 0xFE0F
        || Character.isLetter(c)
        || isCombining(c);
  }

  private static boolean isCombining(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean flag(String text, int at) {
    int i = at;
    for (int tags = 0; i > 0 && tags < MAX_TAGS; tags++) {
      int before = text.codePointBefore(i);
      if (before == BLACK_FLAG) {
        return true;
      }
      if (!isTag(before) || before == CANCEL_TAG) {
        return false;
      }
      i -= Character.charCount(before);
    }
    return false;
  }

  /// Returns whether a letter that runs from right to left is near, in the same line.
  private static boolean besideRightToLeft(String text, int at) {
    int near = 16;
    for (int i = at - 1; i >= Math.max(0, at - near) && text.charAt(i) != '\n'; i--) {
      if (rightToLeft(text.charAt(i))) {
        return true;
      }
    }
    for (int i = at + 1; i < Math.min(text.length(), at + near) && text.charAt(i) != '\n'; i++) {
      if (rightToLeft(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean rightToLeft(char c) {
    byte direction = Character.getDirectionality(c);
    return Character.isLetter(c)
        && (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  }

  /// Returns whether the line is a comment that names the character by its number.
  private static boolean documented(String text, int at, int c) {
    int from = text.lastIndexOf('\n', at) + 1;
    int end = text.indexOf('\n', at);
    String line = text.substring(from, Math.min(end < 0 ? text.length() : end, from + 1_024));
    return line.strip().startsWith("//")
        && line.toUpperCase(Locale.ROOT).contains("%04X".formatted(c));
  }
}
