package lazaret.vetting.advisory.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.inspect.Ioc;
import org.jspecify.annotations.Nullable;

/// Checks and conversions that the record readers of all feeds share.
final class RecordFields {
  /// The maximum number of texts of one kind in a record: aliases, functions, versions, indicators.
  static final int MAX_TEXTS = 4096;

  private static final int MAX_HOST = 255;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final Pattern URL = Pattern.compile("https?://[!-~]{1,1990}");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

  private static final Set<String> TOO_COMMON =
      Set.of(
          "github.com",
          "www.github.com",
          "raw.githubusercontent.com",
          "gist.github.com",
          "gitlab.com",
          "crates.io",
          "docs.rs",
          "discord.com",
          "telegram.org",
          "api.telegram.org",
          "google.com",
          "example.com",
          "example.org",
          "localhost",
          "127.0.0.1",
          "0.0.0.0",
          "1.1.1.1",
          "8.8.8.8");

  private RecordFields() {}

  /// Returns the id of a record after a check of its form.
  ///
  /// @throws MalformedException if the form is invalid
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new MalformedException(
          "cannot read advisory id '"
              + Excerpt.of(text)
              + "': expected 1 to 64 letters, digits, '.', '_', ':' and '-'");
    }
    return text;
  }

  /// Returns the valid ids of a list, each once. Invalid ones are dropped, since they match no
  /// record.
  static List<String> ids(List<String> texts) {
    return texts.stream().filter(t -> ID.matcher(t).matches()).limit(MAX_TEXTS).distinct().toList();
  }

  /// Returns an address that is safe to display, or null if it is not.
  static @Nullable String url(@Nullable String text) {
    return text != null && URL.matcher(text).matches() ? text : null;
  }

  /// Returns the time of a text (RFC 3339), or null if the text has another form.
  static @Nullable Instant moment(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// Returns the date at the start of a date or time, or null if there is none.
  static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// Returns a title without Markdown backticks, cut to one printable line.
  static String title(String text) {
    return Excerpt.of(text.strip().replace("`", ""));
  }

  /// Returns an indicator whose kind is derived from its form.
  ///
  /// @throws MalformedException if the text is too short, too long or not printable
  static Ioc ioc(String text, String advisory) {
    if (text.contains("://")) {
      return new Ioc(Ioc.Kind.URL, text, advisory);
    }
    // Limited to the length of a host name (RFC 1035 §2.3.4), because the regex engine recurses
    // over repeated groups.
    if (text.length() > MAX_HOST) {
      return new Ioc(Ioc.Kind.TEXT, text, advisory);
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (IPV4.matcher(bare).matches() || IPV6.matcher(bare).matches()) {
      return new Ioc(Ioc.Kind.IP, bare.toLowerCase(Locale.ROOT), advisory);
    }
    return HOST.matcher(text).matches()
        ? new Ioc(Ioc.Kind.DOMAIN, text.toLowerCase(Locale.ROOT), advisory)
        : new Ioc(Ioc.Kind.TEXT, text, advisory);
  }

  /// Returns an indicator of a foreign feed, or empty if it cannot be searched for or is too
  /// common. Feeds also name the host that was abused, and some hosts occur in half of all crates.
  static Optional<Ioc> searchable(String text, String advisory) {
    String bare = text.toLowerCase(Locale.ROOT);
    if (bare.length() < Ioc.MIN_LENGTH
        || bare.length() > Ioc.MAX_LENGTH
        || bare.chars().anyMatch(c -> c < ' ' || c == 0x7f)
        || TOO_COMMON.contains(bare)) {
      return Optional.empty();
    }
    return Optional.of(ioc(text, advisory));
  }
}
