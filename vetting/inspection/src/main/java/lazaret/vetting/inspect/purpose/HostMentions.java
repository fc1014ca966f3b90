package lazaret.vetting.inspect.purpose;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names and addresses of hosts in lines of source.
public final class HostMentions {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:://|[\"'])(?:[^/@\"'\\s]{0,64}@)?((?:[a-z0-9_-]{1,63}\\.){1,8}[a-z0-9-]{1,63})");

  /// Addresses of the machine itself, of local networks, of groups, and without a host.
  private static final Pattern NEAR =
      Pattern.compile(
          "(?:127|10|0|169\\.254|192\\.168|172\\.(?:1[6-9]|2[0-9]|3[01])|22[4-9]|23[0-9]|255)\\..*");

  /// Keys of documents whose address only identifies the document, and comments in which a program
  /// identifies itself.
  private static final Pattern IDENTIFIES =
      Pattern.compile(
          "(?i)[\"'](?:\\$schema|\\$id|@context|xmlns(?::[a-z]{1,16})?|helpUri|informationUri)\\\\?[\"'](?:"
              + " ?[:,]| ?=>) ?\\\\?[\"']https?://|xmlns(?::[a-z]{1,16})?=\\\\?[\"']https?://"
              + "|\\(\\+?https?://[a-z0-9./_-]{4,80}\\)");

  private HostMentions() {}

  /// Returns whether the address of a line only identifies a schema, a namespace or the program
  /// itself: `tool (+https://..)`.
  public static boolean identifies(String line) {
    return IDENTIFIES.matcher(line).find();
  }

  /// Returns the first host that a line names, in lower case. Empty if it names none, or only the
  /// machine or local network itself.
  public static Optional<String> in(String line) {
    Matcher matcher = HOST.matcher(line.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      String host = matcher.group(1);
      if (!NEAR.matcher(host).matches()) {
        return Optional.of(host);
      }
    }
    return Optional.empty();
  }
}
