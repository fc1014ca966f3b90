package lazaret.bench.evaluation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.testkit.Dependency;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.rules.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.Publisher;
import lazaret.vetting.takeover.TakeoverDetector;
import lazaret.vetting.takeover.TakeoverSignal;

/// A release story: crates with their versions over time, and the requested version. The gate is
/// assumed to have stored the crates from the start, so that it saw the yanks.
final class ReleaseStory {
  private final Path folder;
  private final TomlView text;
  private final Instant now;
  private final Map<String, StoredCrate> crates = new LinkedHashMap<>();

  /// @param folder folder with a `story.toml`
  ReleaseStory(Path folder) {
    this.folder = folder;
    this.text = TomlView.of(FixtureCrate.read(folder.resolve("story.toml")));
    this.now = Instant.parse(text.need("now"));
    for (TomlView crate : text.tables("crate")) {
      StoredCrate held = held(crate);
      crates.put(held.name().collisionKey(), held);
    }
  }

  /// Returns the outcome of the version. It rests on its related crates and past, on its yanks, on
  /// the inspection of its files, and on capabilities that the previous version lacks.
  Outcome outcome() {
    TomlView subject = text.inner("subject").orElseThrow(IllegalArgumentException::new);
    String version = subject.need("version");
    CrateName name = CrateName.parse(subject.need("name"));
    StoredCrate crate = Optional.ofNullable(crates.get(name.collisionKey())).orElseThrow();
    StoredLine line =
        crate.lines().stream()
            .filter(l -> l.entry().version().text().equals(version))
            .findFirst()
            .orElseThrow();
    var history = new CrateHistory(crate, Set.of(), Set.of(), publishers(name));
    Outcome outcome = cooldown(line);
    for (TakeoverSignal sign :
        new TakeoverDetector(history, new StoryRelatedCrates(crates))
            .signals(line, MinHashSketch.NONE, now)) {
      outcome = outcome.and(new Outcome(level(sign.weight()), Set.of(sign.code().code())));
    }
    if (YankWave.of(crate).part(line) == YankWave.Role.PUBLISHED) {
      outcome = outcome.and(new Outcome(Outcome.Level.REVIEW, Set.of("yank-wave")));
    }
    return outcome.and(content(name, version, history.base(line, now)));
  }

  private Outcome content(CrateName name, String version, Optional<StoredLine> base) {
    Path own = source(name, version).orElse(null);
    if (own == null) {
      return Outcome.CLEAN;
    }
    var findings = FixtureCrate.inspect(own);
    Outcome outcome = Outcome.of(findings);
    Path before = base.flatMap(line -> source(name, line.entry().version().text())).orElse(null);
    if (before != null) {
      CapabilityDelta delta = CapabilityDelta.between(FixtureCrate.inspect(before), findings);
      outcome = outcome.and(Outcome.of(delta.signals()));
    }
    return outcome;
  }

  /// Returns a wait for a version younger than the shortest cooldown.
  private Outcome cooldown(StoredLine line) {
    Duration age = Duration.between(line.ageFrom(), now);
    return age.compareTo(Policy.DEFAULT.cooldown()) < 0
        ? new Outcome(Outcome.Level.WAIT, Set.of("cooldown"))
        : Outcome.CLEAN;
  }

  private static Outcome.Level level(TakeoverSignal.Weight weight) {
    return switch (weight) {
      case NOTE -> Outcome.Level.NOTE;
      case HOLD -> Outcome.Level.WAIT;
      case REVIEW -> Outcome.Level.REVIEW;
    };
  }

  private TomlView crate(CrateName name) {
    return text.tables("crate").stream()
        .filter(c -> c.need("name").equals(name.published()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Path> source(CrateName name, String version) {
    return crate(name).tables("version").stream()
        .filter(v -> v.need("num").equals(version))
        .findFirst()
        .flatMap(v -> v.text("source"))
        .map(folder::resolve);
  }

  private Map<String, Publisher> publishers(CrateName name) {
    return crate(name).tables("version").stream()
        .filter(v -> v.text("published_by").isPresent())
        .collect(
            Collectors.toMap(v -> v.need("num"), v -> new Publisher(v.need("published_by"), null)));
  }

  private StoredCrate held(TomlView crate) {
    CrateName name = CrateName.parse(crate.need("name"));
    List<String> lines = new ArrayList<>();
    for (TomlView version : crate.tables("version")) {
      lines.add(line(name, version));
    }
    IndexFile file =
        IndexFile.parse(name, Bytes.utf8(String.join("\n", lines) + "\n"), IndexLimits.DEFAULT);
    List<StoredLine> held = new ArrayList<>();
    for (TomlView version : crate.tables("version")) {
      held.add(
          file.entries().stream()
              .filter(e -> e.version().text().equals(version.need("num")))
              .findFirst()
              .map(
                  e ->
                      new StoredLine(
                          e,
                          null,
                          Instant.parse(version.need("published")),
                          null,
                          version.text("yanked_at").map(Instant::parse).orElse(null),
                          null,
                          null))
              .orElseThrow());
    }
    return new StoredCrate(name, held, List.of());
  }

  private static String line(CrateName name, TomlView version) {
    var line =
        IndexLineBuilder.line(name.published(), version.need("num"))
            .cksum(Sha256.of(Bytes.utf8(name + version.need("num"))))
            .yanked(version.text("yanked").equals(Optional.of("true")))
            .pubtime(Instant.parse(version.need("published")));
    for (TomlView dependency : version.tables("dependencies")) {
      line.dep(dependency(dependency));
    }
    return line.build();
  }

  private static Dependency dependency(TomlView text) {
    String crate = text.text("package").orElse(text.need("name"));
    Dependency made =
        Dependency.on(text.text("alias").orElse(text.need("name")), text.need("req"))
            .as(DependencyKind.valueOf(text.need("kind").toUpperCase(Locale.ROOT)));
    if (!crate.equals(made.name())) {
      made = made.renaming(crate);
    }
    if (text.text("optional").equals(Optional.of("true"))) {
      made = made.whenWanted();
    }
    return text.text("target").isPresent() ? made.forTarget(text.need("target")) : made;
  }
}
