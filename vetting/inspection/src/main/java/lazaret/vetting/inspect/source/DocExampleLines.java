package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;

/// Hidden lines of examples in documentation: lines in a fenced block that begin with `# `.
///
/// The page does not show them, and `cargo test` runs them (rustdoc book, *Documentation tests*).
final class DocExampleLines {
  private static final int MAX_CALLS = 512;

  /// Lines around examples without relevant calls.
  private static final Pattern FRAME =
      Pattern.compile(
          "^(#|//|use |(async |unsafe )?fn |Ok\\b|Err\\(|impl |pub |struct |enum |\\})");

  private DocExampleLines() {}

  /// Returns the lines with calls, except the head of `main`.
  ///
  /// @param hidden the result of [#hidden]
  static List<Particular> calls(String path, byte[] hidden) {
    List<Particular> calls = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < hidden.length && calls.size() < MAX_CALLS) {
      number++;
      int to = from;
      boolean calling = false;
      while (to < hidden.length && hidden[to] != '\n') {
        calling |= hidden[to] == '(' || hidden[to] == '!';
        to++;
      }
      if (calling) {
        String text = new String(hidden, from, to - from, StandardCharsets.UTF_8).strip();
        if (!FRAME.matcher(text).find()) {
          calls.add(new Particular(ParticularKind.EXAMPLE, text, path, number));
        }
      }
      from = to + 1;
    }
    return calls;
  }

  /// Returns the source with only its hidden lines, each in its place, or the empty array if there
  /// are none.
  ///
  /// @param markdown whether the whole source is documentation
  static byte[] hidden(byte[] source, int length, boolean markdown) {
    byte[] out = {};
    if (!maybe(source, length)) {
      return out;
    }
    boolean fenced = false;
    boolean block = false;
    int from = 0;
    while (from < length) {
      int to = from;
      while (to < length && source[to] != '\n') {
        to++;
      }
      int text = markdown ? spaces(source, from, to) : documentation(source, from, to, block);
      block = inBlock(source, from, to, block);
      boolean fence =
          text >= 0 && (starts(source, text, to, "```") || starts(source, text, to, "~~~"));
      fenced = text >= 0 && fence != fenced;
      boolean indented = text >= 0 && !fenced && indented(source, text);
      boolean line = (fenced || indented) && !fence && text < to && source[text] == '#';
      boolean hidden = line && (text + 1 == to || source[text + 1] == ' ');
      if (hidden) {
        out = out.length == 0 ? blank(source, length) : out;
        System.arraycopy(source, text + 1, out, text + 1, to - text - 1);
      }
      from = to + 1;
    }
    return out;
  }

  /// Returns whether a source contains a `#` before a space or at the end of a line. Others have no
  /// hidden lines.
  private static boolean maybe(byte[] source, int length) {
    for (int i = 0; i < length; i++) {
      if (source[i] == '#' && (i + 1 == length || source[i + 1] == ' ' || source[i + 1] == '\n')) {
        return true;
      }
    }
    return false;
  }

  /// Returns as many spaces as a source has bytes, with its line breaks.
  private static byte[] blank(byte[] source, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = source[i] == '\n' ? source[i] : (byte) ' ';
    }
    return out;
  }

  /// Returns whether a text is indented by four spaces, as a block of code without fences.
  private static boolean indented(byte[] source, int text) {
    int at = text;
    while (at > 0 && source[at - 1] == ' ') {
      at--;
    }
    boolean marked = at > 0 && (source[at - 1] == '/' || source[at - 1] == '!');
    return marked && text - at > 4;
  }

  /// Returns whether the next line is in a comment that began with `/**` or `/*!`.
  private static boolean inBlock(byte[] source, int from, int to, boolean before) {
    int at = spaces(source, from, to);
    boolean begins = starts(source, at, to, "/**") || starts(source, at, to, "/*!");
    if (!before && !begins) {
      return false;
    }
    for (int i = begins ? at + 3 : at; i + 1 < to; i++) {
      if (source[i] == '*' && source[i + 1] == '/') {
        return false;
      }
    }
    return true;
  }

  /// Returns the offset of the text of a doc comment, or -1 for other lines.
  private static int documentation(byte[] source, int from, int to, boolean block) {
    int at = spaces(source, from, to);
    if (block) {
      boolean star = at < to && source[at] == '*' && !starts(source, at, to, "*/");
      return star ? spaces(source, at + 1, to) : at;
    }
    boolean doc = starts(source, at, to, "///") || starts(source, at, to, "//!");
    return doc ? spaces(source, at + 3, to) : -1;
  }

  private static int spaces(byte[] source, int from, int to) {
    int at = from;
    while (at < to && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean starts(byte[] source, int from, int to, String text) {
    if (from + text.length() > to) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
