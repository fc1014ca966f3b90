package lazaret.vetting.inspect.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;

/// The patterns that could match a text which a source composes of its literals, in any order and
/// number. Bounded, not thread-safe.
///
/// A composed text consists of literals, of parts of formats before and after braces, and of
/// separators ([ConstantTexts]). The search of a literal begins in each state that an earlier one
/// may leave. So a pattern that is not found cannot match, however its text is split over the
/// source; one that is found need not match. Texts that [ConstantTexts] cuts at its maximum length
/// are searched as if they were whole, since no program has the text that a cut would make.
public final class ComposedTexts {
  private static final PatternPrefilter SEARCH =
      new PatternPrefilter(
          List.of(
              Need.DIRECTIVE,
              Need.CONFIGURATION,
              Need.CARGO_HOME,
              Need.PROCESS,
              Need.TEST_DATA,
              Need.DEVICE,
              Need.CODE));

  /// The texts that are inserted between pieces.
  private static final List<String> SEPARATORS = List.of("/", " ");

  /// The number of characters that are searched; with more, each pattern counts as possible.
  private static final int MAX_STEPS = 1 << 21;

  /// The number of pieces that are kept; with more, each pattern counts as possible.
  private static final int MAX_PIECES = 1 << 16;

  private static final int LEAST = 64;

  private final SourceTokens code;
  private final List<String> pieces = new ArrayList<>();

  /// For each class of characters, the last piece that begins with one, counted from 1, and for
  /// each piece the previous one of its class.
  private final int[] last = new int[PatternPrefilter.WIDTH];

  private int[] previous = new int[LEAST];

  /// The classes of characters with which a piece begins, as bits.
  private long begins;

  private final BitSet reached = new BitSet();
  private final BitSet open = new BitSet();
  private int steps;
  private boolean searched;
  private int found;

  /// Creates the search. It runs at the first question.
  public ComposedTexts(SourceTokens code) {
    this.code = code;
  }

  /// Returns whether a pattern could match a composed text.
  ///
  /// @param need one of the patterns that are matched with composed texts
  public boolean may(Need need) {
    if (!searched) {
      searched = true;
      gather();
      search();
    }
    return need.in(found);
  }

  private void gather() {
    SEPARATORS.forEach(this::add);
    for (int at : code.strings()) {
      parts(code.literal(at));
    }
    for (int at : code.numbers()) {
      int before = at - 1;
      while (code.is(before, ',')) {
        before--;
      }
      var text = new StringBuilder();
      if (code.is(before, '[') && ConstantTexts.bytes(code, before, text)) {
        parts(text.toString());
      }
    }
    for (int at = 0; at < code.size(); at++) {
      if (code.character(at)) {
        add(code.literal(at));
      }
    }
  }

  /// Adds a text in parts. A part begins after a value that is filled in and after a separator.
  private void parts(String text) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '}' || c == ConstantTexts.BETWEEN) {
        add(text.substring(from, i));
        from = i + 1;
      }
    }
    add(text.substring(from));
  }

  private void add(String piece) {
    int type = piece.isEmpty() ? 0 : PatternPrefilter.type(piece.charAt(0));
    walk(PatternPrefilter.START, piece);
    if (type != 0 && pieces.size() < MAX_PIECES) {
      pieces.add(piece);
      int number = pieces.size();
      if (number == previous.length) {
        previous = Arrays.copyOf(previous, 2 * number);
      }
      previous[number] = last[type];
      last[type] = number;
      begins |= 1L << type;
    }
  }

  private void search() {
    if (pieces.size() == MAX_PIECES) {
      found = ~0;
      return;
    }
    for (int state = open.nextSetBit(0); state >= 0; state = open.nextSetBit(0)) {
      open.clear(state);
      for (long left = SEARCH.continued(state) & begins; left != 0; left &= left - 1) {
        int piece = last[Long.numberOfTrailingZeros(left)];
        while (piece != 0 && steps < MAX_STEPS) {
          walk(state, pieces.get(piece - 1));
          piece = previous[piece];
        }
      }
    }
    found = steps < MAX_STEPS ? found : ~0;
  }

  /// Follows a piece from a state, until the state is the one that it reaches from the beginning.
  private void walk(int from, String piece) {
    int state = from;
    int plain = PatternPrefilter.START;
    for (int i = 0; i < piece.length(); i++) {
      int type = PatternPrefilter.type(piece.charAt(i));
      state = SEARCH.next(state, type);
      plain = SEARCH.next(plain, type);
      steps++;
      if (from != PatternPrefilter.START && state == plain) {
        return;
      }
      found |= SEARCH.found(state);
      if (i + 1 == piece.length() || piece.charAt(i + 1) == '{') {
        ends(state);
      }
    }
  }

  /// Records a state in which another piece may follow.
  private void ends(int state) {
    if (state != PatternPrefilter.START && !reached.get(state)) {
      reached.set(state);
      open.set(state);
    }
  }
}
