package lazaret.vetting.advisory.feed;

import java.util.Map;
import java.util.Optional;

/// The base score of CVSS 4.0. A vector belongs to a macro vector, whose highest score is in a
/// table. The distance of the vector from the highest one of its class is subtracted, in proportion
/// to the scores of the next lower classes.
///
/// Without threat metrics, exploits count as reported (`E:A`); without environmental metrics, every
/// requirement counts as high. Of the six equivalence classes, the fifth is therefore always 0, and
/// the sixth follows from the third.
///
/// Source: CVSS 4.0 specification, section 8.2, and its tables.
final class Cvss4 {
  /// The highest scores in tenths. A row is one pair of the first two classes. Its columns are the
  /// third and sixth class (00, 01, 10, 11, 21), then the fourth (1, 2), then the fifth (0, 1).
  private static final int[][] HIGHEST = {
    {100, 93, 93, 89, 96, 87, 90, 80, 93, 89, 88, 78, 92, 81, 80, 70, 79, 69, 69, 55},
    {95, 90, 92, 82, 91, 83, 81, 71, 92, 80, 84, 71, 82, 72, 70, 52, 71, 52, 63, 29},
    {94, 86, 87, 74, 89, 74, 75, 63, 86, 74, 72, 57, 76, 58, 57, 52, 65, 58, 53, 21},
    {90, 75, 77, 68, 77, 62, 66, 59, 74, 57, 61, 57, 59, 57, 52, 29, 58, 26, 23, 13},
    {86, 74, 70, 52, 74, 61, 54, 40, 72, 55, 53, 34, 57, 41, 36, 19, 47, 21, 24, 9},
    {73, 59, 54, 45, 55, 40, 43, 22, 61, 48, 46, 17, 51, 18, 18, 7, 24, 12, 10, 3},
  };

  /// The highest vectors of each class. A vector is compared with the first that it does not
  /// exceed.
  private static final int[][][] HIGHEST_EXPLOITABILITY = {
    {{0, 0, 0}}, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {{3, 0, 0}, {1, 1, 1}}
  };

  private static final int[][][] HIGHEST_COMPLEXITY = {{{0, 0}}, {{1, 0}, {0, 1}}};
  private static final int[][][] HIGHEST_IMPACT = {
    {{0, 0, 0}}, {{1, 0, 0}, {0, 1, 0}}, {{1, 1, 1}}
  };
  private static final int[][][] HIGHEST_SUBSEQUENT = {{}, {{1, 1, 1}}, {{2, 2, 2}}};

  /// The depth of each class, in steps.
  private static final int[] DEPTH_1 = {1, 4, 5};

  private static final int[] DEPTH_2 = {1, 2};
  private static final int[] DEPTH_3 = {7, 8, 10};
  private static final int[] DEPTH_4 = {6, 5, 4};

  private final int[] exploitability;
  private final int[] complexity;
  private final int[] impact;
  private final int[] subsequent;

  private Cvss4(Map<String, String> metrics) {
    exploitability =
        new int[] {
          level(metrics, "AV", "NALP"), level(metrics, "PR", "NLH"), level(metrics, "UI", "NPA")
        };
    complexity = new int[] {level(metrics, "AC", "LH"), level(metrics, "AT", "NP")};
    impact =
        new int[] {
          level(metrics, "VC", "HLN"), level(metrics, "VI", "HLN"), level(metrics, "VA", "HLN")
        };
    // Safety (S), the level above high, is an environmental value.
    subsequent =
        new int[] {
          level(metrics, "SC", "HLN") + 1,
          level(metrics, "SI", "HLN") + 1,
          level(metrics, "SA", "HLN") + 1
        };
  }

  /// Returns the score, or empty if a base metric is missing or invalid.
  static Optional<Double> score(Map<String, String> metrics) {
    try {
      return Optional.of(new Cvss4(metrics).score());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static int level(Map<String, String> metrics, String key, String values) {
    String value = metrics.getOrDefault(key, "");
    if (value.length() != 1 || values.indexOf(value) < 0) {
      throw new IllegalArgumentException(key);
    }
    return values.indexOf(value);
  }

  private double score() {
    if (sum(impact) == 6 && sum(subsequent) == 9) {
      return 0;
    }
    int one = exploitabilityClass();
    int two = sum(complexity) == 0 ? 0 : 1;
    int three = impact[0] == 0 && impact[1] == 0 ? 0 : has(impact, 0) ? 1 : 2;
    int four = has(subsequent, 1) ? 1 : 2;
    // The columns of the third and sixth class together: 00, 10 and 21 occur without requirements.
    int column = three * 2;
    int highest = highest(one, two, column, four, 0);
    double below = 0;
    int lower = 1;
    // The fifth class has one next lower class, and the vector is the highest of its class.
    if (one < 2) {
      lower++;
      int gap = highest - highest(one + 1, two, column, four, 0);
      below += gap * share(exploitability, HIGHEST_EXPLOITABILITY[one], DEPTH_1[one]);
    }
    if (two < 1) {
      lower++;
      int gap = highest - highest(one, two + 1, column, four, 0);
      below += gap * share(complexity, HIGHEST_COMPLEXITY[two], DEPTH_2[two]);
    }
    if (three < 2) {
      lower++;
      int next = highest(one, two, column + 1, four, 0);
      if (three == 0) {
        next = Math.max(next, highest(one, two, column + 2, four, 0));
      }
      below += (highest - next) * share(impact, HIGHEST_IMPACT[three], DEPTH_3[three]);
    }
    if (four < 2) {
      lower++;
      int gap = highest - highest(one, two, column, four + 1, 0);
      below += gap * share(subsequent, HIGHEST_SUBSEQUENT[four], DEPTH_4[four]);
    }
    double score = Math.clamp(highest - below / lower, 0, 100);
    return Math.round(score) / 10.0;
  }

  private int exploitabilityClass() {
    if (sum(exploitability) == 0) {
      return 0;
    }
    return has(exploitability, 0) && exploitability[0] != 3 ? 1 : 2;
  }

  private static int highest(int one, int two, int column, int four, int five) {
    return HIGHEST[one * 2 + two][column * 4 + (four - 1) * 2 + five];
  }

  /// Returns the depth of a vector within its class, from 0 to 1.
  private static double share(int[] levels, int[][] highest, int depth) {
    for (int[] top : highest) {
      int distance = 0;
      boolean below = true;
      for (int i = 0; i < levels.length; i++) {
        below &= levels[i] >= top[i];
        distance += levels[i] - top[i];
      }
      if (below) {
        return (double) distance / depth;
      }
    }
    return 0;
  }

  private static int sum(int[] levels) {
    int sum = 0;
    for (int level : levels) {
      sum += level;
    }
    return sum;
  }

  private static boolean has(int[] levels, int wanted) {
    for (int level : levels) {
      if (level == wanted) {
        return true;
      }
    }
    return false;
  }
}
