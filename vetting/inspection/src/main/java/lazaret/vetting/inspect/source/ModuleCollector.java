package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.source.SourceReference.Kind;

/// A collector of the files that one source pulls in. Not thread-safe.
///
/// Sources: Rust reference, *Module source filenames* and *The path attribute*; `include!` and
/// similar macros of the standard library.
final class ModuleCollector {
  private static final int MAX_ARGUMENT = 1_024;
  private static final int MAX_PENDING = 64;
  private static final int MAX_MENTIONS = 256;
  private static final int MAX_MENTION = 200;

  /// The length of the longest path of a file in an archive.
  private static final int MAX_FILE = 1_024;

  /// The length of the longest path of any platform, including parts that are resolved.
  private static final int MAX_PATH = 32_768;

  private final String folder;
  private final String stem;
  private final RustTokens tokens;
  private final List<SourceReference> references = new ArrayList<>();
  private int mentions;
  private boolean dropped;
  private boolean crowded;
  private int computed;
  private final List<String> pending = new ArrayList<>();
  private final Deque<Inline> inline = new ArrayDeque<>();

  /// The length of the names of the open modules, each with a slash.
  private long below;

  /// A module whose body is in this source.
  ///
  /// @param depth the number of open braces around its name
  private record Inline(String name, int depth) {}

  /// @param path the path of the source, below the crate's folder
  ModuleCollector(String path, RustTokens tokens) {
    this.tokens = tokens;
    int slash = path.lastIndexOf('/');
    folder = slash < 0 ? "" : path.substring(0, slash + 1);
    String file = path.substring(slash + 1);
    int dot = file.lastIndexOf('.');
    stem = dot < 0 ? file : file.substring(0, dot);
  }

  List<SourceReference> references() {
    return references;
  }

  /// Returns whether a reference was dropped because of a limit.
  boolean dropped() {
    return dropped;
  }

  /// Returns whether texts that may be paths were dropped.
  boolean crowded() {
    return crowded;
  }

  /// Returns the first line in which a file name is computed, or 0 if there is none.
  int computed() {
    return computed;
  }

  /// Records that a macro or the environment completes the name of a file.
  void computed(int line) {
    computed = computed == 0 ? line : computed;
  }

  /// Sets the value of a `path` attribute for the next module.
  void path(String value) {
    if (pending.size() < MAX_PENDING && value.length() <= MAX_PATH) {
      pending.add(value.replace('\\', '/'));
    } else {
      dropped = true;
    }
  }

  /// Ends the item to which the previous attributes belong.
  void itemEnded() {
    pending.clear();
  }

  /// Reads `mod $name;`, which may mean any module of the folder.
  ///
  /// @param name the token of the name after the `$`
  void filledIn(int name, boolean test, int line) {
    if (!tokens.is(name + 1, ';')) {
      return;
    }
    computed(line);
    List<String> bases = bases();
    List<String> candidates = new ArrayList<>(bases);
    for (String base : namedBases(bases)) {
      pending.forEach(written -> candidate(base + written, candidates));
    }
    pending.clear();
    add(test ? Kind.TEST_SOURCE : Kind.NAMED_SOURCE, candidates, line);
  }

  /// Reads `mod name;` or the head of `mod name {`.
  ///
  /// @param name the token of the name
  void declared(int name, int depth, boolean test, int line) {
    String text = tokens.text(name);
    if (tokens.is(name + 1, '{')) {
      dropped |= pending.size() > 1;
      inline.push(new Inline(pending.isEmpty() ? text : pending.getFirst(), depth));
      below += inline.peek().name().length() + 1;
      pending.clear();
      return;
    }
    if (!tokens.is(name + 1, ';')) {
      return;
    }
    boolean named = !pending.isEmpty();
    if (below > MAX_PATH || text.length() > MAX_PATH) {
      dropped = true;
      pending.clear();
      return;
    }
    List<String> bases = bases();
    List<String> candidates = new ArrayList<>();
    for (String base : named ? namedBases(bases) : bases) {
      for (String written : pending) {
        candidate(base + written, candidates);
      }
      if (!named) {
        candidate(base + text + ".rs", candidates);
        candidate(base + text + "/mod.rs", candidates);
      }
    }
    pending.clear();
    add(test ? Kind.TEST_SOURCE : named ? Kind.NAMED_SOURCE : Kind.SOURCE, candidates, line);
  }

  /// Closes the modules whose brace is closed.
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
    for (int i = open; i < tokens.size(); i++) {
      if (i - open == MAX_ARGUMENT) {
        dropped = true;
        break;
      }
      if (tokens.is(i, '(') || tokens.is(i, '[') || tokens.is(i, '{')) {
        nested++;
      } else if (tokens.is(i, ')') || tokens.is(i, ']') || tokens.is(i, '}')) {
        if (--nested == 0) {
          break;
        }
      } else if (tokens.word(i) == Vocabulary.ENV && tokens.is(i + 1, '!')) {
        String variable = i + 3 < tokens.size() && tokens.kind(i + 3).string() ? text(i + 3) : "";
        if (!variable.equals("CARGO_MANIFEST_DIR")) {
          if (!variable.equals("OUT_DIR")) {
            computed(line);
          }
          return; // What stands in OUT_DIR is made by a build script, which is looked at itself.
        }
        fromRoot = true;
        i += 3;
      } else if (tokens.kind(i).string()) {
        written.append(text(i));
      } else if (tokens.is(i, '$')) {
        computed(line);
      }
    }
    dropped |= written.length() > MAX_PATH;
    if (written.isEmpty() || written.length() > MAX_PATH) {
      return;
    }
    String path = written.toString().replace('\\', '/');
    List<String> candidates = new ArrayList<>();
    candidate(fromRoot ? path : folder + path, candidates);
    add(kind, candidates, line);
  }

  /// Reads a text that may be the path of a file. It has a folder and an ending and is not an
  /// address, or it is the name of a source.
  void mentioned(int at, boolean test, IntUnaryOperator line) {
    if (tokens.end(at) - tokens.start(at) > MAX_MENTION || !maybePath(at)) {
      return;
    }
    String text = text(at).replace('\\', '/');
    int slash = text.lastIndexOf('/');
    boolean path = slash >= 1 && text.indexOf('.', slash) >= 0;
    if (!(path || text.endsWith(".rs")) || text.contains("://") || text.contains(" ")) {
      return;
    }
    if (mentions == MAX_MENTIONS) {
      crowded = true;
      return;
    }
    mentions++;
    List<String> candidates = new ArrayList<>();
    candidate(text, candidates);
    candidate(folder + text, candidates);
    add(test ? Kind.TEST_MENTION : Kind.MENTION, candidates, line.applyAsInt(at));
  }

  /// Returns false for most literals: those without slash, backslash (an escape can mean anything)
  /// and dot.
  private boolean maybePath(int at) {
    byte[] source = tokens.source();
    for (int i = tokens.start(at); i < tokens.end(at); i++) {
      if (source[i] == '/' || source[i] == '\\' || source[i] == '.') {
        return true;
      }
    }
    return false;
  }

  private static void candidate(String path, List<String> candidates) {
    SourcePath.normal(path)
        .filter(normal -> normal.length() <= MAX_FILE)
        .ifPresent(candidates::add);
  }

  private String text(int token) {
    return new String(tokens.value(token), StandardCharsets.UTF_8);
  }

  private void add(Kind kind, List<String> candidates, int line) {
    if (candidates.isEmpty()) {
      return;
    }
    if (references.size() == SourceFacts.MAX_REFERENCES) {
      dropped = true;
    } else {
      references.add(new SourceReference(kind, candidates.stream().distinct().toList(), line));
    }
  }
}
