package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;
import lazaret.vetting.inspect.source.CapabilityPaths.Node;
import org.jspecify.annotations.Nullable;

/// The meanings of names in one source: renamed imports, globs, and dependencies renamed in the
/// manifest.
///
/// Scopes are not distinguished: a name has all meanings that it has anywhere in the source.
/// Bounded, not thread-safe.
final class NameResolution {
  private static final int MAX_GLOBS = 32;
  private static final int MAX_ALIASES = 4_096;
  private static final int MAX_MEANINGS = 16;

  private final RustTokens tokens;
  private final Map<Integer, List<Node>> known = new HashMap<>();
  private final BitSet knownWords = new BitSet();
  private final Map<String, List<Node>> others = new HashMap<>();
  private final NameFilter otherNames = new NameFilter();
  private final List<Node> globs = new ArrayList<>();
  private final List<String> includes = new ArrayList<>();
  private boolean dropped;

  /// Creates the meanings of the dependencies that a manifest renames.
  ///
  /// @param renames the crate for each name that the manifest uses for a dependency
  NameResolution(RustTokens tokens, Map<String, String> renames) {
    this.tokens = tokens;
    renames.forEach(
        (name, crate) -> {
          Node node = child(Vocabulary.PATHS.root(), crate);
          if (node != null && !name.isEmpty()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            otherNames.add(bytes, 0, bytes.length);
            add(Vocabulary.PATHS.words().number(name), name, node);
          }
        });
  }

  private static @Nullable Node child(Node node, String name) {
    return node.child(Vocabulary.PATHS.words().number(name));
  }

  /// Adds a meaning to an identifier.
  void alias(int token, Node node) {
    if (tokens.is(token, TokenKind.IDENTIFIER)) {
      int word = tokens.word(token);
      if (word == WordTable.UNKNOWN) {
        otherNames.add(tokens.source(), tokens.start(token), tokens.end(token));
      }
      add(word, word == WordTable.UNKNOWN ? tokens.text(token) : "", node);
    }
  }

  private void add(int word, String text, Node node) {
    if (known.size() + others.size() >= MAX_ALIASES) {
      dropped = true;
      return;
    }
    if (word != WordTable.UNKNOWN) {
      knownWords.set(word);
    }
    List<Node> meanings =
        word == WordTable.UNKNOWN
            ? others.computeIfAbsent(text, _ -> new ArrayList<>(1))
            : known.computeIfAbsent(word, _ -> new ArrayList<>(1));
    add(meanings, node, MAX_MEANINGS);
  }

  private <T> void add(List<T> all, T one, int max) {
    if (all.contains(one)) {
      return;
    }
    if (all.size() == max) {
      dropped = true;
    } else {
      all.add(one);
    }
  }

  /// Returns whether an alias or glob was dropped because of a limit.
  boolean dropped() {
    return dropped;
  }

  /// Adds another name for `include!`.
  void include(int token) {
    if (tokens.is(token, TokenKind.IDENTIFIER)) {
      add(includes, tokens.text(token), MAX_GLOBS);
    }
  }

  /// Returns whether a macro is `include!`.
  boolean isInclude(int token) {
    return tokens.word(token) == Vocabulary.INCLUDE
        || (!includes.isEmpty() && includes.contains(tokens.text(token)));
  }

  /// Adds everything below a path to the scope.
  void glob(Node node) {
    add(globs, node, MAX_GLOBS);
  }

  /// Returns the possible meanings of the first segment of a path.
  ///
  /// @param asCrate whether it may be the name of a crate
  List<Node> head(int token, boolean asCrate) {
    int word = tokens.word(token);
    if (word == WordTable.UNKNOWN) {
      return otherNames.mayBe(tokens, token)
          ? others.getOrDefault(tokens.text(token), List.of())
          : List.of();
    }
    List<Node> renamed = knownWords.get(word) ? known.getOrDefault(word, List.of()) : List.of();
    Node crate = asCrate ? Vocabulary.PATHS.crate(word) : null;
    if (crate == null && globs.isEmpty()) {
      return renamed;
    }
    List<Node> all = new ArrayList<>(renamed);
    if (crate != null) {
      all.add(crate);
    }
    for (Node glob : globs) {
      Node below = glob.child(word);
      if (below != null) {
        all.add(below);
      }
    }
    return all;
  }

  /// Returns the possible meanings of a path after one more segment.
  static List<Node> step(List<Node> nodes, int word) {
    List<Node> next = new ArrayList<>(1);
    for (Node node : nodes) {
      Node below = node.child(word);
      if (below != null) {
        next.add(below);
      }
    }
    return next;
  }

  /// Returns the possible meanings of a path after a segment that a macro provides.
  static List<Node> anyStep(List<Node> nodes) {
    List<Node> next = new ArrayList<>();
    for (Node node : nodes) {
      node.children().forEach(next::add);
    }
    return next;
  }
}
