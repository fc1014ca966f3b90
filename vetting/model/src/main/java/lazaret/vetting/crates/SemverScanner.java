package lazaret.vetting.crates;

import java.io.Serial;

/// A scanner of the parts of versions and requirements, by the grammar of the `semver` crate.
final class SemverScanner {
  private final String text;
  private int at;

  SemverScanner(String text) {
    this.text = text;
  }

  /// A fault of a text. It is used within this package only; the caller adds the text that was
  /// parsed. It has no stack trace, because a hostile index file can have a million of them.
  static final class Rejection extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final String reason;

    Rejection(String reason) {
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

  /// Returns whether the next character is the wanted one, and consumes it if so.
  boolean take(char wanted) {
    if (!atEnd() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// Consumes `*`, `x` or `X`; returns whether there was one.
  boolean takeWildcard() {
    return take('*') || take('x') || take('X');
  }

  void expect(char wanted) throws Rejection {
    if (!take(wanted)) {
      throw new Rejection("expected '" + wanted + "', found " + found());
    }
  }

  void end() throws Rejection {
    if (!atEnd()) {
      throw new Rejection("unexpected " + found());
    }
  }

  /// Returns an unsigned number of 64 bits without leading zeros.
  long number() throws Rejection {
    int start = at;
    long value = 0;
    while (!atEnd() && isDigit(text.charAt(at))) {
      if (at > start && value == 0) {
        throw new Rejection("a number has a leading zero");
      }
      int digit = text.charAt(at) - '0';
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
        throw new Rejection("a number is larger than 18446744073709551615");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == start) {
      throw new Rejection("expected a number, found " + found());
    }
    return value;
  }

  /// Returns dotted identifiers in which numbers have no leading zeros (SemVer 2.0.0, clause 9).
  String preRelease() throws Rejection {
    return identifiers("pre-release", true);
  }

  /// Returns dotted identifiers (SemVer 2.0.0, clause 10).
  String build() throws Rejection {
    return identifiers("build metadata", false);
  }

  private String identifiers(String what, boolean refuseLeadingZeros) throws Rejection {
    int start = at;
    do {
      int first = at;
      boolean numeric = true;
      while (!atEnd() && isIdentifierPart(text.charAt(at))) {
        numeric &= isDigit(text.charAt(at));
        at++;
      }
      if (at == first) {
        throw new Rejection("empty identifier in " + what);
      }
      if (refuseLeadingZeros && numeric && at - first > 1 && text.charAt(first) == '0') {
        throw new Rejection("a number in " + what + " has a leading zero");
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
