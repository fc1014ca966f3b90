package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.source.CapabilityPaths.Node;

/// A reader of paths and `use` trees in the tokens of one source (Rust reference, *Paths*, *Use
/// declarations*). Not thread-safe.
final class PathResolver {
  private static final int MAX_DEPTH = 32;

  /// Names in network crates of things that send or that come from the network.
  private static final Pattern TALKS =
      Pattern.compile(
          "(?!(?:\\w*(?:Error|Result|Url|StatusCode|Method|Header\\w*|Config|Options|Builder|Kind|Version"
              + "|Identity|Certificate|Proxy|Policy|Table|Uri|Settings|Level|Mode|Type|Name|Duration))$)[A-Z]\\w*"
              + "|connect\\w*|get|fetch");

  private final RustTokens tokens;
  private final NameResolution names;
  private final BiConsumer<Capability, Integer> receiver;
  private boolean dropped;
  private int foreignTest;

  /// @param receiver receives the capability of a path, and its token
  PathResolver(RustTokens tokens, NameResolution names, BiConsumer<Capability, Integer> receiver) {
    this.tokens = tokens;
    this.names = names;
    this.receiver = receiver;
  }

  /// Reads a path in code.
  ///
  /// @param head its first identifier
  /// @return the first token after it
  int expression(int head) {
    boolean goesOn = tokens.is(head + 1, TokenKind.PATH_SEPARATOR);
    List<Node> nodes = names.head(head, goesOn);
    if (nodes.isEmpty()) {
      return head + 1;
    }
    return follow(nodes, head);
  }

  /// Reads a path whose first segment a macro provides. That may be the standard library or one of
  /// its modules.
  ///
  /// @param head the identifier after the `$`
  int filledIn(int head) {
    if (!tokens.is(head + 1, TokenKind.PATH_SEPARATOR)) {
      return head + 1;
    }
    List<Node> std =
        NameResolution.step(
            List.of(Vocabulary.PATHS.root()), Vocabulary.PATHS.words().number("std"));
    List<Node> all = NameResolution.anyStep(std);
    all.addAll(std);
    return follow(all, head, true);
  }

  private boolean namesType(int token) {
    byte first = tokens.source()[tokens.start(token)];
    return first >= 'A' && first <= 'Z';
  }

  private int follow(List<Node> start, int head) {
    return follow(start, head, false);
  }

  /// @param guessed whether a macro provides a segment, so that only a type name is significant
  private int follow(List<Node> start, int head, boolean guessed) {
    List<Node> nodes = start;
    boolean guess = guessed;
    Set<Capability> deepest = guess ? Set.of() : gives(nodes, Set.of());
    int at = head + 1;
    while (tokens.is(at, TokenKind.PATH_SEPARATOR)) {
      if (tokens.is(at + 1, TokenKind.IDENTIFIER)) {
        nodes = NameResolution.step(nodes, tokens.word(at + 1));
        at += 2;
      } else if (tokens.is(at + 1, '$') && tokens.is(at + 2, TokenKind.IDENTIFIER)) {
        nodes = NameResolution.anyStep(nodes);
        guess = true;
        at += 3;
        continue;
      } else {
        break;
      }
      if (!guess || namesType(at - 1)) {
        deepest = gives(nodes, deepest);
      }
    }
    for (Capability what : deepest) {
      // Encoding does not hide anything: `hex::encode(..)`.
      boolean encodes =
          what == Capability.DECODE && at - 1 > head && tokens.begins(at - 1, "encode");
      if (!encodes) {
        receiver.accept(what, head);
      }
    }
    // The name of a macro is read separately: `std::include!(..)`.
    return tokens.is(at, '!') && at - 1 > head ? at - 1 : at;
  }

  private static Set<Capability> gives(List<Node> nodes, Set<Capability> before) {
    Set<Capability> found = Set.of();
    for (Node node : nodes) {
      Capability gives = node.gives();
      if (gives != null && found.isEmpty()) {
        found = EnumSet.of(gives);
      } else if (gives != null) {
        found.add(gives);
      }
    }
    return found.isEmpty() ? before : found;
  }

  private static List<Node> givers(List<Node> nodes, List<Node> before) {
    List<Node> found = List.of();
    for (Node node : nodes) {
      if (node.gives() != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(node);
      }
    }
    return found.isEmpty() ? before : found;
  }

  private static boolean network(List<Node> givers) {
    for (Node node : givers) {
      if (node.gives() == Capability.NETWORK || node.gives() == Capability.NETWORK_CLIENT) {
        return true;
      }
    }
    return false;
  }

  /// Reads a `use` declaration.
  ///
  /// @param first the token after `use`
  /// @return the first token after the tree
  int use(int first) {
    int at = tokens.is(first, TokenKind.PATH_SEPARATOR) ? first + 1 : first;
    return tree(new Branch(List.of(), List.of(), Set.of(), -1, true, Origin.OTHER), at, 0);
  }

  /// A position in a `use` tree.
  ///
  /// @param givers the last nodes of the path that provided a capability
  /// @param last the token of the last segment; -1 before the first
  private record Branch(
      List<Node> nodes,
      List<Node> givers,
      Set<Capability> gives,
      int last,
      boolean root,
      Origin origin) {
    boolean own() {
      return origin == Origin.LANGUAGE;
    }

    boolean local() {
      return origin == Origin.CRATE;
    }
  }

  /// The owner of the names in a `use` tree.
  private enum Origin {
    LANGUAGE,
    CRATE,
    OTHER
  }

  private Origin origin(int word) {
    boolean local = word == Vocabulary.SELF || word == Vocabulary.SUPER || word == Vocabulary.CRATE;
    return Vocabulary.ownCrate(word) ? Origin.LANGUAGE : local ? Origin.CRATE : Origin.OTHER;
  }

  private void foreign(int at, boolean harmless) {
    foreignTest = harmless || foreignTest > 0 ? foreignTest : at;
  }

  /// Returns whether a `use` tree was nested more deeply than the limit.
  boolean dropped() {
    return dropped;
  }

  /// Returns the first token by which a `use` tree may import another attribute with the name
  /// `test` or `bench`, or 0 if there is none.
  int foreignTest() {
    return foreignTest;
  }

  private int tree(Branch from, int first, int depth) {
    Branch here = from;
    int at = first;
    while (at < tokens.size()) {
      if (tokens.is(at, '{')) {
        dropped |= depth >= MAX_DEPTH;
        return depth < MAX_DEPTH ? group(here, at + 1, depth) : at + 1;
      }
      if (tokens.is(at, '*')) {
        foreign(at, here.own() || here.local());
        here.nodes().forEach(names::glob);
        here.gives().forEach(reportAt(at));
        return at + 1;
      }
      boolean filledIn = tokens.is(at, '$');
      int segment = filledIn ? at + 1 : at;
      if (!tokens.is(segment, TokenKind.IDENTIFIER)) {
        return at;
      }
      here = segment(here, segment, filledIn);
      at = segment + 1;
      if (!tokens.is(at, TokenKind.PATH_SEPARATOR)) {
        return leaf(here, at);
      }
      at++;
    }
    return at;
  }

  private Branch segment(Branch here, int at, boolean filledIn) {
    int word = tokens.word(at);
    if (word == Vocabulary.SELF && !here.root()) {
      return here;
    }
    List<Node> nodes =
        here.root()
            ? names.head(at, true)
            : filledIn
                ? NameResolution.anyStep(here.nodes())
                : NameResolution.step(here.nodes(), word);
    Set<Capability> gives = filledIn ? here.gives() : gives(nodes, here.gives());
    Origin origin = !here.root() ? here.origin() : filledIn ? Origin.OTHER : origin(word);
    return new Branch(nodes, givers(nodes, here.givers()), gives, at, false, origin);
  }

  private int leaf(Branch here, int at) {
    boolean renamed = tokens.word(at) == Vocabulary.AS;
    int name = renamed ? at + 1 : here.last();
    int word = tokens.word(name);
    foreign(name, here.own() || (word != Vocabulary.TEST && word != Vocabulary.BENCH));
    if (renamed && tokens.word(here.last()) == Vocabulary.INCLUDE) {
      names.include(name);
    }
    for (Node node : here.nodes()) {
      names.alias(name, node);
    }
    if (here.nodes().isEmpty()) {
      // A client or connection of a network crate counts under its own name, too.
      if (network(here.givers()) && talks(name)) {
        names.alias(name, CapabilityPaths.CLIENT);
      }
      for (Node node : here.givers()) {
        if (node.gives() == Capability.PROCESS) {
          names.alias(name, node);
        }
      }
    }
    here.gives().forEach(reportAt(here.last()));
    return renamed ? at + 2 : at;
  }

  private boolean talks(int name) {
    return tokens.is(name, TokenKind.IDENTIFIER) && TALKS.matcher(tokens.text(name)).matches();
  }

  private Consumer<Capability> reportAt(int token) {
    return what -> receiver.accept(what, token);
  }

  private int group(Branch from, int first, int depth) {
    int at = first;
    while (at < tokens.size() && !tokens.is(at, '}')) {
      int next = tree(from, at, depth + 1);
      at = Math.max(next, at + (next == at ? 1 : 0));
      if (tokens.is(at, ',')) {
        at++;
      }
      if (tokens.is(at, ';')) {
        return at;
      }
    }
    return at + 1;
  }
}
