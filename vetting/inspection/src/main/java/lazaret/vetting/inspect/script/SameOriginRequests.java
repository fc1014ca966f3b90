package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Scripts of pages in a browser that contact only the server from which they were loaded. A
/// relative address never leads to another machine.
final class SameOriginRequests {
  /// Texts that begin with an address, whole or in parts, and code that composes one.
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "[\"'`](?:[a-z+]*:)?//[^\"'`/ ]|[\"'`]/\\\\|[\"'`]/[\"'`] *[+,] *[\"'`]/|[\"'`](?:https?|wss?|ftp)\\b|[a-z]{1,6}://(?=[\"'`])"
              + "|\\\\x[23]|\\\\u00[23]|\\\\u\\{[23]|fromcharcode|atob\\(|reverse\\(|base64|\\beval\\(|new function"
              + "|importscripts|sendbeacon|websocket|[\"'`](?:[a-z0-9-]+\\.)+(?:com|net|org|io|dev|app|sh|xyz|example|invalid|ru|cn|me|co|top|site|online)\\b");

  /// Calls that only scripts outside of browsers use.
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\brequire\\(|\\bprocess\\.|child_process|\\bdeno\\.|\\bbun\\.|from ?[\"'](?:node:|fs[\"'/]|https?[\"'])|#!");

  private static final Pattern NAMESPACE =
      Pattern.compile("[\"'`]http://www\\.w3\\.org/[0-9]{4}/[a-z0-9/]*[\"'`]");
  private static final String CALL = "fetch(";

  private SameOriginRequests() {}

  /// Returns whether a script runs in a page and does not name another machine.
  static boolean only(String path, byte[] bytes, int length) {
    String lower = path.toLowerCase(Locale.ROOT);
    boolean page = lower.endsWith(".js") || lower.endsWith(".mjs") || lower.endsWith(".ts");
    if (!page) {
      return false;
    }
    String text =
        NAMESPACE
            .matcher(
                new String(bytes, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
            .replaceAll("");
    return !ABSOLUTE.matcher(text).find() && !OUTSIDE.matcher(text).find();
  }

  /// Returns whether a call of `fetch` has a literal relative address.
  ///
  /// @param start the position of the call
  static boolean relative(byte[] bytes, int start, int length) {
    int at = start + CALL.length();
    String head =
        new String(
            bytes, start, Math.min(CALL.length(), length - start), StandardCharsets.ISO_8859_1);
    while (at < length && bytes[at] == ' ') {
      at++;
    }
    boolean text = at + 2 < length && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == '`');
    if (!head.equalsIgnoreCase(CALL) || !text) {
      return false;
    }
    boolean rooted = bytes[at + 1] == '/' && bytes[at + 2] != '/' && bytes[at + 2] != '\\';
    boolean beside = bytes[at + 1] == '.' && (bytes[at + 2] == '/' || bytes[at + 2] == '.');
    return rooted || beside;
  }
}
