package lazaret.vetting.deskapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The HTTP form of an operation.
///
/// @param method the method
/// @param path the path below [Operations#PREFIX], with the names of parameters in braces:
///   `/crates/{name}`
/// @param body the form of the request body
/// @param success the status of a reply that is not an error
public record Route(Method method, String path, Body body, int success) {
  /// Returns the names in braces, in their order.
  public List<String> names() {
    return segments(path).stream()
        .filter(Route::isName)
        .map(each -> each.substring(1, each.length() - 1))
        .toList();
  }

  /// Returns the values in the place of the names, as sent, or empty if a path has another form.
  ///
  /// @param sent the path below [Operations#PREFIX], not decoded
  public Optional<List<String>> values(String sent) {
    List<String> expected = segments(path);
    List<String> found = segments(sent);
    if (expected.size() != found.size()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      if (isName(expected.get(i))) {
        values.add(found.get(i));
      } else if (!expected.get(i).equals(found.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /// Returns the path below [Operations#PREFIX] with values in the place of the names.
  ///
  /// @param values in the order of the names, percent-encoded
  public String target(List<String> values) {
    var next = values.iterator();
    StringBuilder target = new StringBuilder();
    for (String segment : segments(path)) {
      target.append('/').append(isName(segment) ? next.next() : segment);
    }
    return target.toString();
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
