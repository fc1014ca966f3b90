package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;

/// A collector of [MacroUse] in one source, while its tokens are read. Bounded, not thread-safe.
final class MacroScan {
  private static final int MAX_DEFINITIONS = 8_192;
  private static final int MAX_CALLS = 8_192;
  private static final int MAX_USES = 8_192;

  /// The number of tokens of a call that are read together. Words farther apart count as words of
  /// different paths.
  private static final int WINDOW = 512;

  /// The number of tokens of a `use` declaration that are searched for other names.
  private static final int MAX_USE = 256;

  private final RustTokens tokens;
  private final TestRegions regions;
  private final List<MacroUse.Definition> definitions = new ArrayList<>();
  private final List<MacroUse.Call> calls = new ArrayList<>();
  private int callsUntil;
  private boolean dropped;

  MacroScan(RustTokens tokens, TestRegions regions) {
    this.tokens = tokens;
    this.regions = regions;
  }

  MacroUse found() {
    return definitions.isEmpty() && calls.isEmpty()
        ? MacroUse.NONE
        : new MacroUse(definitions, calls);
  }

  /// Returns whether a macro was dropped because of a limit.
  boolean dropped() {
    return dropped;
  }

  /// Reads the definition or call that begins with the name before a `!`.
  ///
  /// @param line the line of the name
  void macro(int name, int line) {
    if (tokens.word(name) == Vocabulary.MACRO_RULES && tokens.is(name + 2, TokenKind.IDENTIFIER)) {
      definition(name + 2);
    } else {
      call(name, line);
    }
  }

  /// Reads `use path as name`, which may give a macro another name.
  void use(int at) {
    for (int i = at + 1; i < tokens.size() && i < at + MAX_USE && !tokens.is(i, ';'); i++) {
      if (tokens.word(i) == Vocabulary.AS
          && tokens.is(i - 1, TokenKind.IDENTIFIER)
          && tokens.is(i + 1, TokenKind.IDENTIFIER)) {
        Set<String> meant = Set.of(tokens.text(i - 1));
        add(new MacroUse.Definition(tokens.text(i + 1), false, Set.of(), meant));
      }
    }
  }

  private void definition(int name) {
    int open = name + 1;
    int close = regions.close(open);
    Set<Integer> words = new HashSet<>();
    Set<String> uses = new HashSet<>();
    boolean pastes = false;
    for (int i = open; i < close; i++) {
      boolean filledIn = tokens.is(i - 1, '$');
      if (tokens.is(i, TokenKind.PATH_SEPARATOR)) {
        pastes |= tokens.is(i + 1, '$') || tokens.is(i - 1, ')') || tokens.is(i - 2, '$');
        // Matches `$(::$part)*` and `[<$a $b>]::new`.
        pastes |= tokens.is(i - 1, '(') || tokens.is(i - 1, ']');
      } else if (tokens.is(i, TokenKind.IDENTIFIER)) {
        if (tokens.is(i + 1, '!')) {
          pastes |= filledIn;
          dropped |= uses.size() == MAX_USES;
          if (uses.size() < MAX_USES) {
            uses.add(tokens.text(i));
          }
        }
        word(i, words);
      } else if (tokens.is(i, '[') && tokens.is(i + 1, '<')) {
        pastes = true;
      } else if (tokens.is(i, ')') && tokens.is(i + 1, '*') && tokens.is(i - 2, '$')) {
        // Matches `$($t)*`: single tokens that may be a path.
        pastes |= tokens.is(i - 3, '(') && tokens.is(i - 4, '$');
      }
    }
    if (pastes || !uses.isEmpty()) {
      add(new MacroUse.Definition(tokens.text(name), pastes, words, uses));
    }
  }

  private void add(MacroUse.Definition definition) {
    if (definitions.size() == MAX_DEFINITIONS) {
      dropped = true;
    } else {
      definitions.add(definition);
    }
  }

  private void call(int name, int line) {
    int open = name + 2;
    if (!tokens.is(open, '(') && !tokens.is(open, '[') && !tokens.is(open, '{')) {
      return;
    }
    // A nested call is searched separately, and again as part of the outermost one.
    int close =
        open < callsUntil
            ? Math.min(regions.close(open, WINDOW), tokens.size())
            : regions.close(open);
    callsUntil = Math.max(callsUntil, close);
    for (int from = open; from < close; from += WINDOW / 2) {
      int to = Math.min(close, from + WINDOW);
      Set<Integer> words = new HashSet<>();
      boolean last = false;
      for (int i = from; i < to; i++) {
        if (tokens.is(i, TokenKind.IDENTIFIER)) {
          last |= word(i, words);
          last |= joined(i, words);
        }
      }
      if (last) {
        add(new MacroUse.Call(tokens.text(name), words, region(name), line));
      }
      if (to == close) {
        return;
      }
    }
  }

  private void add(MacroUse.Call call) {
    if (calls.size() == MAX_CALLS) {
      dropped = true;
    } else {
      calls.add(call);
    }
  }

  private MacroUse.Region region(int at) {
    return !regions.test(at)
        ? MacroUse.Region.CODE
        : regions.marked(at) ? MacroUse.Region.MARKED : MacroUse.Region.TEST;
  }

  /// Adds the word of an identifier if it is a segment of a known path, and returns whether it is
  /// the last one.
  private boolean word(int at, Set<Integer> words) {
    return add(tokens.word(at), words);
  }

  private static boolean add(int word, Set<Integer> words) {
    if (word == WordTable.UNKNOWN || !Vocabulary.PATHS.segment(word)) {
      return false;
    }
    words.add(word);
    return Vocabulary.PATHS.lastSegment(word);
  }

  /// Adds the word that an identifier and the next one form: `[<Tcp Stream>]`.
  private boolean joined(int at, Set<Integer> words) {
    int next = tokens.is(at + 1, ',') ? at + 2 : at + 1;
    if (!tokens.is(next, TokenKind.IDENTIFIER)
        || (tokens.word(at) != WordTable.UNKNOWN && tokens.word(next) != WordTable.UNKNOWN)) {
      return false;
    }
    byte[] source = tokens.source();
    int hash = tokens.hash(at);
    for (int i = tokens.start(next); i < tokens.end(next); i++) {
      hash = WordTable.HASH_FACTOR * hash + source[i];
    }
    WordTable known = Vocabulary.PATHS.words();
    return known.hasHash(hash) && add(known.number(tokens.text(at) + tokens.text(next)), words);
  }
}
