package lazaret.mirror.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The evaluation of `Accept-Encoding` (RFC 9110 §12.5.3) for gzip.
public final class AcceptEncoding {
  private AcceptEncoding() {}

  /// Returns whether a client accepts gzip with at least the weight of an unencoded response.
  ///
  /// @param header the value of `Accept-Encoding`; null if absent
  public static boolean gzip(@Nullable String header) {
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
          // not an encoding of this server
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
