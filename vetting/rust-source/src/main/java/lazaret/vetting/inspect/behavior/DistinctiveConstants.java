package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// Constants of a source that do not match by chance: keys, digests, identifiers, marks.
///
/// Names of algorithms, media types and headers do not count. Immutable.
final class DistinctiveConstants {
  private static final int LEAST_TEXT = 8;
  private static final int MOST_TEXT = 160;
  private static final int LEAST_BYTES = 8;
  private static final int LEAST_TURNS = 4;
  private static final long LEAST_NUMBER = 1L << 20;
  private static final int VALUE = 24;
  private static final int LEAST_DIGITS = 6;
  private static final WordSet DECLARES = WordSet.of("const", "static");
  private static final Pattern SUFFIX = Pattern.compile("(?:[ui](?:8|16|32|64|128|size))$");
  private static final Pattern HEX = Pattern.compile("(?:0x)?[0-9a-fA-F]{16,}");
  private static final Pattern TECHNICAL =
      Pattern.compile(
          "(?i)sha|md5|aes|hmac|rsa|ecdsa|ed25519|chacha|poly1|tls|utf|iso|base64|x25519|p256|secp"
              + "|blake|argon|pbkdf|scrypt|bcrypt|curve|http|ssh-|^x-|[ /\\\\:]|\\{");

  private final SourceTokens code;
  private final BitSet tests;
  private @Nullable Set<String> names;

  /// @param tests the tokens that do not count
  DistinctiveConstants(SourceTokens code, BitSet tests) {
    this.code = code;
    this.tests = tests;
  }

  private Set<String> names() {
    Set<String> known = names;
    if (known == null) {
      known = read();
      names = known;
    }
    return known;
  }

  private Set<String> read() {
    Set<String> found = new HashSet<>();
    for (int i : code.at(DECLARES)) {
      if (!tests.get(i)) {
        int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
        if (code.is(name + 1, ':') && holds(value(name + 2))) {
          found.add(code.word(name));
        }
      }
    }
    return found;
  }

  private int value(int type) {
    int at = type;
    while (at < Math.min(code.size(), type + VALUE) && !code.is(at, '=') && !code.is(at, ';')) {
      at = code.close(at) + 1;
    }
    return at + 1;
  }

  /// Returns whether a value begins with a strong literal, or has one in its first call.
  private boolean holds(int from) {
    for (int i = from; i < Math.min(code.size(), from + VALUE) && !code.is(i, ';'); i++) {
      if (literal(i)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a token is a strong constant: a literal, or the name of one.
  boolean at(int token) {
    String word = code.word(token);
    return word.isEmpty() ? literal(token) : names().contains(word) && !code.is(token - 1, '.');
  }

  /// Returns whether there is a strong constant between two tokens.
  boolean between(int from, int to) {
    for (int i = from; i < to; i++) {
      if (at(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean literal(int token) {
    if (code.string(token)) {
      int length = code.text(token).length();
      return length >= LEAST_TEXT && length < MOST_TEXT && text(code.literal(token));
    }
    if (code.number(token)) {
      return number(code.text(token));
    }
    return code.is(token, '[') && bytes(token);
  }

  private static boolean text(String text) {
    if (iban(text) || ConstantRules.ADDRESS.matcher(text).matches()) {
      return true;
    }
    if (text.length() < LEAST_TEXT || TECHNICAL.matcher(text).find()) {
      return HEX.matcher(text).matches();
    }
    int turns = 0;
    for (int i = 1; i < text.length(); i++) {
      boolean digit = Character.isDigit(text.charAt(i));
      turns += digit != Character.isDigit(text.charAt(i - 1)) ? 1 : 0;
    }
    return turns >= LEAST_TURNS;
  }

  /// Returns whether a text is a bank account number, by its check digits.
  private static boolean iban(String text) {
    String plain = text.replace(" ", "");
    if (plain.length() < 15 || plain.length() > 34 || !plain.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]+")) {
      return false;
    }
    String turned = plain.substring(4) + plain.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < turned.length(); i++) {
      int digit = Character.digit(turned.charAt(i), 36);
      rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
    }
    return rest == 1;
  }

  private static boolean number(String text) {
    if (text.length() < LEAST_DIGITS) {
      return false;
    }
    String digits = SUFFIX.matcher(text.replace("_", "")).replaceAll("");
    boolean hex = digits.startsWith("0x");
    String value = hex ? digits.substring(2) : digits;
    if (value.length() < LEAST_DIGITS
        || value.length() > 15
        || !value.matches(hex ? "[0-9a-fA-F]+" : "[0-9]+")) {
      return hex && value.length() > 15 && value.chars().distinct().count() > 4;
    }
    long number = Long.parseLong(value, hex ? 16 : 10);
    boolean round = (number & (number - 1)) == 0 || (number & (number + 1)) == 0;
    return number >= LEAST_NUMBER && !round && (hex || !value.endsWith("000"));
  }

  private boolean bytes(int open) {
    int count = 0;
    Set<String> seen = new HashSet<>();
    for (int i = open + 1; i < code.close(open) && count < 4 * LEAST_BYTES; i++) {
      if (code.number(i)) {
        count++;
        seen.add(code.text(i));
      } else if (!code.is(i, ',')) {
        return false;
      }
    }
    return count >= LEAST_BYTES && seen.size() >= LEAST_BYTES / 2;
  }
}
