package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The contrast of the colors of the desk, computed from the style sheet (WCAG 2.2, criteria 1.4.6
/// and 1.4.11).
class ContrastTest {
  private static final String HEX = "(#[0-9a-f]{6})";
  private static final Pattern TOKEN =
      Pattern.compile("--([a-z-]+): light-dark\\(" + HEX + ", " + HEX + "\\);");

  /// Inks, grounds and the least ratio of each ink on each ground.
  private static final String PAIRS =
      """
      text, page card sunk add del add-w del-w add-n del-n review-bg hold-bg, 7
      soft, page card sunk add del review-bg hold-bg, 7
      faint, page card sunk add del add-n review-bg hold-bg, 7
      link, page card sunk add del review-bg hold-bg, 7
      allow, allow-bg card add sunk hold-bg, 7
      hold, hold-bg card sunk, 7
      review, review-bg card sunk, 7
      deny, deny-bg card del sunk hold-bg, 7
      act-text, act act-over, 7
      c-key, card add del sunk hold-bg, 7
      c-str, card add del sunk hold-bg, 7
      c-com, card add del sunk hold-bg, 7
      c-att, card add del sunk hold-bg, 7
      c-num, card add del sunk hold-bg, 7
      edge, page card, 3
      ring, page card sunk review-bg, 3
      act, card sunk, 3
      """;

  /// The colors of one token.
  private record Token(String light, String dark) {}

  private static Map<String, Token> tokens() {
    Map<String, Token> tokens = new HashMap<>();
    Matcher token = TOKEN.matcher(AssetSet.read("desk.tokens.css"));
    while (token.find()) {
      tokens.put(token.group(1), new Token(token.group(2), token.group(3)));
    }
    return tokens;
  }

  private static double luminance(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double share = (channel & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static double ratio(String ink, String ground) {
    double a = luminance(ink);
    double b = luminance(ground);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  @Test
  void computesTheRatiosOfTheSpecification() {
    assertThat(ratio("#000000", "#ffffff")).isCloseTo(21, within(0.001));
    assertThat(ratio("#ffffff", "#767676")).isCloseTo(4.54, within(0.005));
    assertThat(ratio("#1a2027", "#1a2027")).isEqualTo(1);
  }

  @Test
  void eachInkIsReadableOnItsGrounds() {
    Map<String, Token> tokens = tokens();
    List<String> tooLow = new ArrayList<>();
    int checked = 0;
    for (String line : PAIRS.lines().toList()) {
      String[] fields = line.split(", ", -1);
      double least = Double.parseDouble(fields[2]);
      for (String ground : fields[1].split(" ", -1)) {
        Token ink = tokens.get(fields[0]);
        Token below = tokens.get(ground);
        assertThat(ink).as(fields[0]).isNotNull();
        assertThat(below).as(ground).isNotNull();
        checked++;
        double light = ratio(ink.light(), below.light());
        double dark = ratio(ink.dark(), below.dark());
        if (Math.min(light, dark) < least) {
          tooLow.add("%s on %s: %.2f %.2f".formatted(fields[0], ground, light, dark));
        }
      }
    }

    assertThat(checked).isEqualTo(84);
    assertThat(tooLow).isEmpty();
  }

  @Test
  void eachColorOfTheStyleSheetIsAToken() {
    String others =
        AssetSet.load().file("desk.css").body().text().replaceAll("(?m)^--[a-z-]+: .*$", "");

    assertThat(others).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b").doesNotContain("rgb(0 0");
  }

  @Test
  void eachTokenIsUsed() {
    String css = AssetSet.load().file("desk.css").body().text();

    for (String token : tokens().keySet()) {
      assertThat(css).contains("var(--" + token + ")");
    }
  }
}
