package lazaret.sandbox.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputSanitizerTest {
  private static final String[] PIECES = {
    "\033", "[", "31;1m", "]52;c;", "\007", "\r", "\n", "::", ":", "##", "vso[", "[", "\u202e",
    "\u009b", "error", " ", "\t", "\b", "é", "😀", "\033[0m", "\033[2J", "#", "\u2028", "a", "\\"
  };
  private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;:]*m");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*::[^:\\\\\r\n]");
  private static final Pattern MARK = Pattern.compile("##[A-Za-z]{0,16}\\[");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "   Compiling serde v1.0.0 (/project)\n",
        "\033[1m\033[92m   Compiling\033[0m serde\n",
        "  ::: src/lib.rs:1:2\r\n",
        "error[E0277]: `\tx` ü 漢字 😀 👩‍💻\n",
        "let a = std::mem::take(b); r##\"x\"## # [a] ## [b]\n"
      })
  void letsHonestOutputBe(String text) {
    assertThat(neutralised(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // Window title, clipboard, cursor, an unfinished sequence, and an 8-bit control.
        "`\033]0;owned\007x`, `␛]0;owned␇x`",
        "`\033]52;c;cm0=\033\\`, `␛]52;c;cm0=␛\\`",
        "`a\033[1A\033[2Kb`, `a␛[1A␛[2Kb`",
        "`a\033[31`, `a␛[31`",
        "`\033[?25l`, `␛[?25l`",
        "`\u009b2J`, `<U+009B>2J`",
        "`secret\b\b\b\b\b\bpublic`, `secret␈␈␈␈␈␈public`",
        "`x\u007fy\000z`, `x␡y␀z`",
        "`if (\u202eadmin`, `if (<U+202E>admin`",
        "`zero\u200bwidth`, `zero<U+200B>width`",
        "`##vso[task.setvariable]x`, `##vso\\[task.setvariable]x`",
        "`a ##[error]b`, `a ##\\[error]b`",
        "`###teamcity[x`, `###teamcity\\[x`",
        "`::add-path::/tmp`, `::\\add-path::/tmp`",
        "`  :: set-env::x`, `  ::\\ set-env::x`",
        "`\033[0m::warning::x`, `\033[0m::\\warning::x`"
      })
  void showsWhatWouldAct(String text, String shown) {
    assertThat(neutralised(text)).isEqualTo(shown);
  }

  @Test
  void endsALineThatWouldBeWrittenOver() {
    assertThat(neutralised("error: virus\rall is well\n::add-mask::\r::x\r"))
        .isEqualTo("error: virus\nall is well\n::\\add-mask::\n::\\x\n");
  }

  @Test
  void showsBytesThatAreNoText() {
    byte[] bytes = {
      'a',
      (byte) 0xff,
      (byte) 0xc0,
      (byte) 0x9b,
      'b',
      (byte) 0xed,
      (byte) 0xa0,
      (byte) 0x80,
      'c',
      (byte) 0xe2,
      (byte) 0x82
    };

    assertThat(neutralised(bytes, bytes.length)).isEqualTo("a\ufffd\ufffd\ufffdb\ufffdc\ufffd");
  }

  @Test
  void switchesColorsOffAtItsEnd() {
    assertThat(neutralised("\033[30;40mdark")).isEqualTo("\033[30;40mdark\033[m");
  }

  @Test
  void boundsWhatItHoldsBack() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputSanitizer text = new OutputSanitizer(out);

    text.write(("\033[" + "1;".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));

    assertThat(out.size()).isGreaterThan(200_000);
  }

  @Test
  void actsOnNobodyWhateverIsPrintedAndHoweverItIsCut() {
    SplittableRandom random = new SplittableRandom(20_261_125);
    int rounds = Boolean.getBoolean("lazaret.all") ? 200_000 : 20_000;
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = randomText(random);
      String whole = neutralised(bytes, bytes.length);
      String context = "round " + round;

      assertThat(neutralised(bytes, 1 + random.nextInt(5))).as(context).isEqualTo(whole);
      String bare = COLOR.matcher(whole).replaceAll("");
      assertThat(bare.codePoints().filter(OutputSanitizerTest::acts)).as(context).isEmpty();
      assertThat(bare.replace("\r\n", "\n")).as(context).doesNotContain("\r");
      assertThat(COMMAND.matcher(bare).find()).as(context + ": " + bare).isFalse();
      assertThat(MARK.matcher(bare).find()).as(context + ": " + bare).isFalse();
      assertThat(whole.length()).as(context).isLessThanOrEqualTo(8 * bytes.length + 8);
    }
  }

  private static boolean acts(int c) {
    boolean plain = c == '\n' || c == '\t' || c == '\r';
    boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !plain && (c < 32 || (c >= 127 && c < 160) || direction);
  }

  private static byte[] randomText(SplittableRandom random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
      if (random.nextInt(8) == 0) {
        bytes.write(random.nextInt(256));
      } else {
        bytes.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String neutralised(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return neutralised(bytes, bytes.length);
  }

  private static String neutralised(byte[] bytes, int step) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputSanitizer text = new OutputSanitizer(out)) {
      for (int at = 0; at < bytes.length; at += step) {
        text.write(bytes, at, Math.min(step, bytes.length - at));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("what came out is no UTF-8", e);
    }
  }
}
