package lazaret.mirror.http;

import org.jspecify.annotations.Nullable;

/// The evaluation of `If-None-Match` (RFC 9110 §13.1.2) by weak comparison. Cargo repeats the tag
/// that it received, proxies weaken tags, and some clients drop the quotes.
public final class EntityTags {
  private EntityTags() {}

  /// Returns whether a client has the representation of a tag.
  ///
  /// @param header the value of `If-None-Match`; null if absent
  /// @param etag a strong tag in its quotes
  public static boolean match(@Nullable String header, String etag) {
    if (header == null) {
      return false;
    }
    if (header.equals(etag)) {
      return true;
    }
    int at = 0;
    while (at < header.length()) {
      int end = end(header, at);
      if (same(header.substring(at, end).strip(), etag)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  /// Returns the end of the list element that starts at an index. A comma within quotes does not
  /// end it.
  private static int end(String header, int begin) {
    boolean quoted = false;
    for (int i = begin; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return header.length();
  }

  private static boolean same(String candidate, String etag) {
    if (candidate.equals("*")) {
      return true;
    }
    String opaque = candidate.startsWith("W/") ? candidate.substring(2) : candidate;
    return opaque.equals(etag)
        || (opaque.length() == etag.length() - 2
            && etag.regionMatches(1, opaque, 0, opaque.length()));
  }
}
