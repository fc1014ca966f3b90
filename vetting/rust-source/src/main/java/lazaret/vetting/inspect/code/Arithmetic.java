package lazaret.vetting.inspect.code;

import java.util.BitSet;

/// Arithmetic and tables that make a text or bytes from others: XOR, wrapping sums, rotation,
/// reversal, code points, selected characters.
public final class Arithmetic {
  private static final WordSet OPERATIONS =
      WordSet.of(
          "wrapping_add",
          "wrapping_sub",
          "wrapping_neg",
          "rotate_left",
          "rotate_right",
          "reverse_bits",
          "bitxor",
          "bitxor_assign",
          "overflowing_add",
          "overflowing_sub",
          "checked_sub",
          "not");
  private static final WordSet TEXTS =
      WordSet.of(
          "char",
          "u8",
          "String",
          "from_utf8",
          "from_utf8_unchecked",
          "from_utf8_lossy",
          "from_u32",
          "from_u32_unchecked",
          "from_digit",
          "from_code_point",
          "OsString",
          "from_bytes",
          "from_vec");

  /// Identifiers that may begin something other than an operation of [#OPERATIONS].
  private static final WordSet TELLING =
      WordSet.of(
          "rev",
          "reverse",
          "swap",
          "from_u32",
          "from_u32_unchecked",
          "from_digit",
          "from",
          "char",
          "replace",
          "chars",
          "bytes",
          "from_str_radix",
          "parse");

  private static final int NEAR = 48;

  private final SourceTokens code;
  private final boolean[] telling;
  private final boolean[] operations;
  private final boolean[] texts;
  private final BitSet found = new BitSet();

  public Arithmetic(SourceTokens code) {
    this.code = code;
    telling = code.named(TELLING);
    for (int number = 1; number < telling.length; number++) {
      telling[number] |= code.identifier(number).startsWith("from_u32");
    }
    operations = code.named(OPERATIONS);
    texts = code.named(TEXTS);
  }

  /// Returns the tokens at which a text is made by arithmetic.
  public BitSet find() {
    for (int i = 0; i < code.size(); i++) {
      if (at(i)) {
        found.set(i);
      }
    }
    return found;
  }

  private boolean at(int at) {
    return switch (code.punctuation(at)) {
      case '^', '+', '-' -> operation(at);
      case '[' -> table(at);
      case 0 ->
          (code.is(at, operations) && operation(at))
              || (code.is(at, telling)
                  && (turned(at) || codePoint(at) || stripped(at) || radix(at)));
      default -> false;
    };
  }

  private boolean operation(int at) {
    boolean xor =
        code.is(at, '^')
            && (operand(at - 1) || code.closes(at - 1))
            && (operand(at + 1)
                || code.is(at + 1, '(')
                || code.is(at + 1, '*')
                || code.is(at + 1, '&')
                || code.is(at + 1, '='));
    boolean method =
        code.is(at, operations)
            && (code.is(at - 1, '.') || code.separator(at - 1))
            && (code.is(at + 1, '(') || code.is(at + 1, ','));
    boolean sum =
        (code.is(at, '+') || code.is(at, '-'))
            && (code.is(at - 1, "u8")
                || ((code.number(at - 1) || code.character(at - 1)) && code.is(at + 1, "i")))
            && !code.is(at + 1, '=');
    return (xor || method || (sum && becomesText(at))) && nearText(at);
  }

  private boolean becomesText(int at) {
    return behind(at, "char") || behind(at, "collect") || before(at, "push", NEAR / 4);
  }

  private boolean operand(int at) {
    return !code.word(at).isEmpty() || code.number(at) || code.character(at);
  }

  private boolean nearText(int at) {
    for (int i = Math.max(0, at - NEAR); i < Math.min(code.size(), at + NEAR); i++) {
      if (code.is(i, texts) || code.byteString(i) || code.character(i)) {
        return true;
      }
    }
    return false;
  }

  /// Reads `.chars().rev().collect()` and `bytes.reverse()`.
  private boolean turned(int at) {
    if (!code.is(at - 1, '.') || !code.is(at + 1, '(')) {
      return false;
    }
    if (code.is(at, "rev")) {
      boolean letters =
          before(at, "chars", 12)
              || before(at, "bytes", 12)
              || before(at, "as_bytes", 12)
              || before(at, "iter", 8)
              || before(at, "split", 16)
              || before(at, "into_iter", 8);
      return letters && (behind(at, "collect") || behind(at, "from_iter") || behind(at, "extend"));
    }
    return (code.is(at, "reverse") || code.is(at, "swap")) && nearText(at);
  }

  private boolean before(int at, String word, int tokens) {
    for (int i = at - 1; i > Math.max(0, at - tokens); i--) {
      if (code.is(i, word)) {
        return true;
      }
    }
    return false;
  }

  private boolean behind(int at, String word) {
    for (int i = at + 1; i < Math.min(code.size(), at + 24) && !code.is(i, ';'); i++) {
      if (code.is(i, word)) {
        return true;
      }
    }
    return false;
  }

  /// Reads `char::from_u32(..)`, `x as u8 as char`, `char::from(b)`, `.map(char::from)`.
  private boolean codePoint(int at) {
    String word = code.word(at);
    if (word.startsWith("from_u32") || word.equals("from_digit")) {
      return code.is(at - 2, "char") || code.is(at - 2, "std") || !code.separator(at - 1);
    }
    boolean from = word.equals("from") && code.separator(at - 1) && code.is(at - 2, "char");
    boolean cast = word.equals("char") && code.is(at - 1, "as");
    return from || cast;
  }

  /// Reads `TABLE[i as usize]` if the elements become part of a text.
  private boolean table(int at) {
    return code.is(at, '[')
        && !code.word(at - 1).isEmpty()
        && code.close(at) < code.size()
        && code.is(code.close(at) - 1, "usize")
        && nearText(at);
  }

  /// Reads `"a text".replace(..)`: a literal that is not used as written.
  private boolean stripped(int at) {
    boolean method = code.is(at, "replace") || code.is(at, "chars") || code.is(at, "bytes");
    if (!method || !code.is(at - 1, '.') || !code.string(at - 2)) {
      return false;
    }
    return code.is(at, "replace")
        || behind(at, "filter")
        || behind(at, "step_by")
        || behind(at, "map");
  }

  /// Reads `from_str_radix(.., 16)` and `parse::<u8>()`.
  private boolean radix(int at) {
    boolean radix = code.is(at, "from_str_radix") && code.is(at - 2, "u8");
    boolean parsed =
        code.is(at, "parse")
            && code.is(at - 1, '.')
            && code.is(at + 3, "u8")
            && behind(at, "collect");
    return radix || parsed;
  }
}
