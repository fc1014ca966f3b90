package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A search for blocks of removed lines that were added at another place of the same text. Time is
/// linear in the number of edited lines. Used once.
final class MoveFinder {
  /// The minimum number of lines of a block.
  private static final int LEAST_LINES = 3;

  /// The minimum number of letters and digits of a block. Closing braces are equal everywhere.
  private static final int LEAST_LETTERS = 20;

  private static final int UNKNOWN = -1;

  private final List<String> before;
  private final List<String> after;
  private final List<LineEdit> edits;

  /// The number of each edited line; equal lines have the same one.
  private final int[] oldNumbers;

  private final int[] newNumbers;

  /// The index after the last line of the edit of each old line.
  private final int[] oldEnds;

  /// The first old line of each beginning of a block that is not used, and the next one of each.
  private final Map<Start, Integer> first = new HashMap<>();

  private final int[] next;
  private final BitSet used = new BitSet();

  /// A block of lines at two places. Lines are counted from 0.
  record Move(int oldFrom, int newFrom, int count) {}

  private record Start(int a, int b, int c) {}

  MoveFinder(List<String> before, List<String> after, List<LineEdit> edits) {
    this.before = before;
    this.after = after;
    this.edits = edits;
    this.oldNumbers = new int[before.size()];
    this.newNumbers = new int[after.size()];
    this.oldEnds = new int[before.size()];
    this.next = new int[before.size()];
  }

  /// Returns the blocks in the order of the new text. No line is part of two.
  List<Move> find() {
    int removed = edits.stream().mapToInt(LineEdit::deletions).sum();
    int added = edits.stream().mapToInt(LineEdit::insertions).sum();
    if (removed < LEAST_LINES || added < LEAST_LINES) {
      return List.of();
    }
    number();
    for (LineEdit edit : edits.reversed()) {
      for (int line = edit.oldTo() - LEAST_LINES; line >= edit.oldFrom(); line--) {
        Integer later = first.put(start(oldNumbers, line), line);
        next[line] = later == null ? UNKNOWN : later;
      }
    }
    List<Move> moves = new ArrayList<>();
    for (LineEdit edit : edits) {
      find(edit, moves);
    }
    return moves;
  }

  private void number() {
    Map<String, Integer> numbers = new HashMap<>();
    Arrays.fill(newNumbers, UNKNOWN);
    for (LineEdit edit : edits) {
      for (int line = edit.oldFrom(); line < edit.oldTo(); line++) {
        oldNumbers[line] = numbers.computeIfAbsent(before.get(line), _ -> numbers.size());
        oldEnds[line] = edit.oldTo();
      }
    }
    for (LineEdit edit : edits) {
      for (int line = edit.newFrom(); line < edit.newTo(); line++) {
        newNumbers[line] = numbers.getOrDefault(after.get(line), UNKNOWN);
      }
    }
  }

  private static Start start(int[] numbers, int line) {
    return new Start(numbers[line], numbers[line + 1], numbers[line + 2]);
  }

  private void find(LineEdit edit, List<Move> moves) {
    int line = edit.newFrom();
    while (line + LEAST_LINES <= edit.newTo()) {
      int from = newNumbers[line] == UNKNOWN ? UNKNOWN : unused(start(newNumbers, line));
      if (from == UNKNOWN) {
        line++;
        continue;
      }
      int count = length(from, line, edit.newTo());
      if (letters(line, count)) {
        used.set(from, from + count);
        moves.add(new Move(from, line, count));
      }
      // A block without enough letters has no part with enough.
      line += count;
    }
  }

  /// Returns the first old line of a beginning of which no line is used. Those before it will not
  /// be usable later either.
  private int unused(Start start) {
    int line = first.getOrDefault(start, UNKNOWN);
    while (line != UNKNOWN && used.get(line, line + LEAST_LINES).cardinality() > 0) {
      line = next[line];
    }
    first.put(start, line);
    return line;
  }

  private int length(int oldFrom, int newFrom, int newEnd) {
    int most = Math.min(oldEnds[oldFrom] - oldFrom, newEnd - newFrom);
    int count = 0;
    while (count < most
        && oldNumbers[oldFrom + count] == newNumbers[newFrom + count]
        && !used.get(oldFrom + count)) {
      count++;
    }
    return count;
  }

  private boolean letters(int from, int count) {
    int letters = 0;
    for (int line = from; line < from + count; line++) {
      String text = after.get(line);
      for (int i = 0; i < text.length() && letters < LEAST_LETTERS; i++) {
        letters += Character.isLetterOrDigit(text.charAt(i)) ? 1 : 0;
      }
    }
    return letters >= LEAST_LETTERS;
  }
}
