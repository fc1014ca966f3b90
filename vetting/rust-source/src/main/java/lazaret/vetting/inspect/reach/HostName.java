package lazaret.vetting.inspect.reach;

import java.util.regex.Pattern;

/// Host names in texts that expressions build.
public final class HostName {
  /// The mark between elements of an array or arguments, where a separator may be inserted.
  private static final char BETWEEN = '\u0002';

  /// An address with the scheme, a mailbox, a host with its port, or a host as a whole.
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)(?:[a-z]://(?:[^/@\\s\u0001\u0002]{0,80}@)?|[a-z0-9_.+-]@|(?:^|\u0002)(?=[a-z0-9.-]+:[0-9]))"
              + "([\u0001a-z0-9-]*(?:\\.[a-z0-9-]+)+)");

  private static final Pattern BARE =
      Pattern.compile(
          "(?i)(?:^|[\u0001\u0002"
              + " ])([\u0001a-z0-9-]*(?:\\.[a-z0-9-]+)*\\.(?:com|net|org|io|dev|app|xyz|ru|cn|info"
              + "|co|me|cloud|sh|top|site|online|cc|biz|us|de|eu|ai|so|fun|live|pro|tech|invalid|test|zone))"
              + "\\.?(?:[:/?\u0001\u0002]|$)");
  private static final Pattern NONE =
      Pattern.compile(
          "(?i)^(?:localhost|127\\.|0\\.|10\\.|192\\.168\\.|(?:www\\.)?example\\.(?:com|org|net)$|.*\\.?local$"
              + "|.*\\.example$|docs\\.rs$|[a-z]\\.[a-z]{1,3}$|www\\.w3\\.org$|schemas\\..*)");

  private HostName() {}

  /// Returns the host that a text names, or the empty text if there is none.
  ///
  /// @param address whether the text is known to be an address, so that a short host name counts
  public static String in(String text, boolean address) {
    if (text.indexOf('.') < 0) {
      return "";
    }
    var found = HOST.matcher(text);
    while (found.find()) {
      if (!NONE.matcher(found.group(1)).find()) {
        return found.group(1);
      }
    }
    if (text.indexOf("://" + BETWEEN) >= 0) {
      String joined = in(text.replace(String.valueOf(BETWEEN), ""), address);
      return joined.isEmpty() ? "" : ValueLinks.HIDDEN;
    }
    var bare = BARE.matcher(text);
    while (bare.find()) {
      boolean whole = address || bare.group(1).chars().filter(c -> c == '.').count() > 1;
      if (whole && !NONE.matcher(bare.group(1)).find()) {
        return bare.group(1);
      }
    }
    return "";
  }
}
