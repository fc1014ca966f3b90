package lazaret.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The address of a page of the desk with a query. Names and values are percent-encoded.
///
/// @param path the path, beginning with `/desk/`
/// @param values the values by name, in their order
public record PageQuery(String path, Map<String, String> values) {
  public PageQuery {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Returns the address of a page without a query.
  public static PageQuery of(String path) {
    return new PageQuery(path, Map.of());
  }

  /// Returns this address with a value.
  ///
  /// @param value the value; null or an empty text leaves the name out
  public PageQuery with(String name, @Nullable Object value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    String text = value == null ? "" : value.toString();
    if (text.isEmpty()) {
      more.remove(name);
    } else {
      more.put(name, text);
    }
    return new PageQuery(path, more);
  }

  /// Returns the address.
  @Override
  public String toString() {
    return values.isEmpty()
        ? path
        : values.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
