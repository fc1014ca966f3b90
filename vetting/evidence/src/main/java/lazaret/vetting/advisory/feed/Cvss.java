package lazaret.vetting.advisory.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import org.jspecify.annotations.Nullable;

/// Base scores of CVSS vectors of versions 3.0, 3.1 and 4.0. Threat and environmental metrics are
/// ignored, since a feed knows neither the reader's environment nor the day of reading.
final class Cvss {
  /// The maximum length of a vector. One with every metric of 4.0 has half of it.
  private static final int MAX_LENGTH = 400;

  private Cvss() {}

  /// Returns the rating of a vector; unknown if it is not a valid vector of these versions.
  static SeverityRating rate(String vector) {
    if (vector.length() > MAX_LENGTH || !vector.startsWith("CVSS:")) {
      return SeverityRating.UNKNOWN;
    }
    int slash = vector.indexOf('/');
    Map<String, String> metrics = slash < 0 ? null : metrics(vector.substring(slash + 1));
    if (metrics == null) {
      return SeverityRating.UNKNOWN;
    }
    Optional<Double> score =
        switch (vector.substring(0, slash)) {
          case "CVSS:3.0", "CVSS:3.1" -> Cvss3.score(metrics);
          case "CVSS:4.0" -> Cvss4.score(metrics);
          default -> Optional.empty();
        };
    return score
        .map(s -> new SeverityRating(Severity.ofScore(s), s, vector))
        .orElse(SeverityRating.UNKNOWN);
  }

  private static @Nullable Map<String, String> metrics(String text) {
    Map<String, String> metrics = new HashMap<>();
    for (String metric : text.split("/", -1)) {
      int colon = metric.indexOf(':');
      if (colon < 0
          || metrics.put(metric.substring(0, colon), metric.substring(colon + 1)) != null) {
        return null;
      }
    }
    return metrics;
  }
}
