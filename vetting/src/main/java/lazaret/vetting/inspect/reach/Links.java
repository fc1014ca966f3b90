package lazaret.vetting.inspect.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ways that values take through one source: from parameters, fields and results of functions to
/// others, and to calls that send or run. Bounded.
///
/// @param ways each once
/// @param functions the functions of the source; those of a type begin with its name and `::`
public record Links(List<Way> ways, List<String> functions) {
  /// None.
  public static final Links NONE = new Links(List.of(), List.of());

  /// Where secrets come from.
  public static final String SECRET = "secret";

  /// Where what was received comes from.
  public static final String RECEIVED = "received";

  /// Where credentials come from that have a place where they belong.
  public static final String TOKEN = "token";

  /// Where such credentials come from when they are written in another form.
  public static final String CODED = "coded";

  /// Where names of the machine and of its user come from.
  public static final String MACHINE = "machine";

  /// Where files of credentials and the environment come from, by what is read and not by a name.
  public static final String AMBIENT = "ambient";

  /// Where texts come from that are searched for secrets.
  public static final String SOUGHT = "sought";

  /// Where lines come from that a user types.
  public static final String TYPED = "typed";

  /// A folder in which all users of a machine read.
  public static final String SHARED = "a shared folder";

  /// A host that a data file of the crate holds, or a text that is decoded.
  public static final String HIDDEN = "a hidden address";

  /// Where addresses come from that stand nowhere in the source.
  public static final String CALLER = "caller";

  /// A call that runs a program or a script.
  public static final String RUN = "run";

  /// A choice of whom to pay before what is the user's own.
  public static final String PAID = "paid";

  /// What is called by a value that holds a function.
  public static final String INDIRECT = "indirect";

  /// Where constants come from that name no host.
  public static final String NO_HOST = "nowhere";

  private static final int MAX_WAYS = 2_048;
  private static final int MAX_FUNCTIONS = 1_024;

  /// Copies the lists.
  public Links {
    ways = List.copyOf(ways);
    functions = List.copyOf(functions);
  }

  /// A way from one place to another.
  ///
  /// @param from a place by [Links#field] and its like, or a source
  /// @param to a place or a sink
  /// @param line where it is seen
  public record Way(String from, String to, int line) {}

  /// Returns where a host comes from that stands in the source.
  public static String host(String name) {
    return "h " + name;
  }

  /// Returns where a variable of the environment comes from that holds a credential.
  public static String variable(String name) {
    return "e " + name;
  }

  /// Returns the place of a constant or static.
  public static String constant(String name) {
    return "s " + name;
  }

  /// Returns the place of what passes through a channel.
  public static String channel(String function, int token) {
    return "c " + function + " " + token;
  }

  /// Returns whether a place is a channel.
  public static boolean channel(String place) {
    return place.startsWith("c ");
  }

  /// Returns whether something can be put into a place by a method.
  public static boolean pool(String place) {
    return channel(place) || place.startsWith("s ") || place.startsWith("f ");
  }

  /// Returns the sink of addresses of the calls of a line that send.
  ///
  /// @param explicit whether an argument says where to, and not a connection made before
  public static String address(int line, boolean explicit) {
    return (explicit ? "a " : "b ") + line;
  }

  /// Returns the sink of what the calls of a line send.
  public static String payload(int line) {
    return "o " + line;
  }

  /// Returns the sink of the credentials by which the calls of a line are known there.
  public static String credential(int line) {
    return "v " + line;
  }

  /// Returns the sink of what the calls of a line send after it was written in another form.
  public static String coded(int line) {
    return "k " + line;
  }

  /// Returns the sink of what the calls of a line send as plain text, without a name beside it.
  public static String plain(int line) {
    return "x " + line;
  }

  /// Returns the place of a value of a type as a whole.
  public static String wholeOf(String type) {
    return "w " + type;
  }

  /// Returns the place of the whole of which a field is a part; empty for what is no field.
  public static String whole(String field) {
    int dot = field.startsWith("f ") ? field.indexOf('.') : -1;
    return dot < 0 ? "" : wholeOf(field.substring(2, dot));
  }

  /// Returns whether a sink is a part of a call that sends.
  static boolean call(String place) {
    return place.length() > 2 && place.charAt(1) == ' ' && "abovkx".indexOf(place.charAt(0)) >= 0;
  }

  /// Returns the place of a parameter.
  ///
  /// @param function as it is called: `name`, `Type::name` or `.name`
  public static String parameter(String function, int index) {
    return "p " + function + " " + index;
  }

  /// Returns the place of what methods of a name are called on.
  public static String receiver(String method) {
    return "m " + method;
  }

  /// Returns where what the calls of a line send comes from, for others that send the same.
  public static String copy(int line) {
    return "y " + line;
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

  /// Collects ways. Places have numbers in it, so that a way that is met again costs no more than a
  /// look. Not thread-safe.
  public static final class Builder {
    private static final int SLOTS = 4 * MAX_WAYS;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> places = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final Set<String> functions = new LinkedHashSet<>();

    /// The ways as numbers of places and line, by their hash; 0 where none is.
    private long[] known = {};

    /// Starts with none.
    public Builder() {}

    /// Returns the number of a place, by which ways to it are added.
    public int number(String place) {
      Integer number = numbers.get(place);
      if (number == null) {
        number = places.size();
        numbers.put(place, number);
        places.add(place);
      }
      return number;
    }

    /// Returns whether no more ways are taken.
    public boolean full() {
      return ways.size() >= MAX_WAYS;
    }

    /// Adds a way.
    public void add(String from, String to, int line) {
      if (full()) {
        return;
      }
      add(number(from), number(to), line);
    }

    /// Adds a way.
    ///
    /// @param from the number of a place
    /// @param to the number of a place
    public void add(int from, int to, int line) {
      if (!full() && from != to && fresh(from, to, line)) {
        ways.add(new Way(places.get(from), places.get(to), line));
      }
    }

    /// Notes a way; returns whether it was not known.
    private boolean fresh(int from, int to, int line) {
      known = known.length == 0 ? new long[SLOTS] : known;
      // A source has fewer tokens than fit in 20 bits, and fewer lines than fit in 24.
      long way = ((from + 1L) << 44) ^ ((to + 1L) << 24) ^ line;
      long spread = way * 0x9E3779B97F4A7C15L;
      for (int slot = (int) (spread >>> 40); ; slot++) {
        long other = known[slot & (SLOTS - 1)];
        if (other == way) {
          return false;
        }
        if (other == 0) {
          known[slot & (SLOTS - 1)] = way;
          return true;
        }
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
      return ways.isEmpty() ? NONE : new Links(ways, List.copyOf(functions));
    }
  }
}
