package lazaret.vetting.inspect.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The data flows of one source: from parameters, fields and results of functions to others, and to
/// calls that send or run. Bounded.
///
/// @param ways the flows, each once
/// @param functions the functions of the source; those of a type begin with its name and `::`
public record ValueLinks(List<Way> ways, List<String> functions) {
  /// A source without flows.
  public static final ValueLinks NONE = new ValueLinks(List.of(), List.of());

  /// The source of secrets.
  public static final String SECRET = "secret";

  /// The source of received data.
  public static final String RECEIVED = "received";

  /// The source of credentials that belong to a certain service.
  public static final String TOKEN = "token";

  /// The source of such credentials in another encoding.
  public static final String CODED = "coded";

  /// The source of names of the machine and of its user.
  public static final String MACHINE = "machine";

  /// The source of files of credentials and of the environment, by the read content and not by a
  /// name.
  public static final String AMBIENT = "ambient";

  /// The source of texts that are searched for secrets.
  public static final String SOUGHT = "sought";

  /// The source of lines that a user types.
  public static final String TYPED = "typed";

  /// A folder that all users of a machine can read.
  public static final String SHARED = "a shared folder";

  /// A host in a data file of the crate, or in a text that is decoded.
  public static final String HIDDEN = "a hidden address";

  /// The source of addresses that do not occur in the source code.
  public static final String CALLER = "caller";

  /// The sink of calls that run a program or a script.
  public static final String RUN = "run";

  /// The sink of a choice of the recipient of a payment before the user's own.
  public static final String PAID = "paid";

  /// The target of calls through a value that holds a function.
  public static final String INDIRECT = "indirect";

  /// The source of constants that do not name a host.
  public static final String NO_HOST = "nowhere";

  private static final int MAX_WAYS = 2_048;
  private static final int MAX_FUNCTIONS = 1_024;

  /// Copies the lists.
  public ValueLinks {
    ways = List.copyOf(ways);
    functions = List.copyOf(functions);
  }

  /// A flow from one location to another.
  ///
  /// @param from a location, such as [ValueLinks#field], or a source
  /// @param to a location or a sink
  /// @param line the line of the flow
  public record Way(String from, String to, int line) {}

  /// Returns the source of a host that the code names.
  public static String host(String name) {
    return "h " + name;
  }

  /// Returns the source of an environment variable that holds a credential.
  public static String variable(String name) {
    return "e " + name;
  }

  /// Returns the location of a constant or static.
  public static String constant(String name) {
    return "s " + name;
  }

  /// Returns the location of the values that pass through a channel.
  public static String channel(String function, int token) {
    return "c " + function + " " + token;
  }

  /// Returns whether a location is a channel.
  public static boolean channel(String place) {
    return place.startsWith("c ");
  }

  /// Returns whether a method can put values into a location.
  public static boolean pool(String place) {
    return channel(place) || place.startsWith("s ") || place.startsWith("f ");
  }

  /// Returns the sink of the addresses of calls that send, by their line.
  ///
  /// @param explicit whether an argument names the destination, rather than an open connection
  public static String address(int line, boolean explicit) {
    return (explicit ? "a " : "b ") + line;
  }

  /// Returns the sink of the data that the calls of a line send.
  public static String payload(int line) {
    return "o " + line;
  }

  /// Returns the sink of the credentials with which the calls of a line authenticate.
  public static String credential(int line) {
    return "v " + line;
  }

  /// Returns the sink of encoded data that the calls of a line send.
  public static String coded(int line) {
    return "k " + line;
  }

  /// Returns the sink of plain text that the calls of a line send without a name next to it.
  public static String plain(int line) {
    return "x " + line;
  }

  /// Returns the location of a whole value of a type.
  public static String wholeOf(String type) {
    return "w " + type;
  }

  /// Returns the location of the value that contains a field, or the empty text for another
  /// location.
  public static String whole(String field) {
    int dot = field.startsWith("f ") ? field.indexOf('.') : -1;
    return dot < 0 ? "" : wholeOf(field.substring(2, dot));
  }

  /// Returns whether a sink is part of a call that sends.
  static boolean call(String place) {
    return place.length() > 2 && place.charAt(1) == ' ' && "abovkx".indexOf(place.charAt(0)) >= 0;
  }

  /// Returns the location of a parameter.
  ///
  /// @param function the function in the form of its call: `name`, `Type::name` or `.name`
  public static String parameter(String function, int index) {
    return "p " + function + " " + index;
  }

  /// Returns the location of the receivers of methods of a name.
  public static String receiver(String method) {
    return "m " + method;
  }

  /// Returns the source of the data that the calls of a line send, to find others that send the
  /// same.
  public static String copy(int line) {
    return "y " + line;
  }

  /// Returns the location of the result of a function.
  public static String result(String function) {
    return "r " + function;
  }

  /// Returns the location of a field.
  public static String field(String type, String name) {
    return "f " + type + "." + name;
  }

  /// Returns the location of all values of a type into which texts are parsed.
  public static String type(String name) {
    return "t " + name;
  }

  /// Returns the flows of a source that has two readings.
  public ValueLinks or(ValueLinks other) {
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

  /// Returns the memory use: the number of characters, and a hundred for each object.
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

  /// A collector of flows. Locations are numbered, so that a known flow costs only a lookup. Not
  /// thread-safe.
  public static final class Builder {
    private static final int SLOTS = 4 * MAX_WAYS;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> places = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final Set<String> functions = new LinkedHashSet<>();

    /// A hash table of flows, each as the numbers of its locations and its line; 0 for an empty
    /// slot.
    private long[] known = {};

    /// Creates an empty collector.
    public Builder() {}

    /// Returns the number of a location, for [#add(int, int, int)].
    public int number(String place) {
      Integer number = numbers.get(place);
      if (number == null) {
        number = places.size();
        numbers.put(place, number);
        places.add(place);
      }
      return number;
    }

    /// Returns whether the maximum number of flows is reached.
    public boolean full() {
      return ways.size() >= MAX_WAYS;
    }

    /// Adds a flow, unless the maximum is reached.
    public void add(String from, String to, int line) {
      if (full()) {
        return;
      }
      add(number(from), number(to), line);
    }

    /// Adds a flow, unless the maximum is reached.
    ///
    /// @param from the number of a location
    /// @param to the number of a location
    public void add(int from, int to, int line) {
      if (!full() && from != to && fresh(from, to, line)) {
        ways.add(new Way(places.get(from), places.get(to), line));
      }
    }

    /// Adds a flow from each of some locations, and for channels the flow back as well.
    ///
    /// @param mask a bit for each location that counts
    /// @param from the locations, in the order of the bits
    public void addAll(long mask, List<String> from, String place, int line) {
      if (mask == 0 || full()) {
        return;
      }
      int to = number(place);
      for (long left = mask; left != 0; left &= left - 1) {
        String label = from.get(Long.numberOfTrailingZeros(left));
        int number = number(label);
        add(number, to, line);
        if (channel(label)) {
          add(to, number, line);
        }
      }
    }

    /// Records a flow and returns whether it is new.
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

    /// Returns the collected flows.
    public ValueLinks links() {
      return ways.isEmpty() ? NONE : new ValueLinks(ways, List.copyOf(functions));
    }
  }
}
