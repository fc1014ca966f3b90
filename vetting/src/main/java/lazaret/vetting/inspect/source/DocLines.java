package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;

/// Hidden lines of the examples in documentation: `# ` at the head of a line in a fenced block
/// (rustdoc book, *Documentation tests*). Nobody sees them on the page, and `cargo test` runs them.
final class DocLines {
  private static final int MAX_CALLS = 512;

  /// Lines that stand around examples and call nothing of interest.
  private static final Pattern FRAME =
      Pattern.compile(
          "^(#|//|use |(async |unsafe )?fn |Ok\\b|Err\\(|impl |pub |struct |enum |\\})");

  private DocLines() {}

  /// Returns the lines that call something, the head of `main` left out.
  ///
  /// @param hidden what [#hidden] returns
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

  /// Returns the source with nothing left but the hidden lines, each where it stood; the empty
  /// array where there are none.
  ///
  /// @param markdown whether all of it is documentation
  static byte[] hidden(byte[] source, int length, boolean markdown) {
    byte[] out = {};
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

  /// Returns as many spaces as a source has bytes, on its lines.
  private static byte[] blank(byte[] source, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = source[i] == '\n' ? source[i] : (byte) ' ';
    }
    return out;
  }

  /// Returns whether a text stands four spaces behind its mark, as a block of code without fences.
  private static boolean indented(byte[] source, int text) {
    int at = text;
    while (at > 0 && source[at - 1] == ' ') {
      at--;
    }
    boolean marked = at > 0 && (source[at - 1] == '/' || source[at - 1] == '!');
    return marked && text - at > 4;
  }

  /// Returns whether the next line lies in a comment that was begun by `/**` or `/*!`.
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

  /// Returns where the text of a doc comment begins; -1 for any other line.
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
