package lazaret.manual;

import java.util.regex.Pattern;

/// A page in the language of manual pages, line by line.
///
/// Source: mdoc(7) of mandoc. Foreign words are escaped: a word of one to three letters can be a
/// macro, and a line that begins with a dot or an apostrophe is a request.
final class MdocText {
  private static final int WIDTH = 78;
  private static final Pattern MACRO = Pattern.compile("[A-Z%][A-Za-z0-9]{0,2}");
  private static final Pattern DELIMITER = Pattern.compile("[.,:;()\\[\\]?!|]+");

  private static final Pattern SENTENCE = Pattern.compile("[.!?][)'\"]*$");

  private final StringBuilder text = new StringBuilder();

  /// Adds a macro with arguments that are already in the form of the language.
  MdocText macro(String line) {
    text.append('.').append(line).append('\n');
    return this;
  }

  /// Adds a section.
  MdocText section(String name) {
    return macro("Sh " + name);
  }

  /// Adds a paragraph of plain text, which the reader fills. Each sentence begins on a new line, by
  /// which formatters know its end.
  MdocText prose(String paragraph) {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.strip().split("\\s+", -1)) {
      boolean sentence = SENTENCE.matcher(line).find();
      if (!line.isEmpty() && (sentence || line.length() + 1 + word.length() > WIDTH)) {
        line(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(escaped(word));
    }
    return line(line.toString());
  }

  private MdocText line(String line) {
    boolean request = line.startsWith(".") || line.startsWith("'");
    text.append(request ? "\\&" : "").append(line).append('\n');
    return this;
  }

  /// Adds a line as it is, in a block of literal text.
  MdocText literal(String line) {
    return line(escaped(line));
  }

  /// Returns one word as an argument of a macro.
  static String argument(String word) {
    boolean special = MACRO.matcher(word).matches() || DELIMITER.matcher(word).matches();
    String plain = (special ? "\\&" : "") + escaped(word).replace("\"", "\\(dq");
    return plain.contains(" ") ? '"' + plain + '"' : plain;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e");
  }

  /// Returns the page.
  String text() {
    return text.toString();
  }
}
