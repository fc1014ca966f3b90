package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.source.Reference.Kind;

/// Collects the files that one source pulls in (Rust reference, *Module source filenames*, *The
/// path attribute*; `include!` and its kin of the standard library). Not thread-safe.
final class Modules {
  private static final int MAX_ARGUMENT = 48;
  private static final int MAX_PENDING = 8;
  private static final int MAX_MENTIONS = 256;
  private static final int MAX_MENTION = 200;

  /// What is longer names no file of any crate.
  private static final int MAX_PATH = 1_024;

  private final String folder;
  private final String stem;
  private final RustTokens tokens;
  private final List<Reference> references = new ArrayList<>();
  private int mentions;
  private final List<String> pending = new ArrayList<>();
  private final Deque<Inline> inline = new ArrayDeque<>();

  /// How long the names of the open modules are, each with a slash.
  private long below;

  /// A module whose body stands in this source.
  ///
  /// @param depth how many braces are open around its name
  private record Inline(String name, int depth) {}

  /// @param path of the source, below the crate's folder
  Modules(String path, RustTokens tokens) {
    this.tokens = tokens;
    int slash = path.lastIndexOf('/');
    folder = slash < 0 ? "" : path.substring(0, slash + 1);
    String file = path.substring(slash + 1);
    int dot = file.lastIndexOf('.');
    stem = dot < 0 ? file : file.substring(0, dot);
  }

  List<Reference> references() {
    return references;
  }

  /// Takes the value of a `path` attribute for the next module.
  void path(String value) {
    if (pending.size() < MAX_PENDING && value.length() <= MAX_PATH) {
      pending.add(value);
    }
  }

  /// Reads `mod name;` or the head of `mod name {`.
  ///
  /// @param name the token of the name
  void declared(int name, int depth, boolean test, int line) {
    String text = tokens.text(name);
    if (tokens.is(name + 1, '{')) {
      inline.push(new Inline(text, depth));
      below += text.length() + 1;
      pending.clear();
      return;
    }
    if (!tokens.is(name + 1, ';')) {
      return;
    }
    boolean named = !pending.isEmpty();
    if (below > MAX_PATH || text.length() > MAX_PATH || full()) {
      pending.clear();
      return;
    }
    List<String> bases = bases();
    List<String> candidates = new ArrayList<>();
    for (String base : named ? namedBases(bases) : bases) {
      for (String written : pending) {
        normal(base + written).ifPresent(candidates::add);
      }
      if (!named) {
        normal(base + text + ".rs").ifPresent(candidates::add);
        normal(base + text + "/mod.rs").ifPresent(candidates::add);
      }
    }
    pending.clear();
    add(test ? Kind.TEST_SOURCE : named ? Kind.NAMED_SOURCE : Kind.SOURCE, candidates, line);
  }

  /// Leaves modules whose brace is closed.
  void closed(int depth) {
    while (!inline.isEmpty() && inline.peek().depth() >= depth) {
      below -= inline.pop().name().length() + 1;
    }
  }

  private List<String> bases() {
    var path = new StringBuilder();
    List<Inline> outermostFirst = new ArrayList<>(inline);
    Collections.reverse(outermostFirst);
    outermostFirst.forEach(module -> path.append(module.name()).append('/'));
    return List.of(folder + path, folder + stem + "/" + path);
  }

  private List<String> namedBases(List<String> bases) {
    List<String> all = new ArrayList<>(bases);
    all.add(folder);
    return all;
  }

  /// Reads the argument of `include!`, `include_str!` or `include_bytes!`.
  ///
  /// @param open the token of the opening bracket
  void included(Kind kind, int open, int line) {
    var written = new StringBuilder();
    boolean fromRoot = false;
    int nested = 0;
    for (int i = open; i < tokens.size() && i - open < MAX_ARGUMENT; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[') || tokens.is(i, '{')) {
        nested++;
      } else if (tokens.is(i, ')') || tokens.is(i, ']') || tokens.is(i, '}')) {
        if (--nested == 0) {
          break;
        }
      } else if (tokens.word(i) == Vocabulary.ENV && tokens.is(i + 1, '!')) {
        if (!tokens.is(i + 3, TokenKind.STRING) || !text(i + 3).equals("CARGO_MANIFEST_DIR")) {
          return; // What stands in OUT_DIR is made by a build script, which is looked at itself.
        }
        fromRoot = true;
        i += 3;
      } else if (tokens.kind(i).string()) {
        written.append(text(i));
      }
    }
    if (written.isEmpty() || written.length() > MAX_PATH || full()) {
      return;
    }
    String path = written.toString().replace('\\', '/');
    List<String> candidates = new ArrayList<>();
    normal(fromRoot ? path : folder + path).ifPresent(candidates::add);
    add(kind, candidates, line);
  }

  private boolean full() {
    return references.size() >= SourceFacts.MAX_REFERENCES;
  }

  /// Looks at a text that may be the path of a file: with a folder and an ending, and no address.
  void mentioned(int at, IntUnaryOperator line) {
    if (mentions == MAX_MENTIONS || tokens.end(at) - tokens.start(at) > MAX_MENTION) {
      return;
    }
    String text = text(at).replace('\\', '/');
    int slash = text.lastIndexOf('/');
    if (slash < 1 || text.indexOf('.', slash) < 0 || text.contains("://") || text.contains(" ")) {
      return;
    }
    mentions++;
    List<String> candidates = new ArrayList<>();
    normal(text).ifPresent(candidates::add);
    normal(folder + text).ifPresent(candidates::add);
    add(Kind.MENTION, candidates, line.applyAsInt(at));
  }

  private String text(int token) {
    return new String(tokens.value(token), StandardCharsets.UTF_8);
  }

  private void add(Kind kind, List<String> candidates, int line) {
    if (!candidates.isEmpty() && !full()) {
      references.add(new Reference(kind, candidates.stream().distinct().toList(), line));
    }
  }

  /// Resolves `.` and `..`; empty for a path that leaves the crate.
  static Optional<String> normal(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }
}
