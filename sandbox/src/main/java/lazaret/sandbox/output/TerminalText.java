package lazaret.sandbox.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Passes on what a build prints, as text that does nothing: to a terminal, to a log, to the
/// machine of a CI service.
///
/// Lines, tabs and colours (SGR) pass. Every other control character is shown as its picture (`␛`),
/// so that what it began is read and not done; a carriage return that would write over a line
/// becomes the end of it; direction marks and other invisible characters are shown as `<U+202E>`,
/// and bytes that are no UTF-8 as `U+FFFD`. What a CI service would take for a command
/// (`::add-path::` at the start of a line, `##[`, `##vso[` anywhere) is broken by a backslash.
///
/// The output is the same however the input is cut into pieces. Holds at most some dozen bytes
/// back. Not thread-safe.
///
/// Source: ECMA-48; Unicode UAX 9, *Bidirectional Algorithm*; the parsers of GitHub's and Azure's
/// runners.
public final class TerminalText extends OutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int DELETE = 0x7f;
  private static final int REPLACEMENT = 0xfffd;
  private static final int PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;
  private static final int MOST_COLOUR = 32;
  private static final Pattern RESET = Pattern.compile("\\x1b\\[0*m");

  private final OutputStream to;
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
  private final CommandBreaker commands = new CommandBreaker();

  /// The character whose bytes are still coming.
  private int partial;

  private int missing;
  private int least;

  /// An escape sequence that may still be a colour.
  private final StringBuilder sequence = new StringBuilder();

  private boolean returned;
  private boolean coloured;

  /// Creates a passage.
  ///
  /// @param to where the text goes, which is never closed
  public TerminalText(OutputStream to) {
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

  /// Ends the text: writes what was held back, and switches colours off.
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
    if (coloured) {
      coloured = false;
      emit(ESCAPE);
      emit('[');
      emit('m');
    }
    ready.writeTo(to);
    ready.reset();
    to.flush();
  }

  /// Takes a byte of UTF-8 (RFC 3629).
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
      if (continuesColour(c)) {
        sequence.appendCodePoint(c);
        if (c == 'm') {
          sequence.chars().forEach(this::emit);
          coloured = !RESET.matcher(sequence).matches();
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

  /// `ESC [ digits and ; : m`.
  private boolean continuesColour(int c) {
    if (sequence.length() == 1) {
      return c == '[';
    }
    return c == 'm' || (sequence.length() < MOST_COLOUR && c >= '0' && c <= ';');
  }

  /// It is no colour: its escape is shown, and the rest is text.
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

  /// Controls of 8 bits, what changes or hides the direction of text, separators that some take for
  /// the end of a line, and characters without a width.
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          c != '\n' && c != '\t';
      // U+200D joins what makes one picture.
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
