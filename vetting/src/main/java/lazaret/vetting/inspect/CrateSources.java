package lazaret.vetting.inspect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.Reference;
import lazaret.vetting.inspect.source.Reference.Kind;
import lazaret.vetting.inspect.source.SourceFacts;
import org.jspecify.annotations.Nullable;

/// The sources of one crate, and which of them run where. A source that neither the build script
/// nor a test alone pulls in counts as code of the crate, whether something pulls it in or not. Not
/// thread-safe.
final class CrateSources {
  private static final Set<String> TEST_FOLDERS =
      Set.of("tests", "benches", "examples", "fuzz", "benchmarks", "bench", "test", "example");
  private static final Set<String> TEST_DATA =
      Set.of("testdata", "test-data", "test_data", "fixtures", "testfiles", "corpus", "snapshots");

  /// How many characters of what sources show are kept, ten times what any good crate has: a
  /// thousand sources that compress to nothing could claim gigabytes.
  private static final long MAX_WEIGHT = 16 << 20;

  private final Set<String> files = new HashSet<>();
  private final Map<String, SourceFacts> sources = new TreeMap<>();
  private long weight;

  /// Adds any file of the crate.
  void file(String path) {
    files.add(path);
  }

  /// Adds what a source shows.
  void source(String path, SourceFacts facts) {
    SourceFacts before = sources.put(path, facts);
    weight += facts.weight() - (before == null ? 0 : before.weight());
  }

  /// Returns whether what the sources show takes as much memory as it may.
  boolean full() {
    return weight > MAX_WEIGHT;
  }

  Map<String, SourceFacts> all() {
    return sources;
  }

  /// Returns whether a path lies among tests, examples and benchmarks, or their data.
  static boolean amongTests(String path) {
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      String folder = path.substring(from, slash);
      if (TEST_FOLDERS.contains(folder) || TEST_DATA.contains(folder)) {
        return true;
      }
      from = slash + 1;
    }
    return false;
  }

  /// Returns the files that sources pull in and nobody has read yet.
  Set<String> unread(Kind... kinds) {
    Set<Kind> wanted = Set.of(kinds);
    Set<String> unread = new TreeSet<>();
    for (Map.Entry<String, SourceFacts> source : sources.entrySet()) {
      for (Reference reference : source.getValue().references()) {
        boolean testData = reference.kind() == Kind.DATA && amongTests(source.getKey());
        if (wanted.contains(reference.kind()) && !testData) {
          reference.candidates().stream()
              .filter(path -> files.contains(path) && !sources.containsKey(path))
              .forEach(unread::add);
        }
      }
    }
    return unread;
  }

  /// Returns what build scripts pull in and whose tokens were not hashed.
  Set<String> withoutFingerprint(List<String> buildRoots) {
    Set<String> all = reached(buildRoots);
    all.removeIf(path -> !SourceFacts.NO_TOKENS.equals(tokens(path)));
    return all;
  }

  private @Nullable Sha256 tokens(String path) {
    SourceFacts facts = sources.get(path);
    return facts == null ? null : facts.tokens();
  }

  /// Returns whether a source shows a capability anywhere.
  boolean shows(String path, Capability what) {
    SourceFacts facts = sources.get(path);
    return facts != null && (facts.code().has(what) || facts.test().has(what));
  }

  /// Returns whether the crate has such a file.
  boolean holds(String path) {
    return files.contains(path);
  }

  /// Returns the sources that some pull in, themselves included, tests left out.
  Set<String> reached(List<String> roots) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String path = open.remove();
      SourceFacts facts = sources.get(path);
      if (facts == null || !reached.add(path)) {
        continue;
      }
      for (Reference reference : facts.references()) {
        if (reference.kind() != Kind.TEST_SOURCE && reference.kind() != Kind.MENTION) {
          open.addAll(reference.candidates());
        }
      }
    }
    return reached;
  }

  private Set<String> testRoots() {
    Set<String> roots = new TreeSet<>();
    for (Map.Entry<String, SourceFacts> source : sources.entrySet()) {
      for (Reference reference : source.getValue().references()) {
        if (reference.kind() == Kind.TEST_SOURCE) {
          roots.addAll(reference.candidates());
        }
      }
    }
    return roots;
  }

  /// Sorts the sources by where they run. One source can run in several places.
  ///
  /// @param buildRoots where build scripts begin
  /// @param targets where library and programs begin
  /// @param procMacro whether the library runs in the compiler
  Map<Place, Set<String>> places(List<String> buildRoots, List<String> targets, boolean procMacro) {
    Set<String> build = reached(buildRoots);
    Set<String> crate = reached(targets);
    Set<String> tests = reached(List.copyOf(testRoots()));
    Place home = procMacro ? Place.MACRO : Place.RUNTIME;
    Map<Place, Set<String>> places = new EnumMap<>(Place.class);
    for (String path : sources.keySet()) {
      if (build.contains(path)) {
        add(places, Place.BUILD, path);
      }
      if (crate.contains(path)) {
        add(places, home, path);
      } else if (!build.contains(path)) {
        boolean test = tests.contains(path) || amongTests(path);
        add(places, test ? Place.TEST : home, path);
      }
    }
    return places;
  }

  private static void add(Map<Place, Set<String>> places, Place place, String path) {
    places.computeIfAbsent(place, _ -> new TreeSet<>()).add(path);
  }
}
