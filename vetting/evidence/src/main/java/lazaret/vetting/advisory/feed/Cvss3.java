package lazaret.vetting.advisory.feed;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The base score of CVSS 3.1. That of 3.0 is the same, except for the rounding of a few sums.
///
/// Source: CVSS 3.1 specification, sections 7.1 and 7.4, and appendix A for the rounding.
final class Cvss3 {
  private static final Map<String, Double> ATTACK_VECTOR =
      Map.of("N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2);
  private static final Map<String, Double> ATTACK_COMPLEXITY = Map.of("L", 0.77, "H", 0.44);
  private static final Map<String, Double> PRIVILEGES = Map.of("N", 0.85, "L", 0.62, "H", 0.27);
  private static final Map<String, Double> PRIVILEGES_IF_CHANGED =
      Map.of("N", 0.85, "L", 0.68, "H", 0.5);
  private static final Map<String, Double> USER_INTERACTION = Map.of("N", 0.85, "R", 0.62);
  private static final Map<String, Double> IMPACT = Map.of("H", 0.56, "L", 0.22, "N", 0.0);

  private Cvss3() {}

  /// Returns the score, or empty if a base metric is missing or invalid.
  static Optional<Double> score(Map<String, String> metrics) {
    String scope = metrics.getOrDefault("S", "");
    boolean changed = scope.equals("C");
    if (!changed && !scope.equals("U")) {
      return Optional.empty();
    }
    Double av = of(metrics, "AV", ATTACK_VECTOR);
    Double ac = of(metrics, "AC", ATTACK_COMPLEXITY);
    Double pr = of(metrics, "PR", changed ? PRIVILEGES_IF_CHANGED : PRIVILEGES);
    Double ui = of(metrics, "UI", USER_INTERACTION);
    Double c = of(metrics, "C", IMPACT);
    Double i = of(metrics, "I", IMPACT);
    Double a = of(metrics, "A", IMPACT);
    if (av == null
        || ac == null
        || pr == null
        || ui == null
        || c == null
        || i == null
        || a == null) {
      return Optional.empty();
    }
    double base = 1 - (1 - c) * (1 - i) * (1 - a);
    double impact =
        changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
    if (impact <= 0) {
      return Optional.of(0.0);
    }
    double sum = impact + 8.22 * av * ac * pr * ui;
    return Optional.of(roundUp(Math.min(changed ? 1.08 * sum : sum, 10)));
  }

  private static @Nullable Double of(
      Map<String, String> metrics, String key, Map<String, Double> values) {
    String value = metrics.get(key);
    return value == null ? null : values.get(value);
  }

  /// Returns the smallest number with one decimal digit that is not smaller, without floating-point
  /// errors.
  private static double roundUp(double value) {
    long scaled = Math.round(value * 100_000);
    return scaled % 10_000 == 0 ? scaled / 100_000.0 : (Math.floorDiv(scaled, 10_000L) + 1) / 10.0;
  }
}
