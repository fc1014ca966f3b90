package lazaret.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of a run.
///
/// @param quick whether rounds are fewer and shorter, the large sets smaller, and cases of 64
///   connections omitted
/// @param recording whether tables of pages are written; that of speed is measured three times
/// @param groups groups to measure
record Options(boolean quick, boolean recording, Set<Group> groups) {
  private static final String GATE = "gate";

  /// Another name of the group of signed inspection results.
  private static final List<String> COLD_RESULTS = List.of("cold", "--results");

  /// The groups that can be named on the command line.
  enum Group {
    INDEX("index files of 5 KB and 100 KB, HTTP/1.1"),
    NOT_MODIFIED("responses to a validator that is still valid"),
    GZIP("index files of 100 KB, compressed"),
    ARTIFACT("artifacts from the cache, HTTP/1.1"),
    H2C("HTTP/2 in clear text"),
    TLS("HTTP/2 and HTTP/1.1 over TLS 1.3"),
    TOUCH("artifacts requested for the first time after a start"),
    TRACES("processor time of a request without traces, with 1 % and with all of them"),
    MIX("1,000 clients with a mix at a constant rate: latency and resident memory"),
    MEMORY("resident memory: idle, after the load, with 4,000 idle connections"),
    CLIENTS("40 cold clients at once: requests upstream"),
    START("start to the first response"),
    RESULTS("cargo fetch through an empty mirror with signed inspection results"),
    FETCH("cargo fetch of the shared projects"),
    SANDBOX("start, build and fetch in the sandbox, compared with the same outside"),
    INSPECT("artifacts inspected in a second, and rescanned for new indicators"),
    METRICS("counting a response and writing a scrape, former code and client library"),
    REJUDGE("3 million versions re-evaluated with two feeds"),
    SCALE("queries to a store of 170,000 crates, kept in bench/target for the next run"),
    DESK("pages of the desk on a store of 170,000 crates, kept in bench/target for the next run"),
    FOLLOW("simulation of following a registry of 170,000 crates, on RocksDB and PostgreSQL"),
    CLUSTER("one, two and three servers on one PostgreSQL, compared with one on RocksDB"),
    VERIFY("vetting-cli verify of 1,000 packages, compared with cargo-audit"),
    BUNDLE("export, check and import of bundles, compared with tar, cp and sha256sum"),
    SIGNALS("signals of the artifacts of the shared slice");

    private final String about;

    Group(String about) {
      this.about = about;
    }

    String word() {
      return this == NOT_MODIFIED ? "304" : name().toLowerCase(Locale.ROOT);
    }
  }

  /// Returns the groups of the word `gate`, whose figures clients of the gate notice first.
  private static Set<Group> gate() {
    return EnumSet.of(
        Group.INDEX,
        Group.NOT_MODIFIED,
        Group.GZIP,
        Group.ARTIFACT,
        Group.H2C,
        Group.TLS,
        Group.TOUCH,
        Group.START);
  }

  /// Returns the groups of the table of speed.
  private static Set<Group> recorded() {
    Set<Group> groups = gate();
    groups.addAll(
        EnumSet.of(
            Group.MIX,
            Group.MEMORY,
            Group.FETCH,
            Group.INSPECT,
            Group.REJUDGE,
            Group.VERIFY,
            Group.BUNDLE));
    return groups;
  }

  /// Parses a command line; returns null if it requests help or is invalid.
  static @Nullable Options parse(List<String> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst().equals("--record")) {
      return recording(arguments.subList(1, arguments.size()));
    }
    if (arguments.equals(COLD_RESULTS)) {
      return new Options(false, false, EnumSet.of(Group.RESULTS));
    }
    boolean quick = false;
    var groups = EnumSet.noneOf(Group.class);
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
        continue;
      }
      if (argument.equals(GATE)) {
        groups.addAll(gate());
        continue;
      }
      List<Group> named = new ArrayList<>();
      for (Group group : Group.values()) {
        if (group.word().equals(argument)) {
          named.add(group);
        }
      }
      if (named.isEmpty()) {
        return null;
      }
      groups.addAll(named);
    }
    return new Options(quick, false, groups.isEmpty() ? EnumSet.allOf(Group.class) : groups);
  }

  /// Parses what is recorded: the table of speed, unless cases with a table of their own are named.
  private static @Nullable Options recording(List<String> names) {
    if (names.isEmpty()) {
      return new Options(false, true, recorded());
    }
    var groups = EnumSet.noneOf(Group.class);
    for (Group group : EnumSet.of(Group.FOLLOW, Group.CLUSTER)) {
      if (names.contains(group.word())) {
        groups.add(group);
      }
    }
    return groups.size() == names.size() ? new Options(false, true, groups) : null;
  }

  static String usage() {
    var out = new StringBuilder("usage: bin/bench [--quick] [CASE...]\n");
    out.append("       bin/bench cold --results    (the case results)\n");
    out.append("       bin/bench --record [follow] [cluster]\n\n");
    out.append("Measures the mirror against nginx serving the same bytes, on loopback.\n");
    out.append("--quick: shorter rounds and smaller sets\n");
    out.append("--record: measures the table of docs/performance.md three times and writes it,\n");
    out.append("  for more than an hour, on a machine without other work\n");
    out.append("--record follow: measures the table of docs/scale.md and writes it\n");
    out.append("--record cluster: the same for several servers in docs/performance.md\n\n");
    out.append("CASE, all by default:\n");
    out.append(String.format(Locale.ROOT, "  %-13s %s%n", GATE, "from index to touch, and start"));
    for (Group group : Group.values()) {
      out.append(String.format(Locale.ROOT, "  %-13s %s%n", group.word(), group.about));
    }
    return out.toString();
  }

  boolean has(Group group) {
    return groups.contains(group);
  }

  /// Returns whether a mirror under load is needed.
  boolean hasLoad() {
    return groups.stream().anyMatch(g -> g.compareTo(Group.MEMORY) <= 0);
  }

  /// Returns whether other servers and load generators are needed.
  boolean needsTools() {
    return groups.stream().anyMatch(g -> g.compareTo(Group.FETCH) <= 0);
  }

  int rounds() {
    return quick ? 2 : 5;
  }

  int seconds() {
    return quick ? 1 : 3;
  }
}
