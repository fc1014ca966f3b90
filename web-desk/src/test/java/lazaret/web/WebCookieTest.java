package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebCookieTest {
  private static final String FLAGS = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  @Test
  void headerBindsACookieToTheHostAndHidesItFromScripts() {
    assertThat(new WebCookie("lazaret", "0a1b", null).header())
        .isEqualTo("__Host-lazaret=0a1b" + FLAGS);
    assertThat(new WebCookie("lazaret-signin", "x", Duration.ofMinutes(10)).header())
        .isEqualTo("__Host-lazaret-signin=x" + FLAGS + "; Max-Age=600");
    assertThat(new WebCookie("lazaret", "", null).header())
        .isEqualTo("__Host-lazaret=" + FLAGS + "; Max-Age=0");
  }

  @Test
  void valueCannotAddAttributesOrHeaders() {
    for (String value : new String[] {"a; Domain=example.org", "a\r\nX: y", "a b", "ä", "a,b"}) {
      assertThatThrownBy(() -> new WebCookie("lazaret", value, null))
          .as(value)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsTheFirstCookieOfEachNameWithThePrefixAlone() {
    assertThat(
            WebCookie.parse(
                "lazaret=plain; __Host-lazaret=one; __Host-lazaret=two; __Host-other=3; x"))
        .isEqualTo(Map.of("lazaret", "one", "other", "3"));
    assertThat(WebCookie.parse("__Secure-lazaret=a; __host-lazaret=b")).isEmpty();
    assertThat(WebCookie.parse("")).isEmpty();
  }

  @Test
  void ignoresMalformedValuesAndLongHeaders() {
    assertThat(WebCookie.parse("__Host-lazaret=a\"b")).isEmpty();
    assertThat(WebCookie.parse("__Host-lazaret=" + "a".repeat(513))).isEmpty();
    assertThat(WebCookie.parse("__Host-lazaret=a; x=" + "y".repeat(8_192))).isEmpty();
  }
}
