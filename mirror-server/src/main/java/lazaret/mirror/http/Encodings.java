package lazaret.mirror.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `Accept-Encoding` (RFC 9110 §12.5.3), as far as gzip is concerned.
final class Encodings {
  private Encodings() {}

  /// Tells whether a client takes gzip, and likes it no less than no coding at all.
  ///
  /// @param header the value of `Accept-Encoding`; null where it did not come
  static boolean gzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    double gzip = -1;
    double identity = -1;
    double any = -1;
    for (String element : header.split(",", -1)) {
      int semicolon = element.indexOf(';');
      String coding =
          (semicolon < 0 ? element : element.substring(0, semicolon))
              .strip()
              .toLowerCase(Locale.ROOT);
      double weight = semicolon < 0 ? 1 : weight(element.substring(semicolon + 1));
      switch (coding) {
        case "gzip", "x-gzip" -> gzip = weight;
        case "identity" -> identity = weight;
        case "*" -> any = weight;
        default -> {
          // not one that we have
        }
      }
    }
    double liking = gzip >= 0 ? gzip : any;
    return liking > 0 && liking >= identity;
  }

  private static double weight(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=") && !text.startsWith("Q=")) {
      return 1;
    }
    try {
      return Double.parseDouble(text.substring(2).strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
