package lazaret.vetting.crates;

import java.io.Serial;

/// Reads the pieces of versions and requirements from left to right, by the grammar of `semver`.
final class SemverScanner {
  private final String text;
  private int at;

  SemverScanner(String text) {
    this.text = text;
  }

  /// What the scanner has to say against a text. Never leaves this package: its owner knows what
  /// was being read. Carries no stack trace, since a hostile index file can hold a million of them.
  static final class Complaint extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final String reason;

    Complaint(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  boolean atEnd() {
    return at == text.length();
  }

  void skipSpaces() {
    while (!atEnd() && text.charAt(at) == ' ') {
      at++;
    }
  }

  /// Tells whether the next character is this one, and consumes it if so.
  boolean take(char wanted) {
    if (!atEnd() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// Consumes `*`, `x` or `X`.
  boolean takeWildcard() {
    return take('*') || take('x') || take('X');
  }

  void expect(char wanted) throws Complaint {
    if (!take(wanted)) {
      throw new Complaint("expected '" + wanted + "', found " + found());
    }
  }

  void end() throws Complaint {
    if (!atEnd()) {
      throw new Complaint("unexpected " + found());
    }
  }

  /// Reads a number without leading zeros that fits 64 bits, unsigned.
  long number() throws Complaint {
    int start = at;
    long value = 0;
    while (!atEnd() && isDigit(text.charAt(at))) {
      if (at > start && value == 0) {
        throw new Complaint("a number has a leading zero");
      }
      int digit = text.charAt(at) - '0';
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
        throw new Complaint("a number is larger than 18446744073709551615");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == start) {
      throw new Complaint("expected a number, found " + found());
    }
    return value;
  }

  /// Reads dotted identifiers whose numbers have no leading zeros (SemVer 2.0.0, clause 9).
  String preRelease() throws Complaint {
    return identifiers("pre-release", true);
  }

  /// Reads dotted identifiers (SemVer 2.0.0, clause 10).
  String build() throws Complaint {
    return identifiers("build metadata", false);
  }

  private String identifiers(String what, boolean refuseLeadingZeros) throws Complaint {
    int start = at;
    do {
      int first = at;
      boolean numeric = true;
      while (!atEnd() && isIdentifierPart(text.charAt(at))) {
        numeric &= isDigit(text.charAt(at));
        at++;
      }
      if (at == first) {
        throw new Complaint("empty identifier in " + what);
      }
      if (refuseLeadingZeros && numeric && at - first > 1 && text.charAt(first) == '0') {
        throw new Complaint("a number in " + what + " has a leading zero");
      }
    } while (take('.'));
    return text.substring(start, at);
  }

  private String found() {
    if (atEnd()) {
      return "the end";
    }
    char c = text.charAt(at);
    return c > ' ' && c < 0x7f ? "'" + c + "'" : "character " + (int) c;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isIdentifierPart(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }
}
