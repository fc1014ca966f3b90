package lazaret.vetting.inspect.source;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// Identifiers with letters of other scripts that look like ASCII ones (Unicode UTS 39, *Confusable
/// Detection*; the letters that look alike in common fonts).
public final class ConfusableIdentifiers {
  private static final String OTHERS =
      "аӓɑ|сϲ|ԁ|еҽ|ɡ|һ|іı|ј|ӏ|ոп|оοօ|рϱ|ԛ|г|ѕ|սυ|ѵν|ԝ|хχ|уγ|ᴢ|АΑ|ВΒ|СϹ|ЕΕ|ԌԀ|НΗ|ІΙ|Ј|КΚ|МΜ|Ν|ОΟՕ|РΡ|Ѕ|ТΤ|ՍԱ|Ԝ|ХΧ|ҮΥ|Ζ";
  private static final String PLAIN = "acdeghijlnopqrsuvwxyzABCEGHIJKMNOPSTUWXYZ";

  /// Greek letters for quantities, which readers distinguish from Latin ones.
  private static final String SYMBOLS = "αβγδεζηθικλμνξπρστυφχψωϱΓΔΘΛΞΠΣΦΨΩ";

  private static final Map<Character, Character> LETTERS = letters();
  private static final int MAX = 64;

  private ConfusableIdentifiers() {}

  /// A name that looks like another one.
  ///
  /// @param position the offset of its first byte
  /// @param line the line, from 1
  /// @param says a description of its letters
  public record Found(int position, int line, String says) {}

  private static Map<Character, Character> letters() {
    Map<Character, Character> letters = new HashMap<>();
    String[] groups = OTHERS.split("\\|", -1);
    for (int i = 0; i < groups.length; i++) {
      for (char c : groups[i].toCharArray()) {
        letters.put(c, PLAIN.charAt(i));
      }
    }
    return letters;
  }

  static Optional<Found> find(RustTokens tokens) {
    return holdsOthers(tokens) ? among(tokens) : Optional.empty();
  }

  /// Returns whether an identifier has a letter beyond ASCII. In most sources only comments and
  /// texts have such letters.
  private static boolean holdsOthers(RustTokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, TokenKind.IDENTIFIER) && beyondAscii(tokens, i)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Found> among(RustTokens tokens) {
    Map<String, Integer> spelled = new HashMap<>();
    Set<String> plain = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, TokenKind.IDENTIFIER) && tokens.end(i) - tokens.start(i) <= MAX) {
        if (beyondAscii(tokens, i)) {
          spelled.putIfAbsent(tokens.text(i), i);
        } else {
          plain.add(tokens.name(i));
        }
      }
    }
    for (Map.Entry<String, Integer> name : spelled.entrySet()) {
      String written = name.getKey();
      String skeleton = skeleton(written);
      boolean twin = plain.contains(skeleton) && skeleton.length() > 1;
      if (!skeleton.isEmpty() && (mixed(written) || (twin && !symbols(written)))) {
        int at = name.getValue();
        String says = "'%s' looks like '%s': %s".formatted(written, skeleton, codePoints(written));
        return Optional.of(new Found(tokens.start(at), tokens.line(at), says));
      }
    }
    return Optional.empty();
  }

  private static boolean beyondAscii(RustTokens tokens, int at) {
    byte[] source = tokens.source();
    for (int i = tokens.start(at); i < tokens.end(at); i++) {
      if (source[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns the ASCII name that a name looks like, or the empty text if there is none.
  private static String skeleton(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKC);
    var out = new StringBuilder();
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      Character plain = c < 0x80 ? Character.valueOf(c) : LETTERS.get(c);
      if (plain == null) {
        return "";
      }
      out.append(plain.charValue());
    }
    return out.toString();
  }

  /// Returns whether a name has letters of two scripts, not counting symbols of quantities.
  private static boolean mixed(String name) {
    boolean latin = false;
    boolean other = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      latin |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      other |= c >= 0x80 && SYMBOLS.indexOf(c) < 0;
    }
    return latin && other;
  }

  private static boolean symbols(String name) {
    return name.chars().allMatch(c -> c < 0x80 || SYMBOLS.indexOf(c) >= 0);
  }

  private static String codePoints(String name) {
    var out = new StringBuilder();
    name.codePoints()
        .filter(c -> c >= 0x80)
        .limit(4)
        .forEach(c -> out.append(" U+%04X".formatted(c)));
    return out.toString().strip();
  }
}
