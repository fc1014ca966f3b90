package lazaret.vetting.inspect.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import org.jspecify.annotations.Nullable;

/// The programs that a build script starts, and the files that it creates. Calls of the compiler to
/// ask for its version do not count. Code that is not understood counts. Not thread-safe.
final class BuildScriptActions {
  private static final int HEAD = 12;
  private static final int BACK = 64;
  private static final int STATEMENT = 64;

  private static final Set<String> COMPILER =
      Set.of("rustc", "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER");
  private static final Set<String> QUERIES =
      Set.of("--version", "-V", "-vV", "-Vv", "--verbose", "-v");
  private static final Set<String> FOLDERS =
      Set.of("create_dir", "create_dir_all", "remove_dir", "remove_dir_all");

  private static final int MAX_VARIABLES = 16_384;

  private final RustTokens tokens;
  private @Nullable Map<String, Boolean> variables;

  BuildScriptActions(RustTokens tokens) {
    this.tokens = tokens;
  }

  /// Returns the program that an occurrence starts, or empty for the compiler or an import.
  Optional<String> started(int at) {
    for (int i = at; i < Math.min(tokens.size(), at + HEAD); i++) {
      if (word(i, "new") && tokens.is(i - 1, TokenKind.PATH_SEPARATOR) && tokens.is(i + 1, '(')) {
        int operand = i + 2;
        return compiler(operand) ? Optional.empty() : Optional.of("started: " + text(operand));
      }
      if (word(i, "as")) {
        return Optional.of("started under another name");
      }
      if (tokens.is(i, ';') || tokens.is(i, ',') || tokens.is(i, '}')) {
        return imported(at) ? Optional.empty() : Optional.of("started: " + text(at));
      }
    }
    return Optional.of("started: " + text(at));
  }

  private boolean imported(int at) {
    for (int i = at; i >= Math.max(0, at - BACK); i--) {
      if (word(i, "use")) {
        return true;
      }
      if (tokens.is(i, ';') || tokens.is(i, '(') || tokens.is(i, ')')) {
        return false;
      }
    }
    return false;
  }

  /// Returns whether an operand is the compiler, by its literal or by a variable. All declarations
  /// of the variable must name the compiler alone.
  private boolean compiler(int operand) {
    int at = operand;
    while (tokens.is(at, '&')) {
      at++;
    }
    if (at < tokens.size() && tokens.kind(at).string()) {
      return literal(at) && tokens.is(at + 1, ')');
    }
    if (!tokens.is(at, TokenKind.IDENTIFIER) || !tokens.is(at + 1, ')')) {
      return false;
    }
    Map<String, Boolean> known = variables;
    if (known == null) {
      known = variables();
      variables = known;
    }
    return known.getOrDefault(tokens.text(at), false);
  }

  /// Finds in one pass the variables with a value, and whether it is always the compiler.
  private Map<String, Boolean> variables() {
    Map<String, Boolean> found = new HashMap<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.is(i, TokenKind.IDENTIFIER) && assigned(i)) {
        if (found.size() == MAX_VARIABLES) {
          return Map.of();
        }
        found.merge(tokens.text(i), namesCompiler(i), Boolean::logicalAnd);
      }
    }
    return found;
  }

  /// Returns whether a name receives a value: in a declaration, a pattern, an argument or an
  /// assignment.
  private boolean assigned(int at) {
    boolean declares = word(at - 1, "let") || word(at - 1, "mut") || tokens.is(at - 1, '|');
    boolean pattern = tokens.is(at - 1, '(') && tokens.is(at + 1, ')') && tokens.is(at + 2, '=');
    boolean set = tokens.is(at + 1, '=') && !tokens.is(at + 2, '=');
    return declares || pattern || set || tokens.is(at + 1, ':');
  }

  /// Returns whether the texts of a statement name only the compiler.
  private boolean namesCompiler(int from) {
    boolean named = false;
    int i = from;
    for (; i < Math.min(tokens.size(), from + STATEMENT); i++) {
      if (tokens.is(i, ';') || tokens.is(i, '{')) {
        return named;
      }
      boolean message = word(i - 2, "expect") && tokens.is(i - 1, '(');
      if (tokens.kind(i).string() && !message) {
        if (!literal(i)) {
          return false;
        }
        named = true;
      }
    }
    return false;
  }

  private boolean literal(int at) {
    String text = tokens.text(at);
    return text.length() > 2
        && text.startsWith("\"")
        && COMPILER.contains(text.substring(1, text.length() - 1));
  }

  /// Returns the argument that a call passes to a program. Empty if it asks for the version, or is
  /// the compiler for its wrapper.
  Optional<String> argument(int at) {
    if (word(at, "set_var") && tokens.is(at + 1, '(')) {
      return Optional.of("set_var " + text(at + 2));
    }
    if (!tokens.is(at + 1, '(') || !tokens.is(at - 1, '.')) {
      return Optional.empty();
    }
    int value = at + 2;
    boolean query =
        word(at, "arg")
            && value < tokens.size()
            && tokens.kind(value).string()
            && QUERIES.contains(tokens.text(value).replace("\"", ""))
            && tokens.is(value + 1, ')');
    boolean wrapped = word(at, "arg") && compiler(value);
    return query || wrapped ? Optional.empty() : Optional.of(tokens.text(at) + " " + text(value));
  }

  /// Returns the call by which an occurrence creates a file, or empty if it creates or removes
  /// folders.
  Optional<String> written(int at) {
    for (int i = at; i < Math.min(tokens.size(), at + HEAD); i++) {
      boolean last =
          tokens.is(i, TokenKind.IDENTIFIER) && !tokens.is(i + 1, TokenKind.PATH_SEPARATOR);
      if (last) {
        boolean folder = FOLDERS.contains(tokens.text(i)) && tokens.is(i + 1, '(');
        return folder ? Optional.empty() : Optional.of(tokens.text(i));
      }
    }
    return Optional.of(text(at));
  }

  private boolean word(int at, String word) {
    return tokens.is(at, TokenKind.IDENTIFIER) && tokens.text(at).equals(word);
  }

  private String text(int at) {
    return at < tokens.size() ? tokens.text(at) : "";
  }
}
