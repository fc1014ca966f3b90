package lazaret.sandbox.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A filter that makes the output of a build harmless for a terminal, a log and a CI service.
///
/// Lines, tabs and colors (SGR) pass. Any other control character is replaced by its picture (`␛`),
/// so that its sequence is shown and not executed. A carriage return that would overwrite a line
/// becomes a line end. Direction marks and other invisible characters are shown as `<U+202E>`, and
/// invalid UTF-8 as `U+FFFD`. Text that a CI service would read as a command (`::add-path::` at the
/// start of a line, `##[`, `##vso[` anywhere) is broken by a backslash.
///
/// The output does not depend on how the input is divided into writes. At most some dozen bytes are
/// buffered. Not thread-safe.
///
/// Source: ECMA-48; Unicode UAX 9, *Bidirectional Algorithm*; the parsers of GitHub's and Azure's
/// runners.
public final class OutputSanitizer extends OutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int DELETE = 0x7f;
  private static final int REPLACEMENT = 0xfffd;
  private static final int PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;
  private static final int MOST_COLOR = 32;
  private static final Pattern RESET = Pattern.compile("\\x1b\\[0*m");

  private final OutputStream to;
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
  private final CiCommandFilter commands = new CiCommandFilter();

  /// The bits of an incomplete character.
  private int partial;

  private int missing;
  private int least;

  /// The beginning of an escape sequence that may be a color.
  private final StringBuilder sequence = new StringBuilder();

  private boolean returned;
  private boolean colored;

  /// Creates a filter.
  ///
  /// @param to the destination, which is never closed
  public OutputSanitizer(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      decode(bytes[i] & 0xff);
    }
    ready.writeTo(to);
    ready.reset();
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  /// Ends the text: writes the buffered bytes, and resets the color.
  @Override
  public void close() throws IOException {
    if (missing > 0) {
      missing = 0;
      character(REPLACEMENT);
    }
    giveUpSequence();
    if (returned) {
      returned = false;
      print('\n');
    }
    if (colored) {
      colored = false;
      emit(ESCAPE);
      emit('[');
      emit('m');
    }
    ready.writeTo(to);
    ready.reset();
    to.flush();
  }

  /// Decodes a byte of UTF-8 (RFC 3629).
  private void decode(int b) {
    if (missing > 0) {
      if ((b & 0xc0) == 0x80) {
        partial = (partial << 6) | (b & 0x3f);
        if (--missing == 0) {
          boolean valid = partial >= least && Character.isValidCodePoint(partial);
          boolean half = partial >= Character.MIN_SURROGATE && partial <= Character.MAX_SURROGATE;
          character(valid && !half ? partial : REPLACEMENT);
        }
        return;
      }
      missing = 0;
      character(REPLACEMENT);
    }
    if (b < 0x80) {
      character(b);
    } else if (b >= 0xc2 && b < 0xe0) {
      begin(b & 0x1f, 1, 0x80);
    } else if (b >= 0xe0 && b < 0xf0) {
      begin(b & 0x0f, 2, 0x800);
    } else if (b >= 0xf0 && b < 0xf5) {
      begin(b & 0x07, 3, 0x1_0000);
    } else {
      character(REPLACEMENT);
    }
  }

  private void begin(int bits, int following, int atLeast) {
    partial = bits;
    missing = following;
    least = atLeast;
  }

  private void character(int c) {
    if (!sequence.isEmpty()) {
      if (continuesColor(c)) {
        sequence.appendCodePoint(c);
        if (c == 'm') {
          sequence.chars().forEach(this::emit);
          colored = !RESET.matcher(sequence).matches();
          sequence.setLength(0);
        }
        return;
      }
      giveUpSequence();
    }
    if (returned) {
      returned = false;
      if (c == '\n') {
        emit('\r');
      } else {
        print('\n');
      }
    }
    if (c == ESCAPE) {
      sequence.append((char) c);
    } else if (c == '\r') {
      returned = true;
    } else {
      print(c);
    }
  }

  /// Returns whether a character continues a color sequence: `ESC [`, then digits, `;` and `:`,
  /// then `m`.
  private boolean continuesColor(int c) {
    if (sequence.length() == 1) {
      return c == '[';
    }
    return c == 'm' || (sequence.length() < MOST_COLOR && c >= '0' && c <= ';');
  }

  /// Writes a sequence that is not a color: its escape is shown as a picture, and the rest is text.
  private void giveUpSequence() {
    String text = sequence.toString();
    sequence.setLength(0);
    text.chars().forEach(this::print);
  }

  private void print(int c) {
    boolean control = c < ' ' && c != '\n' && c != '\t';
    if (control || c == DELETE) {
      show(new String(Character.toChars(control ? PICTURES + c : PICTURE_OF_DELETE)));
    } else if (isInvisible(c)) {
      show("<U+%04X>".formatted(c));
    } else {
      printVisible(c);
    }
  }

  private void printVisible(int c) {
    if (commands.breaksAt(c)) {
      emit('\\');
    }
    emit(c);
  }

  private void show(String text) {
    text.codePoints().forEach(this::printVisible);
  }

  /// Returns whether a character is invisible or changes the layout. These are 8-bit controls,
  /// direction marks, line and paragraph separators, and characters without a width.
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          c != '\n' && c != '\t';
      // U+200D joins characters to one picture, and U+00AD is a soft hyphen.
      case Character.FORMAT -> c != 0x200d && c != 0xad;
      default -> false;
    };
  }

  private void emit(int c) {
    if (c < 0x80) {
      ready.write(c);
    } else {
      ready.writeBytes(new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8));
    }
  }
}
