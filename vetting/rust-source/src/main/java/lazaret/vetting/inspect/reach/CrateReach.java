package lazaret.vetting.inspect.reach;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The data flows of all sources of one crate together. Time is linear in their number. Not
/// thread-safe.
public final class CrateReach {
  private static final int MAX_WAYS = 1 << 16;
  private static final int MAX_FOUND = 8;
  private static final int MAX_SAID = 6;

  /// The maximum length of a flow; longer ones result from common names in any large crate.
  private static final int MAX_DEPTH = 6;

  /// The number of functions of one name up to which a method call may mean each of them.
  private static final int MAX_ALIKE = 2;

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:^s"
              + " |_)(?:URL|URI|HOST|ADDR|ADDRESS|ENDPOINT|SERVER|BASE|API|SINK|DEST|TARGET|TO|GATEWAY"
              + "|INTAKE|INGEST|COLLECTOR?|REGISTRY|RELAY|MIRROR|PEER|BROKER|HOOK|NODE)(?:_?[0-9])?$");

  private final Map<String, List<Step>> steps = new HashMap<>();
  private final Map<String, Set<String>> methods = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private int count;

  /// The kinds of findings.
  public enum Kind {
    /// A flow of a secret to a call that sends to a host in the source.
    SENT,
    /// A flow of received data to a call that runs it.
    RUN,
    /// A choice of the recipient of a payment in which received data has precedence over the user's
    /// own.
    PAID,
    /// A flow of names of the machine or its user to a call that sends to a host in the source.
    MACHINE,
    /// A secret in a file that all users of the machine can read. Also typed input or a bare
    /// credential in a call that sends to a host in the source.
    SHARED
  }

  /// A flow from a source to a sink.
  ///
  /// @param path the path of the file that contains the sink
  /// @param says the locations on the flow, in words
  public record Found(Kind kind, String path, int line, String says) {}

  /// The end of a flow at a call that sends.
  ///
  /// @param path the path of the file that contains the call
  /// @param says the locations on the flow, in words
  record Arrival(String path, int line, String says) {}

  private record Step(String to, String path, int line) {}

  /// @param sources the flows of each file by its path
  public CrateReach(Map<String, ValueLinks> sources) {
    sources.forEach(
        (path, links) -> {
          for (ValueLinks.Way way : links.ways()) {
            add(way.from(), new Step(way.to(), path, way.line()));
          }
          links.functions().forEach(this::method);
          links.functions().forEach(this::named);
        });
  }

  private void add(String from, Step step) {
    if (count++ < MAX_WAYS) {
      steps.computeIfAbsent(from, _ -> new ArrayList<>()).add(step);
    }
  }

  private void named(String function) {
    names.add(function.substring(function.lastIndexOf(':') + 1));
  }

  private void method(String function) {
    int at = function.indexOf("::");
    if (at > 0) {
      String name = function.substring(at + 2);
      methods.computeIfAbsent(name, _ -> new HashSet<>()).add(function);
    }
  }

  /// Finds files of credentials and the environment that tests send.
  public List<Found> ofTests() {
    return new DisclosingCalls(this).find(true).stream().limit(MAX_FOUND).toList();
  }

  /// Finds the flows that make findings, except those of tests.
  public List<Found> find() {
    List<Found> all = new ArrayList<>();
    new DisclosingCalls(this).find(false).stream().limit(MAX_FOUND).forEach(all::add);
    search(ValueLinks.RECEIVED, ValueLinks.RUN, Kind.RUN, all);
    search(ValueLinks.RECEIVED, ValueLinks.PAID, Kind.PAID, all);
    return all;
  }

  /// Returns the flow sources that begin with a prefix, sorted.
  List<String> sources(String prefix) {
    return steps.keySet().stream().filter(from -> from.startsWith(prefix)).sorted().toList();
  }

  /// Returns the constants that are named like addresses and whose declaration was not seen.
  List<String> undeclared() {
    Set<String> declared = new HashSet<>();
    steps.forEach(
        (from, to) -> {
          if (from.startsWith("h ") || from.equals(ValueLinks.NO_HOST)) {
            to.forEach(step -> declared.add(step.to()));
          }
        });
    return sources("s ").stream()
        .filter(name -> !declared.contains(name) && ADDRESS.matcher(name).find())
        .toList();
  }

  /// Returns the calls that send and that flows from a source reach. The keys consist of kind, path
  /// and line.
  Map<String, Arrival> arrivals(String source) {
    Map<String, String> before = new HashMap<>();
    Map<String, Arrival> all = new TreeMap<>();
    Map<String, Integer> depths = new HashMap<>(Map.of(source, 0));
    Deque<String> open = new ArrayDeque<>(List.of(source));
    before.put(source, "");
    while (!open.isEmpty()) {
      String from = open.remove();
      int depth = depths.computeIfAbsent(from, f -> 1 + depths.getOrDefault(before.get(f), 0));
      List<Step> next = depth > MAX_DEPTH ? List.of() : steps.getOrDefault(from, List.of());
      for (Step step : next) {
        if (ValueLinks.call(step.to())) {
          String call = "%s %s:%07d".formatted(step.to().charAt(0), step.path(), step.line());
          if (!all.containsKey(call)) {
            all.put(call, new Arrival(step.path(), step.line(), says(from, before)));
          }
        } else {
          go(from, step, before, open);
        }
      }
    }
    return all;
  }

  private void go(String from, Step step, Map<String, String> before, Deque<String> open) {
    for (String to : meant(step.to())) {
      if (before.putIfAbsent(to, from) == null) {
        open.add(to);
      }
    }
  }

  private void search(String source, String sink, Kind kind, List<Found> all) {
    Map<String, String> before = new HashMap<>();
    Map<String, Found> found = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(source));
    before.put(source, "");
    while (!open.isEmpty()) {
      String from = open.remove();
      for (Step step : steps.getOrDefault(from, List.of())) {
        if (step.to().equals(sink) && !from.equals(source)) {
          String place = "%s:%07d".formatted(step.path(), step.line());
          found.putIfAbsent(place, new Found(kind, step.path(), step.line(), says(from, before)));
        } else {
          go(from, step, before, open);
        }
      }
    }
    found.values().stream().limit(MAX_FOUND).forEach(all::add);
  }

  /// Returns the locations that a location may mean: a method is known by its name only.
  private List<String> meant(String place) {
    List<String> all = new ArrayList<>(List.of(place));
    String[] parts = place.split(" ", 3);
    boolean plain = parts[0].equals("p") && parts[1].matches("[a-z_][a-z0-9_]*");
    if (plain && !names.contains(parts[1])) {
      all.add(ValueLinks.INDIRECT);
    }
    if (parts[0].equals("p") && parts[1].startsWith(".")) {
      for (String function : alike(parts[1].substring(1))) {
        all.add("p " + function + " " + parts[2]);
      }
    } else if (parts[0].equals("r") && parts[1].contains("::")) {
      String name = parts[1].substring(parts[1].indexOf("::") + 2);
      if (!alike(name).isEmpty()) {
        all.add("r ." + name);
      }
    }
    return all;
  }

  private Set<String> alike(String name) {
    Set<String> all = methods.getOrDefault(name, Set.of());
    return all.size() > MAX_ALIKE ? Set.of() : all;
  }

  private static String says(String last, Map<String, String> before) {
    var out = new StringBuilder();
    String at = last;
    for (int i = 0; !at.isEmpty() && i < MAX_SAID; i++) {
      out.insert(0, shown(at) + (i == 0 ? "" : " > "));
      at = before.getOrDefault(at, "");
    }
    return out.toString();
  }

  /// Returns a location in words.
  private static String shown(String place) {
    String[] parts = place.split(" ", 3);
    return switch (parts[0]) {
      case "p" -> "argument %d of %s".formatted(Integer.parseInt(parts[2]) + 1, parts[1]);
      case "r" -> "result of " + parts[1];
      case "f", "t", "s", "e" -> parts[1];
      case "c" -> "channel of " + parts[1];
      default -> place;
    };
  }
}
