package lazaret.vetting.inspect.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The functions of a source, by the positions of their bodies. Immutable.
public final class FunctionBodies {
  private static final int MOST = 4_096;
  private static final WordSet FN = WordSet.of("fn");
  private static final int HEAD = 256;

  private final SourceTokens code;
  private final BitSet tests;
  private final List<Body> all = new ArrayList<>();

  /// A function.
  ///
  /// @param parameters the names of its parameters
  /// @param open the brace that begins its body
  public record Body(String name, Set<String> parameters, int open, int close) {
    /// Returns whether a token is inside of the body.
    public boolean holds(int token) {
      return token > open && token < close;
    }
  }

  /// @param tests the tokens that do not count
  public FunctionBodies(SourceTokens code, BitSet tests) {
    this.code = code;
    this.tests = tests;
    for (int i : code.at(FN)) {
      if (!code.word(i + 1).isEmpty() && !tests.get(i) && all.size() < MOST) {
        add(i + 1);
      }
    }
  }

  private void add(int name) {
    int open = name + 1;
    while (open < Math.min(code.size(), name + HEAD) && !code.is(open, '(')) {
      open++;
    }
    Set<String> parameters = new HashSet<>();
    for (int i = open + 1; i < code.close(open); i++) {
      if (code.is(i + 1, ':') && !code.word(i).isEmpty() && !code.separator(i + 1)) {
        parameters.add(code.word(i));
      }
    }
    int body = code.close(open) + 1;
    int last = Math.min(code.size(), body + HEAD);
    while (body < last && !code.is(body, '{') && !code.is(body, ';')) {
      body = code.close(body) + 1;
    }
    if (code.is(body, '{')) {
      all.add(new Body(code.word(name), parameters, body, code.close(body)));
    }
  }

  /// Returns the innermost function around a token, or null outside of functions.
  @Nullable
  public Body around(int token) {
    Body found = null;
    for (Body body : all) {
      found = body.holds(token) ? body : found;
    }
    return found;
  }

  /// Returns all bodies.
  public List<Body> all() {
    return all;
  }

  /// Returns the calls of a function by others, outside of tests.
  public List<Integer> calls(Body called) {
    List<Integer> calls = new ArrayList<>();
    for (int i = 0; i < code.size() && calls.size() < MOST; i++) {
      boolean call = code.is(i, called.name()) && code.is(i + 1, '(') && !code.is(i - 1, "fn");
      if (call && !tests.get(i) && !called.holds(i)) {
        calls.add(i);
      }
    }
    return calls;
  }
}
