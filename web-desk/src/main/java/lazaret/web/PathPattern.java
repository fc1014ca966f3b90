package lazaret.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pattern of paths of the desk, with names in braces for single segments: `/desk/crates/{name}`.
/// A last name with an asterisk takes the rest of the path: `/files/{path*}`.
///
/// @param segments the segments
public record PathPattern(List<String> segments) {
  /// Reads the text form.
  public static PathPattern of(String text) {
    return new PathPattern(List.of(text.substring(1).split("/", -1)));
  }

  /// Returns the decoded values of the names, or empty if a path does not match.
  ///
  /// @param path as sent
  public Optional<Map<String, String>> match(String path) {
    List<String> found = List.of(path.substring(1).split("/", -1));
    boolean open = segments.getLast().endsWith("*}");
    if (open ? found.size() < segments.size() : found.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!segment.startsWith("{")) {
        if (!segment.equals(found.get(i))) {
          return Optional.empty();
        }
      } else if (segment.endsWith("*}")) {
        String rest = String.join("/", found.subList(i, found.size()));
        values.put(segment.substring(1, segment.length() - 2), decode(rest));
      } else {
        values.put(segment.substring(1, segment.length() - 1), decode(found.get(i)));
      }
    }
    return Optional.of(values);
  }

  /// Decodes percent encoding alone: a `+` of a version stays.
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
