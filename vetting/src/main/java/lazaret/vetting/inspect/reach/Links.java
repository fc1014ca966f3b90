package lazaret.vetting.inspect.reach;

import java.util.LinkedHashSet;
import java.util.Set;

/// Ways that values take through one source: from parameters, fields and results of functions to
/// others, and to calls that send or run. Bounded.
///
/// @param ways each once
/// @param functions the functions of the source; those of a type begin with its name and `::`
public record Links(Set<Way> ways, Set<String> functions) {
  /// None.
  public static final Links NONE = new Links(Set.of(), Set.of());

  /// Where secrets come from.
  public static final String SECRET = "secret";

  /// Where what was received comes from.
  public static final String RECEIVED = "received";

  /// A call that sends to a host that stands in the source.
  public static final String SENT = "sent";

  /// A call that runs a program or a script.
  public static final String RUN = "run";

  /// A choice of whom to pay before what is the user's own.
  public static final String PAID = "paid";

  /// What is called by a value that holds a function.
  public static final String INDIRECT = "indirect";

  private static final int MAX_WAYS = 1_024;
  private static final int MAX_FUNCTIONS = 1_024;

  /// Copies the sets.
  public Links {
    ways = Set.copyOf(ways);
    functions = Set.copyOf(functions);
  }

  /// A way from one place to another.
  ///
  /// @param from a place by [Links#field] and its like, or a source
  /// @param to a place or a sink
  /// @param line where it is seen
  public record Way(String from, String to, int line) {}

  /// Returns the place of a parameter.
  ///
  /// @param function as it is called: `name`, `Type::name` or `.name`
  public static String parameter(String function, int index) {
    return "p " + function + " " + index;
  }

  /// Returns the place of what a function gives back.
  public static String result(String function) {
    return "r " + function;
  }

  /// Returns the place of a field.
  public static String field(String type, String name) {
    return "f " + type + "." + name;
  }

  /// Returns the place of all values of a type that texts are read into.
  public static String type(String name) {
    return "t " + name;
  }

  /// Returns the ways of a source that can be read in two ways.
  public Links or(Links other) {
    if (other.ways.isEmpty()) {
      return this;
    }
    var all = new Builder();
    ways.forEach(way -> all.add(way.from, way.to, way.line));
    other.ways.forEach(way -> all.add(way.from, way.to, way.line));
    functions.forEach(all::function);
    other.functions.forEach(all::function);
    return all.links();
  }

  /// Returns how many characters it holds, with a hundred more for each object around them.
  public long weight() {
    long weight = 0;
    for (Way way : ways) {
      weight += 100 + way.from.length() + way.to.length();
    }
    for (String function : functions) {
      weight += 100 + function.length();
    }
    return weight;
  }

  /// Collects ways. Not thread-safe.
  public static final class Builder {
    private final Set<Way> ways = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();

    /// Adds a way.
    public void add(String from, String to, int line) {
      if (ways.size() < MAX_WAYS && !from.equals(to)) {
        ways.add(new Way(from, to, line));
      }
    }

    /// Adds a function.
    public void function(String name) {
      if (functions.size() < MAX_FUNCTIONS) {
        functions.add(name);
      }
    }

    /// Returns all.
    public Links links() {
      return ways.isEmpty() ? NONE : new Links(ways, functions);
    }
  }
}
