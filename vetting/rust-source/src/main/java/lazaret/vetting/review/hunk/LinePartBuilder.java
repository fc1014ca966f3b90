package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import lazaret.vetting.inspect.syntax.SyntaxKind;
import org.jspecify.annotations.Nullable;

/// The parts of one line: ranges of one kind of syntax, hidden characters, and what is cut. Used
/// once.
final class LinePartBuilder {
  /// The displayed characters before the first changed one of a long line.
  private static final int LEAD = 80;

  private final DiffText text;
  private final int index;
  private final BitSet changes;
  private final List<LinePart> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private final List<Integer> hidden = new ArrayList<>();
  private @Nullable SyntaxKind syntax;
  private @Nullable HiddenKind hiddenKind;
  private boolean changed;

  /// @param index the index of the line, from 0
  /// @param changes the changed characters of a paired line; null for a line without a pair
  LinePartBuilder(DiffText text, int index, @Nullable BitSet changes) {
    this.text = text;
    this.index = index;
    this.changes = changes == null ? new BitSet(0) : changes;
  }

  /// Returns the parts.
  ///
  /// @param most the maximum number of displayed UTF-16 code units. A longer line is displayed from
  ///   its beginning, or around its first change
  List<LinePart> build(int most) {
    String line = text.line(index);
    int from = line.length() <= most ? 0 : first(line, most);
    int to = border(line, Math.min(line.length(), from + most));
    cut(line, 0, from);
    BitSet foreign = text.foreignLetters(index, from, to);
    int token = text.tokens().firstAfter(text.start(index) + from);
    int before = 0;
    int at = from;
    while (at < to) {
      int c = line.codePointAt(at);
      int position = text.start(index) + at;
      while (token < text.tokens().size() && text.tokens().end(token) <= position) {
        token++;
      }
      changed(changes.get(at));
      HiddenKind kind =
          foreign.get(at) ? HiddenKind.FOREIGN_LETTER : HiddenKind.of(c, before).orElse(null);
      if (kind != null) {
        hide(kind, c);
      } else {
        show(text.kind(token, position), c);
      }
      before = c;
      at += Character.charCount(c);
    }
    flush();
    cut(line, to, line.length());
    if (text.unended(index)) {
      parts.add(new LinePart.NoEnd());
    }
    return parts;
  }

  private int first(String line, int most) {
    int change = changes.nextSetBit(0);
    return change < most - LEAD ? 0 : border(line, change - Math.min(LEAD, most / 2));
  }

  /// Returns an index that is not inside of a pair of surrogates.
  private static int border(String line, int at) {
    boolean inside =
        at > 0
            && at < line.length()
            && Character.isLowSurrogate(line.charAt(at))
            && Character.isHighSurrogate(line.charAt(at - 1));
    return inside ? at - 1 : at;
  }

  private void changed(boolean now) {
    if (now != changed) {
      flush();
      changed = now;
    }
  }

  private void hide(HiddenKind kind, int c) {
    if (kind != hiddenKind || !plain.isEmpty()) {
      flush();
      hiddenKind = kind;
    }
    hidden.add(c);
  }

  private void show(@Nullable SyntaxKind kind, int c) {
    if (kind != syntax || !hidden.isEmpty()) {
      flush();
      syntax = kind;
    }
    plain.appendCodePoint(c);
  }

  private void flush() {
    if (!plain.isEmpty()) {
      parts.add(new LinePart.Plain(plain.toString(), syntax, changed));
      plain.setLength(0);
    }
    HiddenKind kind = hiddenKind;
    if (kind != null && !hidden.isEmpty()) {
      parts.add(new LinePart.Hidden(kind, hidden, changed));
      hidden.clear();
    }
  }

  private void cut(String line, int from, int to) {
    if (from == to) {
      return;
    }
    long bytes = 0;
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    int change = changes.nextSetBit(from);
    parts.add(new LinePart.Cut(bytes, change >= 0 && change < to));
  }
}
