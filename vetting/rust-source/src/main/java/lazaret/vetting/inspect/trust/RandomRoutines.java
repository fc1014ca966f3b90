package lazaret.vetting.inspect.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.rust.RustTokens;

/// A reader of the functions of sources. Bounded, not thread-safe.
final class RandomRoutines {
  private static final int MAX = 4_096;
  private static final int HEAD = 256;
  private static final int MAX_NONCES = 8;
  private static final int DEPTH = 3;
  private static final Pattern NONCE =
      Pattern.compile("(?:\\w+_)?nonce(?:_\\w+)?|k|iv|ephemeral\\w*");

  private final List<RandomRoutine> all = new ArrayList<>();

  List<RandomRoutine> all() {
    return all;
  }

  /// Adds the functions of a source.
  ///
  /// @param test returns whether a position in it belongs to a test
  void add(String path, RustTokens tokens, IntPredicate test) {
    var view = new TokenView(tokens);
    for (int i = 0; i + 2 < tokens.size() && all.size() < MAX; i++) {
      if (view.keyword(i, "fn") && !view.word(i + 1).isEmpty() && !test.test(tokens.start(i))) {
        function(path, view, i);
      }
    }
  }

  private void function(String path, TokenView view, int at) {
    int open = at + 2;
    int angles = 0;
    int limit = Math.min(view.tokens().size(), at + HEAD);
    while (open < limit && !(view.is(open, '(') && angles <= 0)) {
      boolean arrow = view.is(open - 1, '-');
      angles += view.is(open, '<') ? 1 : view.is(open, '>') && !arrow ? -1 : 0;
      open++;
    }
    int brace = view.close(open) + 1;
    while (brace < limit + HEAD && !view.is(brace, '{') && !view.is(brace, ';')) {
      if (brace >= view.tokens().size()) {
        return;
      }
      brace = view.is(brace, '[') ? view.close(brace) + 1 : brace + 1;
    }
    if (!view.is(brace, '{')) {
      return;
    }
    int end = view.close(brace);
    String name = view.word(at + 1);
    all.add(
        new RandomRoutine(
            path,
            view.tokens().line(at),
            name,
            view.words(at + 2, view.close(open)),
            view.words(brace, end),
            end - brace,
            nonces(view, brace, end)));
  }

  private static List<Set<String>> nonces(TokenView view, int from, int to) {
    List<Set<String>> found = new ArrayList<>();
    for (int i = from; i < to && found.size() < MAX_NONCES; i++) {
      if (!view.keyword(i, "let")) {
        continue;
      }
      int name = view.keyword(i + 1, "mut") ? i + 2 : i + 1;
      if (NONCE.matcher(view.word(name)).matches()) {
        Set<String> words = new LinkedHashSet<>();
        made(view, from, to, view.word(name), DEPTH, new HashSet<>(), words);
        words.remove("");
        found.add(words);
      }
    }
    return found;
  }

  /// Adds the words of all values from which a local variable is made.
  private static void made(
      TokenView view,
      int from,
      int to,
      String local,
      int depth,
      Set<String> seen,
      Set<String> words) {
    if (depth < 0 || !seen.add(local)) {
      return;
    }
    for (int i = from; i < to; i++) {
      if (!view.keyword(i, local)) {
        continue;
      }
      boolean bound = view.keyword(i - 1, "let") || view.keyword(i - 1, "mut");
      boolean called = view.is(i + 1, '.') && view.is(i + 3, '(');
      boolean filled = view.is(i + 1, '[') || view.keyword(i - 1, "mut");
      if (bound || called || filled) {
        Set<String> more = view.words(i + 1, view.statement(i + 1, to));
        more.stream()
            .filter(word -> words.add(word) && !word.equals(local))
            .forEach(word -> made(view, from, to, word, depth - 1, seen, words));
      }
    }
  }
}
