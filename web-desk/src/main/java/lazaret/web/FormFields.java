package lazaret.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.MalformedException;

/// The fields of a form or a query in the encoding of browsers.
///
/// Source: URL Standard, section 5 (application/x-www-form-urlencoded).
///
/// @param values the values by name, in the order of the form
public record FormFields(Map<String, List<String>> values) {
  private static final int MAX_FIELDS = 20_000;

  /// Reads the encoded form.
  ///
  /// @throws MalformedException if the encoding is broken, or there are too many fields
  public static FormFields parse(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (encoded.isEmpty()) {
      return new FormFields(values);
    }
    String[] pairs = encoded.split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      throw new MalformedException(
          "cannot read the form: expected at most %d fields".formatted(MAX_FIELDS));
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new FormFields(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("cannot read the form: its encoding is broken", e);
    }
  }

  /// Returns the first value of a field, or empty if it is absent or blank.
  public Optional<String> text(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .findFirst()
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// Returns all values of a field.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}
