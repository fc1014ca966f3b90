package lazaret.vetting.inspect.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import lazaret.vetting.inspect.reach.CrateReach.Found;
import lazaret.vetting.inspect.reach.CrateReach.Kind;

/// The calls that send data of the caller to a host in the source. Used once.
///
/// Keys, seeds and typed input count for every such host. Credentials count for hosts other than
/// the one that they open.
final class DisclosingCalls {
  private static final int MAX_HOSTS = 24;
  private static final int MAX_VARIABLES = 32;
  private static final int LEAST = 3;

  /// Services whose variables and hosts have different names.
  private static final Map<String, String> ALIAS =
      Map.of(
          "gh",
          "github",
          "hf",
          "huggingface",
          "cargo",
          "crates",
          "ci",
          "gitlab",
          "do",
          "digitalocean");

  private static final String HIDDEN = ValueLinks.host(ValueLinks.HIDDEN);

  private final CrateReach reach;

  /// The hosts in the source to which each call may send, by the call.
  private final Map<String, Set<String>> hosts = new TreeMap<>();

  /// The flag that the crate sends to addresses that its caller chooses.
  private boolean callers;

  private final Map<String, Found> found = new TreeMap<>();

  DisclosingCalls(CrateReach reach) {
    this.reach = reach;
  }

  /// Finds the calls.
  ///
  /// @param tests whether the sources are those of tests, in which names are not evidence
  List<Found> find(boolean tests) {
    List<String> names = new ArrayList<>(reach.sources("h "));
    names.addAll(reach.undeclared());
    for (String name : names.subList(0, Math.min(names.size(), MAX_HOSTS))) {
      for (String call : reach.arrivals(name).keySet()) {
        boolean to = call.startsWith("a ") || (call.startsWith("b ") && !name.equals(HIDDEN));
        if (to) {
          hosts.computeIfAbsent(call.substring(2), _ -> new TreeSet<>()).add(name.substring(2));
        }
      }
    }
    if (hosts.isEmpty()) {
      return List.of();
    }
    if (tests) {
      report(ValueLinks.AMBIENT, Kind.SENT, "ok", call -> !hidden(call) && !shared(call));
      return new ArrayList<>(found.values());
    }
    callers = reach.arrivals(ValueLinks.CALLER).keySet().stream().anyMatch(this::callers);
    report(ValueLinks.SECRET, Kind.SENT, "ok", call -> true);
    report(ValueLinks.CODED, Kind.SENT, "ok", call -> true);
    report(ValueLinks.SOUGHT, Kind.SENT, "ok", call -> true);
    report(ValueLinks.TOKEN, Kind.SENT, "k", call -> !shared(call));
    boolean several = callers || parties(reach.arrivals(ValueLinks.TOKEN).keySet()) > 1;
    report(ValueLinks.TOKEN, Kind.SENT, "ok", call -> !shared(call) && (several || hidden(call)));
    List<String> variables = reach.sources("e ");
    for (String each : variables.subList(0, Math.min(variables.size(), MAX_VARIABLES))) {
      report(each, Kind.SENT, "okv", call -> foreign(each, call));
    }
    for (String each : reach.sources("y ")) {
      copied(each);
    }
    report(ValueLinks.TOKEN, Kind.SHARED, "x", call -> !shared(call));
    report(ValueLinks.TYPED, Kind.SHARED, "ok", call -> !shared(call));
    report(ValueLinks.MACHINE, Kind.MACHINE, "ok", call -> !shared(call));
    return new ArrayList<>(found.values());
  }

  /// Returns the number of domains in the source to which calls send.
  private int parties(Set<String> calls) {
    Set<String> domains = new TreeSet<>();
    for (String call : calls) {
      for (String host : hosts.getOrDefault(call.substring(2), Set.of())) {
        if (host.indexOf('.') >= 0) {
          domains.add(domain(host));
        }
      }
    }
    return domains.size();
  }

  private boolean callers(String call) {
    return call.startsWith("a ") && !hosts.containsKey(call.substring(2));
  }

  /// Reports the calls that flows from a source reach.
  ///
  /// @param sinks the kinds of sinks that count
  /// @param counts whether a call counts, by the hosts to which it may send
  private void report(String source, Kind kind, String sinks, Predicate<Set<String>> counts) {
    reach
        .arrivals(source)
        .forEach(
            (sink, arrival) -> {
              String call = sink.substring(2);
              Set<String> to = hosts.getOrDefault(call, Set.of());
              if (sinks.indexOf(sink.charAt(0)) >= 0 && !to.isEmpty() && counts.test(to)) {
                String says = arrival.says() + " to " + to.iterator().next();
                Kind found = shared(to) ? Kind.SHARED : kind;
                this.found.putIfAbsent(
                    call, new Found(found, arrival.path(), arrival.line(), says));
              }
            });
  }

  /// Reports data that is sent to an address of the caller and also to a host in the source.
  private void copied(String source) {
    reach
        .arrivals(source)
        .forEach(
            (sink, arrival) -> {
              String line = "%07d".formatted(Integer.parseInt(source.substring(2)));
              boolean other = !hosts.containsKey(arrival.path() + ":" + line);
              Set<String> to = hosts.getOrDefault(sink.substring(2), Set.of());
              if (other && !to.isEmpty() && !shared(to)) {
                String text =
                    "also sent in line %s, here to %s"
                        .formatted(source.substring(2), to.iterator().next());
                found.putIfAbsent(
                    sink.substring(2), new Found(Kind.SENT, arrival.path(), arrival.line(), text));
              }
            });
  }

  private static boolean shared(Set<String> hosts) {
    return hosts.contains(ValueLinks.SHARED);
  }

  private static boolean hidden(Set<String> hosts) {
    return hosts.contains(ValueLinks.HIDDEN);
  }

  private static boolean foreign(String variable, Set<String> hosts) {
    return hosts.stream().noneMatch(host -> names(variable, host));
  }

  /// Returns whether a variable contains the name of the domain of a host. The domain of
  /// `github.com.evil.dev` is `evil.dev`.
  private static boolean names(String variable, String host) {
    String domain = domain(host);
    for (String part : variable.substring(2).toLowerCase(Locale.ROOT).split("_", 8)) {
      String name = ALIAS.getOrDefault(part, part);
      if (name.length() >= LEAST && domain.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the last two labels of a host name.
  private static String domain(String host) {
    int last = host.lastIndexOf('.');
    int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
    return host.substring(before + 1).toLowerCase(Locale.ROOT);
  }
}
