package lazaret.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecretScannerTest {
  private static final String ONE = "q7WdNtR5hXz2LkMbq7WdNtR5hXz2LkMbA1b2";
  private static final String TWO = "q7WdNtR5hXz2LkMbZZZZZZZZZZZZZZZZZZZZ";
  private static final List<String> VALUES = List.of(ONE, TWO);

  @Test
  void findsAValuePlainBackwardsAndInHex() {
    assertThat(search("token = " + ONE + "\n")).containsExactly(ONE);
    assertThat(search("?t=" + ONE + TWO)).containsExactly(ONE, TWO);
    assertThat(search(new StringBuilder(TWO).reverse().toString())).containsExactly(TWO);
    assertThat(search(HexFormat.of().formatHex(ONE.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(ONE);
    assertThat(
            search(HexFormat.of().withUpperCase().formatHex(TWO.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(TWO);
  }

  @Test
  void findsAValueInBase64WhereverItStandsInTheFile() {
    for (String before : List.of("", "a", "ab", "abc", "key=", "\n\n\n\n\n")) {
      byte[] file = (before + ONE + "\nend").getBytes(StandardCharsets.UTF_8);

      assertThat(search(Base64.getEncoder().encodeToString(file))).as(before).containsExactly(ONE);
      assertThat(search(Base64.getUrlEncoder().withoutPadding().encodeToString(file)))
          .containsExactly(ONE);
      // The output of `base64`, but with lines that break the value.
      assertThat(
              search(
                  new String(
                      Base64.getMimeEncoder(20, new byte[] {'\n'}).encode(file),
                      StandardCharsets.US_ASCII)))
          .containsExactly(ONE);
    }
  }

  @Test
  void findsNothingInWhatOnlyBeginsLikeAValue() {
    assertThat(search(ONE.substring(0, 35) + "!")).isEmpty();
    assertThat(search(ONE.substring(1) + ONE.substring(0, 35))).isEmpty();
    assertThat(search("")).isEmpty();
  }

  @Test
  void agreesWithASlowSearchHoweverTheStreamIsCut() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        String value = VALUES.get(random.nextInt(2));
        List<String> forms = SecretScanner.forms(value);
        String form = forms.get(random.nextInt(forms.size()));
        text.append(form, random.nextInt(2) * random.nextInt(form.length()), form.length());
        text.append(random.nextInt(3) == 0 ? "\n" : "");
      }
      String bare = text.toString().replace("\n", "");
      boolean one = SecretScanner.forms(ONE).stream().anyMatch(bare::contains);
      boolean two = SecretScanner.forms(TWO).stream().anyMatch(bare::contains);

      List<String> found = search(text.toString(), 1 + random.nextInt(50));

      assertThat(found.contains(ONE)).as("round %d: %s", round, text).isEqualTo(one);
      assertThat(found.contains(TWO)).as("round %d: %s", round, text).isEqualTo(two);
    }
  }

  private static List<String> search(String text) {
    return search(text, Integer.MAX_VALUE);
  }

  private static List<String> search(String text, int step) {
    List<String> found = new ArrayList<>();
    SecretScanner.Scan search = new SecretScanner(VALUES).new Scan(found::add);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += Math.min(step, bytes.length)) {
      search.accept(bytes, at, Math.min(step, bytes.length - at));
    }
    return found.stream().distinct().toList();
  }
}
