package lazaret.documentation.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.junit.jupiter.api.Test;

class PageTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final CrateName ALPHA = CrateName.parse("alpha");
  private static final CrateVersion ONE = CrateVersion.parse("1.0.0");
  private static final Bytes KEY = Bytes.utf8("a secret of thirty-two characters");

  @Test
  void permitsItsVersionUntilItsEnd() {
    Instant end = NOW.plus(Duration.ofHours(1));
    String token = PageToken.make(KEY, ALPHA, ONE, end).text();

    assertThat(check(token, ALPHA, ONE, NOW)).isTrue();
    assertThat(check(token, ALPHA, ONE, end.minusSeconds(1))).isTrue();
    assertThat(check(token, ALPHA, ONE, end)).isFalse();
    assertThat(token).matches("[A-Za-z0-9_-]{54}");
  }

  @Test
  void permitsNoOtherVersion() {
    String token = PageToken.make(KEY, ALPHA, ONE, NOW.plusSeconds(60)).text();

    assertThat(check(token, CrateName.parse("beta"), ONE, NOW)).isFalse();
    assertThat(check(token, CrateName.parse("alph"), ONE, NOW)).isFalse();
    assertThat(check(token, ALPHA, CrateVersion.parse("1.0.1"), NOW)).isFalse();
    assertThat(
            PageToken.check(
                Bytes.utf8("another secret"), new PageAddress(token, ALPHA, ONE, "a.html"), NOW))
        .isEmpty();
  }

  @Test
  void permitsNothingWithAChangedToken() {
    String token = PageToken.make(KEY, ALPHA, ONE, NOW.plusSeconds(60)).text();
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder changed = new StringBuilder(token);
      int at = random.nextInt(token.length());
      char other = (char) (' ' + random.nextInt(95));
      changed.setCharAt(at, other);
      // The last character has bits that base64 ignores.
      if (at < token.length() - 1 && other != token.charAt(at)) {
        assertThat(check(changed.toString(), ALPHA, ONE, NOW)).as(changed.toString()).isFalse();
      }
    }
    for (String text : new String[] {"", "~", "a", token + "A", token.repeat(100)}) {
      assertThat(check(text, ALPHA, ONE, NOW)).isFalse();
    }
  }

  private static boolean check(String token, CrateName name, CrateVersion version, Instant now) {
    return PageToken.check(KEY, new PageAddress(token, name, version, "a.html"), now).isPresent();
  }
}
