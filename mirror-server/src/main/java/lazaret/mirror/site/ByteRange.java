package lazaret.mirror.site;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bytes of a file that a request asks for (RFC 9110 §14.1.2).
sealed interface ByteRange {
  /// The form of one range: `first-last`, `first-` or `-length`. A number of more digits is not
  /// understood, and the field is then ignored, as a server may (§14.2).
  Pattern FORM = Pattern.compile("bytes=[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");

  /// The whole file.
  record Whole() implements ByteRange {}

  /// A part of the file.
  ///
  /// @param first the position of the first byte
  /// @param length the number of bytes, at least 1
  record Part(long first, long length) implements ByteRange {}

  /// No byte of the file.
  record Unsatisfiable() implements ByteRange {}

  /// Reads the field `Range`. One range is honored; several are answered with the whole file, and
  /// so is a text of another form.
  ///
  /// @param header the value of the field
  /// @param length the length of the file
  static ByteRange of(String header, long length) {
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      return new Whole();
    }
    String first = form.group(1);
    String last = form.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), length);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return new Whole();
    }
    return from >= length
        ? new Unsatisfiable()
        : new Part(from, Math.min(to, length - 1) - from + 1);
  }

  private static ByteRange suffix(long wanted, long length) {
    if (wanted == 0) {
      return new Unsatisfiable();
    }
    return wanted >= length ? new Whole() : new Part(length - wanted, wanted);
  }
}
