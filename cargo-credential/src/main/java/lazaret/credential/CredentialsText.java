package lazaret.credential;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of the file with the tokens: tables of TOML that are named by origins. The reader takes
/// this part of TOML alone: comments, headers with a quoted key, and keys with a plain text in
/// quotes or a time.
final class CredentialsText {
  private static final int MAX_TOKENS = 256;
  private static final String PATTERN = "0000-00-00T00:00:00Z";
  private static final String HEAD =
      """
      # Written by vetting-cli login: a table for each gate at which you signed in.
      # The tokens are secrets. vetting-cli logout removes them.
      """;

  private final List<OriginToken> tokens = new ArrayList<>();
  private @Nullable GateOrigin origin;
  private String secret = "";
  private String name = "";
  private String owner = "";
  private @Nullable Instant expires;

  private CredentialsText() {}

  /// Returns the tokens of a file in their order.
  ///
  /// @throws CredentialException if the text has another form, with the number of the line. The
  ///   message does not repeat the line, which may be a secret
  static List<OriginToken> parse(String text) {
    CredentialsText reader = new CredentialsText();
    int number = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end).strip();
      number++;
      reader.read(line, number);
      start = end < 0 ? text.length() : end + 1;
    }
    reader.finish(number);
    return List.copyOf(reader.tokens);
  }

  private void read(String line, int number) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return;
    }
    if (line.startsWith("[\"") && line.endsWith("\"]") && line.length() > 4) {
      finish(number);
      begin(line.substring(2, line.length() - 2), number);
      return;
    }
    int equals = line.indexOf('=');
    if (equals < 0 || origin == null) {
      throw malformed(number);
    }
    set(line.substring(0, equals).strip(), line.substring(equals + 1).strip(), number);
  }

  private void begin(String url, int number) {
    GateOrigin found = GateOrigin.parse(url);
    for (OriginToken each : tokens) {
      if (each.origin().equals(found)) {
        throw malformed(number);
      }
    }
    if (!found.text().equals(url) || tokens.size() >= MAX_TOKENS) {
      throw malformed(number);
    }
    origin = found;
    secret = "";
    name = "";
    owner = "";
    expires = null;
  }

  private void set(String key, String value, int number) {
    switch (key) {
      case "token" -> secret = quoted(value, number);
      case "name" -> name = quoted(value, number);
      case "owner" -> owner = quoted(value, number);
      case "expires" -> expires = time(value, number);
      default -> {
        // A newer version may have more keys.
      }
    }
  }

  private static String quoted(String value, int number) {
    int last = value.length() - 1;
    if (last < 1 || value.charAt(0) != '"' || value.charAt(last) != '"') {
      throw malformed(number);
    }
    String text = value.substring(1, last);
    if (!PlainText.isPlain(text)) {
      throw malformed(number);
    }
    return text;
  }

  /// Reads a time of 20 characters like `2026-12-28T12:00:00Z`. The formatters of the JDK take
  /// longer to load than the whole reply to cargo.
  private static Instant time(String value, int number) {
    boolean form = value.length() == PATTERN.length();
    for (int i = 0; i < PATTERN.length() && form; i++) {
      char c = value.charAt(i);
      form = PATTERN.charAt(i) == '0' ? c >= '0' && c <= '9' : c == PATTERN.charAt(i);
    }
    if (!form) {
      throw malformed(number);
    }
    try {
      return LocalDateTime.of(
              digits(value, 0, 4),
              digits(value, 5, 7),
              digits(value, 8, 10),
              digits(value, 11, 13),
              digits(value, 14, 16),
              digits(value, 17, 19))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw malformed(number);
    }
  }

  private static int digits(String value, int from, int to) {
    return Integer.parseInt(value, from, to, 10);
  }

  private void finish(int number) {
    GateOrigin finished = origin;
    if (finished == null) {
      return;
    }
    if (secret.isEmpty() || name.isEmpty() || owner.isEmpty()) {
      throw malformed(number);
    }
    tokens.add(new OriginToken(finished, secret, name, owner, expires));
    origin = null;
  }

  private static CredentialException malformed(int number) {
    return new CredentialException(
        "expected tables with token, name and owner, found another form before the end of line "
            + number);
  }

  /// Returns the text of the file.
  ///
  /// @throws CredentialException if there are too many tokens
  static String of(List<OriginToken> tokens) {
    if (tokens.size() > MAX_TOKENS) {
      throw new CredentialException(
          "expected at most "
              + MAX_TOKENS
              + " gates, found more; sign out of some with 'vetting-cli"
              + " logout'");
    }
    StringBuilder text = new StringBuilder(HEAD);
    for (OriginToken each : tokens) {
      text.append("\n[\"").append(each.origin().text()).append("\"]\n");
      line(text, "token", each.secret());
      line(text, "name", each.name());
      line(text, "owner", each.owner());
      Instant end = each.expires();
      if (end != null) {
        text.append("expires = ").append(end.truncatedTo(ChronoUnit.SECONDS)).append('\n');
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = \"").append(value).append("\"\n");
  }
}
