package lazaret.vetting.inspect;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.manifest.CrateTargets;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.SourceFacts;
import lazaret.vetting.inspect.source.SourceFacts.Trait;
import lazaret.vetting.inspect.source.SourceReference;
import lazaret.vetting.inspect.source.SourceReference.Kind;
import lazaret.vetting.inspect.trust.CrateTrust;
import org.jspecify.annotations.Nullable;

/// The sources of one crate, and the places in which they run. A source counts as code of the crate
/// unless only the build script or a test pulls it in. Not thread-safe.
final class CrateSources {
  private static final Set<String> TEST_FOLDERS =
      Set.of("tests", "benches", "examples", "fuzz", "benchmarks", "bench", "test", "example");
  private static final Set<String> TEST_DATA =
      Set.of("testdata", "test-data", "test_data", "fixtures", "testfiles", "corpus", "snapshots");

  /// The number of characters of facts that are kept, ten times those of any good crate. Without
  /// the limit, a thousand sources that compress well could claim gigabytes.
  private static final long MAX_WEIGHT = 16 << 20;

  private static final Set<Kind> SOURCES = Set.of(Kind.SOURCE, Kind.NAMED_SOURCE, Kind.TEST_SOURCE);
  private static final Set<Kind> ALL_DATA = Set.of(Kind.DATA, Kind.TEST_DATA);

  private final Set<String> files = new HashSet<>();
  private final Map<String, SourceFacts> sources = new TreeMap<>();
  private final CrateTrust trust = new CrateTrust();
  private long weight;

  /// Returns the random numbers and keys on which the sources rely.
  CrateTrust trust() {
    return trust;
  }

  /// Adds any file of the crate.
  void file(String path) {
    files.add(path);
  }

  /// Adds the facts of a source.
  void source(String path, SourceFacts facts) {
    SourceFacts before = sources.put(path, facts);
    weight += facts.weight() - (before == null ? 0 : before.weight());
  }

  /// Returns whether the facts of the sources have reached the memory limit.
  boolean full() {
    return weight > MAX_WEIGHT;
  }

  Map<String, SourceFacts> all() {
    return sources;
  }

  /// Returns whether a path is among tests, examples and benchmarks, or their data.
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

  /// Returns the unread files that sources pull in as Rust.
  Set<String> unreadSources() {
    Set<String> unread = new TreeSet<>();
    sources.values().forEach(facts -> unread(facts, SOURCES, unread));
    return unread;
  }

  /// Returns the unread files that sources pull in as data. Those of tests count only if tests run.
  Set<String> unreadData(CrateTargets targets) {
    boolean testsRun = testSwitch(targets).isPresent();
    Set<String> build = reached(targets.build(), true);
    Set<String> code = reached(targets.code(), testsRun);
    Set<String> unread = new TreeSet<>();
    sources.forEach(
        (path, facts) -> {
          boolean runs = build.contains(path) || code.contains(path);
          if (runs || !amongTests(path)) {
            boolean tests = testsRun || build.contains(path);
            unread(facts, tests ? ALL_DATA : Set.of(Kind.DATA), unread);
          }
        });
    return unread;
  }

  private void unread(SourceFacts facts, Set<Kind> wanted, Set<String> unread) {
    for (SourceReference reference : facts.references()) {
      if (wanted.contains(reference.kind())) {
        reference.candidates().stream()
            .filter(path -> files.contains(path) && !sources.containsKey(path))
            .forEach(unread::add);
      }
    }
  }

  /// Returns the roots and the sources they pull in whose tokens have not been hashed.
  Set<String> withoutFingerprint(Collection<String> roots) {
    Set<String> all = reached(roots, true);
    all.removeIf(path -> !SourceFacts.NO_TOKENS.equals(tokens(path)));
    return all;
  }

  private @Nullable Sha256 tokens(String path) {
    SourceFacts facts = sources.get(path);
    return facts == null ? null : facts.tokens();
  }

  /// Returns whether a source has a capability anywhere.
  boolean shows(String path, Capability what) {
    SourceFacts facts = sources.get(path);
    return facts != null && facts.shows(what);
  }

  /// Returns whether the crate has a file of that path.
  boolean holds(String path) {
    return files.contains(path);
  }

  /// Returns whether the crate has a file of that name outside of tests and their data.
  boolean holdsNamed(String name) {
    return files.stream()
        .anyMatch(
            path ->
                path.endsWith(name)
                    && (path.length() == name.length()
                        || path.charAt(path.length() - name.length() - 1) == '/')
                    && !amongTests(path));
  }

  /// A line of a source.
  record Line(String path, int line) {}

  /// Returns the place in which the build script names the `test` option that it makes the compiler
  /// set, or empty if it sets none.
  Optional<Line> testSwitch(CrateTargets targets) {
    Set<String> build = reached(targets.build(), true);
    Optional<Line> set = Optional.empty();
    boolean sets = false;
    for (String path : build) {
      SourceFacts facts = sources.get(path);
      if (facts != null) {
        sets |= facts.has(Trait.SETS_CFG);
        Integer line = facts.traits().get(Trait.NAMES_TEST);
        if (line != null && set.isEmpty()) {
          set = Optional.of(new Line(path, line));
        }
      }
    }
    return sets ? set : Optional.empty();
  }

  /// Returns whether a source imports macros of other crates for all sources.
  boolean importsMacros() {
    return sources.values().stream().anyMatch(facts -> facts.has(Trait.IMPORTS_MACROS));
  }

  /// Returns the roots and the sources they pull in, directly or not.
  ///
  /// @param tests whether sources count that only tests pull in
  private Set<String> reached(Collection<String> roots, boolean tests) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String path = open.remove();
      SourceFacts facts = sources.get(path);
      if (facts == null || !reached.add(path)) {
        continue;
      }
      for (SourceReference reference : facts.references()) {
        if (follows(reference.kind(), facts, tests)) {
          reference.candidates().stream().flatMap(this::meant).forEach(open::add);
        }
      }
    }
    return reached;
  }

  private static boolean follows(Kind kind, SourceFacts facts, boolean tests) {
    return switch (kind) {
      case SOURCE, NAMED_SOURCE, DATA -> true;
      case TEST_SOURCE, TEST_DATA -> tests;
      // If names are composed, a mentioned file may be a source.
      case MENTION -> facts.has(Trait.COMPUTES_NAMES);
      case TEST_MENTION -> tests && facts.has(Trait.COMPUTES_NAMES);
    };
  }

  /// Returns the sources that a candidate names: all modules of a folder if it ends with a slash.
  private Stream<String> meant(String candidate) {
    if (!candidate.isEmpty() && !candidate.endsWith("/")) {
      return Stream.of(candidate);
    }
    return sources.keySet().stream()
        .filter(path -> path.startsWith(candidate) && isModule(path.substring(candidate.length())));
  }

  private static boolean isModule(String below) {
    int slash = below.indexOf('/');
    return below.endsWith(".rs") && (slash < 0 || below.substring(slash).equals("/mod.rs"));
  }

  private Set<String> testRoots() {
    Set<String> roots = new TreeSet<>();
    for (Map.Entry<String, SourceFacts> source : sources.entrySet()) {
      for (SourceReference reference : source.getValue().references()) {
        if (reference.kind() == Kind.TEST_SOURCE) {
          roots.addAll(reference.candidates());
        }
      }
    }
    return roots;
  }

  /// Sorts the sources by the place in which they run. One source can run in several places.
  Map<ExecutionContext, Set<String>> contexts(CrateTargets targets) {
    Set<String> build = reached(targets.build(), true);
    boolean testsRun = testSwitch(targets).isPresent();
    Set<String> tests = testsRun ? Set.of() : reached(testRoots(), true);
    Set<String> roots = new TreeSet<>(targets.code());
    roots.addAll(mentionedBy(build));
    Set<String> code = reached(roots, testsRun);
    Set<String> aside = aside(targets, build, code);
    sources.keySet().stream()
        .filter(path -> !build.contains(path) && !tests.contains(path))
        .filter(path -> !amongTests(path) && !aside.contains(path))
        .forEach(roots::add);
    code = reached(roots, testsRun);
    ExecutionContext home = targets.procMacro() ? ExecutionContext.MACRO : ExecutionContext.RUNTIME;
    Map<ExecutionContext, Set<String>> places = new EnumMap<>(ExecutionContext.class);
    for (String path : sources.keySet()) {
      if (build.contains(path)) {
        add(places, ExecutionContext.BUILD, path);
      }
      if (code.contains(path)) {
        add(places, home, path);
      } else if (!build.contains(path)) {
        boolean test = tests.contains(path) || amongTests(path) || aside.contains(path);
        add(places, test ? ExecutionContext.TEST : home, path);
      }
    }
    return places;
  }

  /// Returns the sources that build scripts name without pulling them in. The scripts may make
  /// modules of them.
  private Set<String> mentionedBy(Set<String> build) {
    Set<String> mentioned = new TreeSet<>();
    for (String path : build) {
      SourceFacts facts = sources.get(path);
      if (facts != null) {
        for (SourceReference reference : facts.references()) {
          if (reference.kind() == Kind.MENTION || reference.kind() == Kind.TEST_MENTION) {
            mentioned.addAll(reference.candidates());
          }
        }
      }
    }
    mentioned.removeIf(path -> !path.endsWith(".rs") || build.contains(path));
    return mentioned;
  }

  /// Returns the sources outside of all targets and their module folders: scripts for those who
  /// work on the crate. None if file names are computed, because the reached sources are then not
  /// known.
  private Set<String> aside(CrateTargets targets, Set<String> build, Set<String> code) {
    Set<String> running = new TreeSet<>(build);
    running.addAll(code);
    Set<String> named = new TreeSet<>();
    for (String path : running) {
      SourceFacts facts = sources.get(path);
      if (facts == null
          || facts.has(Trait.COMPUTES_NAMES)
          || facts.has(Trait.NAMES_MANY)
          || !facts.whole()) {
        return Set.of();
      }
      facts.references().forEach(reference -> named.addAll(reference.candidates()));
    }
    Set<String> aside = new TreeSet<>(sources.keySet());
    aside.removeAll(running);
    aside.removeAll(named);
    aside.removeIf(path -> path.indexOf('/') < 0 || targets.besideCode(path));
    return aside;
  }

  private static void add(
      Map<ExecutionContext, Set<String>> places, ExecutionContext place, String path) {
    places.computeIfAbsent(place, _ -> new TreeSet<>()).add(path);
  }

  /// Returns the hash of the tokens of some sources, in order.
  Sha256 fingerprint(Set<String> paths) {
    var hasher = new Sha256.Hasher();
    for (String path : paths) {
      SourceFacts facts = all().get(path);
      if (facts != null) {
        hasher.update(facts.tokens().bytes(), 0, Sha256.LENGTH);
      }
    }
    return hasher.finish();
  }
}
