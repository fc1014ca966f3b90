package lazaret.mirror.deskapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The values in the path and the query of a request.
///
/// @param values the values of the names in braces, as sent
/// @param query the query as sent
record Target(List<String> values, String query) {

  /// Returns a value of the path, decoded.
  ///
  /// @throws MalformedException if a percent sign is not followed by two hexadecimal digits
  String value(int index) {
    return decoded(values.get(index).replace("+", "%2B"));
  }

  CrateName name() {
    return CrateName.parse(value(0));
  }

  /// Returns the version in the path. A plus sign is literal, encoded or not.
  CrateVersion version() {
    return CrateVersion.parse(value(1));
  }

  /// Returns the parameters of the query, decoded.
  ///
  /// @param known the names of the supported parameters
  /// @throws MalformedException if another parameter is present, or one is present twice
  Map<String, String> parameters(List<String> known) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!known.contains(name) || parameters.put(name, value) != null) {
        throw new MalformedException(
            "cannot read the query: '%s' is unknown here or named twice; known: %s"
                .formatted(Excerpt.of(name), known));
      }
    }
    return parameters;
  }

  static long number(
      Map<String, String> parameters, String name, long min, long max, long otherwise) {
    String text = parameters.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number out of range
    }
    throw new MalformedException(
        "cannot read the query: '%s' is '%s', expected a number from %d to %d"
            .formatted(name, Excerpt.of(text), min, max));
  }

  /// Reads a time of the query.
  static Instant moment(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedException(
          "cannot read the query: '%s' is '%s', expected a moment like 2026-12-31T00:00:00Z"
              .formatted(name, Excerpt.of(text)),
          e);
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "cannot read '" + Excerpt.of(text) + "': expected two hex digits after a percent sign",
          e);
    }
  }
}
