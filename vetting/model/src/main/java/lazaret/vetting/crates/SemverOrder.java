package lazaret.vetting.crates;

/// The order of pre-releases and build metadata, as in the `semver` crate.
final class SemverOrder {
  private SemverOrder() {}

  /// Compares pre-release texts, empty for a release (SemVer 2.0.0, clause 11).
  static int preReleases(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    // Clause 11.3: a release comes after its pre-releases.
    if (left.isEmpty()) {
      return 1;
    }
    if (right.isEmpty()) {
      return -1;
    }
    return identifiers(left, right);
  }

  /// Compares build texts, empty if there is none. SemVer does not define an order; `semver` does,
  /// for a total order of versions, and cargo prefers the later one.
  static int builds(String left, String right) {
    return left.equals(right) ? 0 : identifiers(left, right);
  }

  /// Compares dotted identifiers one by one. If one text is the start of the other, the longer one
  /// is later (clause 11.4.4).
  private static int identifiers(String left, String right) {
    int leftAt = 0;
    int rightAt = 0;
    while (leftAt <= left.length() && rightAt <= right.length()) {
      int leftEnd = endOfIdentifier(left, leftAt);
      int rightEnd = endOfIdentifier(right, rightAt);
      int order = identifier(left.substring(leftAt, leftEnd), right.substring(rightAt, rightEnd));
      if (order != 0) {
        return order;
      }
      leftAt = leftEnd + 1;
      rightAt = rightEnd + 1;
    }
    return Boolean.compare(leftAt <= left.length(), rightAt <= right.length());
  }

  private static int endOfIdentifier(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static int identifier(String left, String right) {
    boolean leftNumeric = isNumeric(left);
    if (leftNumeric != isNumeric(right)) {
      // Clause 11.4.3: numbers come before words.
      return leftNumeric ? -1 : 1;
    }
    return leftNumeric ? numbers(left, right) : left.compareTo(right);
  }

  /// Compares numbers of any length. Leading zeros occur in build metadata only. Of two equal
  /// values the shorter text is first: 0, 00, 1, 01, 001, 2.
  private static int numbers(String left, String right) {
    String leftValue = withoutLeadingZeros(left);
    String rightValue = withoutLeadingZeros(right);
    int order = Integer.compare(leftValue.length(), rightValue.length());
    if (order == 0) {
      order = leftValue.compareTo(rightValue);
    }
    return order != 0 ? order : Integer.compare(left.length(), right.length());
  }

  private static String withoutLeadingZeros(String digits) {
    int at = 0;
    while (at < digits.length() && digits.charAt(at) == '0') {
      at++;
    }
    return digits.substring(at);
  }

  private static boolean isNumeric(String identifier) {
    for (int i = 0; i < identifier.length(); i++) {
      if (identifier.charAt(i) < '0' || identifier.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
