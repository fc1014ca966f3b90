package lazaret.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cookie that the desk sets. It is sent to this host alone, over secure connections alone, and
/// is invisible to scripts.
///
/// Source: RFC 6265bis, section 4.1.3.2 (prefix `__Host-`).
///
/// @param name the name after the prefix `__Host-`
/// @param value letters, digits, `-` and `_`; empty removes the cookie
/// @param age the life; null for the life of the browser
public record WebCookie(String name, String value, @Nullable Duration age) {
  private static final String PREFIX = "__Host-";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{0,512}");
  private static final int MAX_HEADER = 8_192;
  private static final int MAX_COOKIES = 50;

  /// Checks the value.
  ///
  /// @throws IllegalArgumentException if it has other characters
  public WebCookie {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("a cookie has letters, digits, '-' and '_'");
    }
  }

  /// Returns the value of the header `set-cookie`. `Lax` permits the return from the identity
  /// provider, which begins on another site.
  public String header() {
    String life =
        value.isEmpty() ? "; Max-Age=0" : age == null ? "" : "; Max-Age=" + age.toSeconds();
    return PREFIX + name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax" + life;
  }

  /// Reads the cookies of a header `cookie` that have the prefix. The first of two with one name
  /// counts, and all others are ignored.
  ///
  /// @return the values by the name after the prefix
  public static Map<String, String> parse(String header) {
    Map<String, String> cookies = new HashMap<>();
    if (header.length() > MAX_HEADER) {
      return cookies;
    }
    for (String pair : header.split("[;,]", MAX_COOKIES)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
      if (name.startsWith(PREFIX) && VALUE.matcher(value).matches()) {
        cookies.putIfAbsent(name.substring(PREFIX.length()), value);
      }
    }
    return cookies;
  }
}
