package lazaret.vetting.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lazaret.vetting.Excerpt;
import org.junit.jupiter.api.Test;

/// The forms of every code point, and of texts that are cut.
class PrintableTest {
  private static final Set<Integer> UNSAFE =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.PRIVATE_USE,
          (int) Character.UNASSIGNED,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  private static boolean isSafe(int codePoint) {
    return !UNSAFE.contains(Character.getType(codePoint));
  }

  private static boolean prints(int codePoint) {
    return isSafe(codePoint)
        && (codePoint == ' ' || Character.getType(codePoint) != Character.SPACE_SEPARATOR);
  }

  private static String text(int codePoint) {
    return Character.toString(codePoint);
  }

  /// Lists the code points of which a form is not the expected one.
  private static int[] differing(IntFunction<Object> form, IntFunction<Object> expected) {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> !form.apply(c).equals(expected.apply(c)))
        .limit(20)
        .toArray();
  }

  @Test
  void classOfEveryCodePoint() {
    assertThat(differing(Printable::prints, PrintableTest::prints)).isEmpty();
    assertThat(differing(Printable::isSafe, PrintableTest::isSafe)).isEmpty();
  }

  @Test
  void knownCodePoints() {
    assertThat(IntStream.of(' ', '~', 'é', 0x6f22, 0x1f980)).allMatch(Printable::prints);
    assertThat(IntStream.of(0, '\t', '\n', 0x1b, 0x7f, 0x85, 0xad, 0x200d, 0x2028, 0x2029, 0x202e))
        .noneMatch(Printable::isSafe);
    assertThat(IntStream.of(0xd800, 0xe000, 0xfeff, 0xffff, 0x10ffff)).noneMatch(Printable::isSafe);
    assertThat(IntStream.of(0xa0, 0x2003, 0x3000))
        .allMatch(Printable::isSafe)
        .noneMatch(Printable::prints);
  }

  @Test
  void lineOfEveryCodePoint() {
    assertThat(
            differing(
                c -> Printable.line("a" + text(c) + "b"),
                c -> "a" + (c == '\n' || c == '\t' ? " " : isSafe(c) ? text(c) : "?") + "b"))
        .isEmpty();
  }

  @Test
  void replacementOfEveryCodePoint() {
    assertThat(differing(c -> Printable.replaced(text(c), ' '), c -> isSafe(c) ? text(c) : " "))
        .isEmpty();
  }

  @Test
  void cutOfEveryCodePoint() {
    assertThat(
            differing(
                c -> Printable.cut("a" + text(c) + "b", 3),
                c -> isSafe(c) ? "a" + text(c) + "b" : "ab"))
        .isEmpty();
  }

  @Test
  void escapeOfEveryCodePoint() {
    assertThat(
            differing(
                c -> Printable.escaped("a" + text(c) + "b", 10),
                c ->
                    prints(c) || c == '\t'
                        ? "a" + text(c) + "b"
                        : "a\\u{%s}b".formatted(Integer.toHexString(c))))
        .isEmpty();
  }

  /// An excerpt goes by chars: a pair of surrogates is two of them.
  @Test
  void excerptOfEveryCodePoint() {
    assertThat(
            differing(
                c -> Excerpt.of(text(c)),
                c -> c > 0xffff ? "??" : isSafe(c) && c != 0xfffd ? text(c) : "?"))
        .isEmpty();
  }

  @Test
  void longTextIsCutByCodePoints() {
    String crabs = "\ud83e\udd80".repeat(5);

    assertThat(Printable.cut(crabs, 5)).isEqualTo(crabs);
    assertThat(Printable.cut(crabs, 4)).isEqualTo("\ud83e\udd80".repeat(2) + "..");
    assertThat(Printable.cut("ab\u202ecd", 4)).isEqualTo("abcd");
    assertThat(Printable.cut("abcde", 4)).isEqualTo("ab..");
  }

  @Test
  void longLineNamesTheNumberOfMissingCharacters() {
    String crabs = "\ud83e\udd80".repeat(5);

    assertThat(Printable.escaped("abcde", 5)).isEqualTo("abcde");
    assertThat(Printable.escaped("abcde", 3)).isEqualTo("abc .. (2 more characters in this line)");
    assertThat(Printable.escaped(crabs, 5)).isEqualTo(crabs);
    assertThat(Printable.escaped(crabs, 3))
        .isEqualTo("\ud83e\udd80".repeat(3) + " .. (4 more characters in this line)");
  }
}
