package lazaret.vetting.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.takeover.TakeoverSignal.Code;
import lazaret.vetting.takeover.TakeoverSignal.Weight;
import org.jspecify.annotations.Nullable;

/// A detector of signs in one version that its crate or account was hijacked: new dependencies, its
/// number, its name, its publisher.
///
/// Only young versions have signs. A dependency is published before its dependents, so an older
/// version has no young dependency. A hijack that was not noticed by then is left to inspection,
/// audits and feeds. This bounds the work, and every sign ends with time.
///
/// Keeps computed values; thread-safe if the state of other crates that it is given is.
public final class TakeoverDetector {
  /// The minimum age of a crate whose versions are served without a review. It is twice the
  /// cooldown, since no users of an earlier version could have noticed a problem.
  public static final Duration NEW_CRATE_WAIT = Duration.ofDays(14);

  /// The minimum major number that makes a first release suspicious. Private crates of the same
  /// name have lower ones, which dependency confusion relies on.
  public static final long FIRST_MAJOR = 9;

  /// The minimum rise of the major number that is a sign.
  public static final long MAJOR_STEP = 10;

  /// The maximum number of new dependencies of a version that are considered. A version with more
  /// is judged by these.
  public static final int MAX_NEW_DEPENDENCIES = 64;

  /// The fraction of common source above which a crate is a near clone. Of 187,000 pairs of honest
  /// crates, one fork and one split have more.
  public static final double CLONE = 0.5;

  private final CrateHistory history;
  private final RelatedCrates relatedCrates;
  private final Optional<Instant> firstPublished;
  private final List<Instant> times;

  /// Time of the first version of each account.
  private final Map<String, Instant> accounts = new HashMap<>();

  private volatile @Nullable Baseline baseline;

  /// Creates a detector for one crate.
  ///
  /// @param history versions and decisions of the crate
  /// @param relatedCrates state of other crates
  public TakeoverDetector(CrateHistory history, RelatedCrates relatedCrates) {
    this.history = history;
    this.relatedCrates = relatedCrates;
    this.firstPublished = CrateHistory.firstPublished(history.crate());
    this.times = CrateHistory.publishTimes(history.crate());
    if (!history.publishers().isEmpty()) {
      history.crate().lines().forEach(this::noteAccount);
    }
  }

  private void noteAccount(StoredLine line) {
    Publisher publisher = history.publishers().get(line.entry().version().text());
    String account = publisher == null ? null : publisher.account();
    if (account != null) {
      accounts.merge(account, line.ageFrom(), (a, b) -> a.isBefore(b) ? a : b);
    }
  }

  private Baseline baseline(Instant now) {
    Baseline known = baseline;
    if (known == null || !known.covers(now)) {
      known = Baseline.at(history, now);
      baseline = known;
    }
    return known;
  }

  /// Returns the signs of a version, the gravest first, or empty if it is not young.
  ///
  /// @param source source profile of the version; [MinHashSketch#NONE] if it was not inspected
  public List<TakeoverSignal> signals(StoredLine line, MinHashSketch source, Instant now) {
    if (!CrateHistory.young(line, now)) {
      return List.of();
    }
    Analysis run = new Analysis(line, source, now, baseline(now));
    run.newDependencies();
    run.youngCrate();
    run.versionJump();
    run.revived();
    run.publisher();
    run.found.sort((a, b) -> b.weight().compareTo(a.weight()));
    return List.copyOf(run.found);
  }

  /// Returns the dependencies to build or to run that the version has and its base does not. There
  /// is one for each crate, at most [#MAX_NEW_DEPENDENCIES]; empty if the version is not young.
  /// Their crates must be stored before the version is evaluated.
  public List<IndexDependency> newDependencies(StoredLine line, Instant now) {
    return CrateHistory.young(line, now)
        ? added(line, baseline(now).base(line).orElse(null))
        : List.of();
  }

  private static List<IndexDependency> added(StoredLine line, @Nullable StoredLine base) {
    Set<String> before = new HashSet<>();
    before.add(line.entry().name().collisionKey());
    if (base != null) {
      used(base).forEach(d -> before.add(d.packageName().collisionKey()));
    }
    Map<String, IndexDependency> added = new LinkedHashMap<>();
    for (IndexDependency dependency : used(line)) {
      String key = dependency.packageName().collisionKey();
      if (!before.contains(key) && added.size() < MAX_NEW_DEPENDENCIES) {
        added.merge(key, dependency, TakeoverDetector::stronger);
      }
    }
    return List.copyOf(added.values());
  }

  private static List<IndexDependency> used(StoredLine line) {
    return line.entry().deps().stream().filter(d -> d.kind() != DependencyKind.DEV).toList();
  }

  /// Returns the more significant of two dependencies on one crate: build before other kinds,
  /// required before optional.
  private static IndexDependency stronger(IndexDependency one, IndexDependency other) {
    if (one.kind() != other.kind()) {
      return one.kind() == DependencyKind.BUILD ? one : other;
    }
    return one.optional() && !other.optional() ? other : one;
  }

  private final class Analysis {
    private final StoredLine line;
    private final MinHashSketch source;
    private final Instant now;
    private final Baseline vetted;
    private final @Nullable StoredLine base;
    private final Instant oldEnough;
    private final List<TakeoverSignal> found = new ArrayList<>();

    Analysis(StoredLine line, MinHashSketch source, Instant now, Baseline vetted) {
      this.line = line;
      this.source = source;
      this.now = now;
      this.vetted = vetted;
      this.base = vetted.base(line).orElse(null);
      this.oldEnough = line.ageFrom().plus(CrateHistory.YOUTH);
    }

    private void add(Code code, Weight weight, String detail, Instant until) {
      found.add(
          new TakeoverSignal(code, weight, detail, until.isBefore(oldEnough) ? until : oldEnough));
    }

    void newDependencies() {
      for (IndexDependency dependency : added(line, base)) {
        switch (relatedCrates.relatedCrate(dependency, now)) {
          case RelatedCrate.Unknown _ ->
              add(
                  Code.NEW_DEPENDENCY_UNKNOWN,
                  Weight.HOLD,
                  newly(dependency) + ", which could not be looked up yet",
                  oldEnough);
          case RelatedCrate.Absent _ ->
              add(
                  Code.NEW_DEPENDENCY_ABSENT,
                  dependency.optional() ? Weight.NOTE : Weight.HOLD,
                  newly(dependency) + ", which upstream does not have",
                  oldEnough);
          case RelatedCrate.Stored held -> known(dependency, held);
        }
      }
    }

    private void known(IndexDependency dependency, RelatedCrate.Stored held) {
      Instant first = held.firstPublished();
      Instant ends = first == null ? now : first.plus(CrateHistory.YOUTH);
      boolean young = now.isBefore(ends);
      Lookalike resembled = young ? resembled(dependency) : null;
      if (first != null && young) {
        boolean grave =
            dependency.kind() == DependencyKind.BUILD || patchRelease() || resembled != null;
        add(
            Code.NEW_DEPENDENCY_YOUNG,
            grave ? Weight.REVIEW : Weight.HOLD,
            "%s, a crate first published %s before it".formatted(newly(dependency), age(first)),
            ends);
      }
      if (resembled != null) {
        add(
            Code.NEW_DEPENDENCY_LOOKALIKE,
            Weight.REVIEW,
            "%s, whose name resembles '%s' (%s)"
                .formatted(newly(dependency), resembled.target(), resembled.rule().words()),
            ends);
      }
      if (!held.served()) {
        add(
            Code.NEW_DEPENDENCY_UNSERVED,
            Weight.HOLD,
            "%s, of which no version that matches %s is served"
                .formatted(newly(dependency), Excerpt.of(dependency.req().text())),
            oldEnough);
      }
    }

    /// Returns the established crate that a dependency's name resembles; null if there is none. A
    /// crate that splits in two names the new part after itself, which alone is not a sign.
    private @Nullable Lookalike resembled(IndexDependency dependency) {
      Lookalike found = relatedCrates.lookalike(dependency.packageName(), now).orElse(null);
      boolean companion =
          found != null
              && found.rule() == Lookalike.Rule.AFFIX
              && found.target().collisionKey().equals(line.entry().name().collisionKey());
      return companion ? null : found;
    }

    private String newly(IndexDependency dependency) {
      String how = dependency.kind() == DependencyKind.BUILD ? " to build" : "";
      String than = base == null ? "" : ", unlike " + base.entry().version().text();
      return "newly depends%s on '%s'%s".formatted(how, dependency.packageName(), than);
    }

    private boolean patchRelease() {
      if (base == null) {
        return false;
      }
      CrateVersion before = base.entry().version();
      CrateVersion version = line.entry().version();
      return before.major() == version.major()
          && before.minor() == version.minor()
          && !version.isPreRelease();
    }

    private String age(Instant first) {
      Instant published = line.entry().pubtime();
      Duration age = Duration.between(first, published == null ? line.ageFrom() : published);
      if (age.toDays() > 0) {
        return count(age.toDays(), "day");
      }
      return age.toHours() > 0
          ? count(age.toHours(), "hour")
          : count(Math.max(0, age.toMinutes()), "minute");
    }

    void youngCrate() {
      Optional<Instant> first = firstPublished;
      if (first.isEmpty()) {
        return;
      }
      Instant ends = first.get().plus(CrateHistory.YOUTH);
      boolean young = now.isBefore(ends);
      Instant served = first.get().plus(NEW_CRATE_WAIT);
      String detail = "the crate itself is new: first published " + first.get();
      if (now.isBefore(served)) {
        add(Code.YOUNG_CRATE, Weight.HOLD, detail, served);
      } else if (young) {
        add(Code.YOUNG_CRATE, Weight.NOTE, detail, ends);
      }
      relatedCrates
          .lookalike(line.entry().name(), now)
          .ifPresent(
              resembled -> {
                add(
                    Code.NAME_LOOKALIKE,
                    young ? Weight.REVIEW : Weight.NOTE,
                    "the name resembles '%s' (%s)"
                        .formatted(resembled.target(), resembled.rule().words()),
                    ends.isAfter(now) ? ends : oldEnough);
                nearClone(resembled.target());
              });
    }

    /// Adds a sign if the crate also has most of the source of the one it resembles. An honest fork
    /// differs in its name.
    private void nearClone(CrateName target) {
      double likeness = relatedCrates.likeness(source, target);
      if (likeness >= CLONE) {
        add(
            Code.NEAR_CLONE,
            Weight.REVIEW,
            "about %d %% of its statements are those of '%s', whose name it resembles"
                .formatted(Math.round(100 * likeness), target),
            oldEnough);
      }
    }

    void versionJump() {
      long major = line.entry().version().major();
      Optional<Long> highest = vetted.highestMajorBefore(line.ageFrom());
      if (highest.isEmpty()) {
        if (Long.compareUnsigned(major, FIRST_MAJOR) >= 0) {
          add(
              Code.VERSION_JUMP,
              Weight.REVIEW,
              "a new crate that is at %s already".formatted(line.entry().version()),
              oldEnough);
        }
      } else if (Long.compareUnsigned(major, highest.get()) > 0
          && Long.compareUnsigned(major - highest.get(), MAJOR_STEP) >= 0) {
        add(
            Code.VERSION_JUMP,
            Weight.REVIEW,
            "the major number rises from %s to %s at once"
                .formatted(Long.toUnsignedString(highest.get()), Long.toUnsignedString(major)),
            oldEnough);
      }
    }

    void revived() {
      Instant published = line.entry().pubtime();
      if (published == null) {
        return;
      }
      CrateHistory.quietBefore(times, published)
          .ifPresent(
              quiet ->
                  add(
                      Code.REVIVED,
                      Weight.NOTE,
                      "published after %d days without a release".formatted(quiet.toDays()),
                      oldEnough));
    }

    void publisher() {
      Publisher mine = history.publishers().get(line.entry().version().text());
      if (mine == null) {
        return;
      }
      Publisher before =
          base == null ? null : history.publishers().get(base.entry().version().text());
      Publisher.Trusted trusted = before == null ? null : before.trusted();
      if (trusted != null && !trusted.equals(mine.trusted())) {
        add(
            Code.TRUST_DOWNGRADE,
            Weight.REVIEW,
            "the version before came from %s of %s, this one from %s"
                .formatted(
                    Excerpt.of(trusted.repository()),
                    Excerpt.of(trusted.provider()),
                    mine.trusted() == null ? "a token" : Excerpt.of(mine.trusted().repository())),
            oldEnough);
      }
      String account = mine.account();
      if (account != null && before != null && newcomer(account)) {
        add(
            Code.NEW_PUBLISHER,
            Weight.NOTE,
            "published by '%s', who published no earlier version".formatted(Excerpt.of(account)),
            oldEnough);
      }
    }

    private boolean newcomer(String account) {
      Instant first = accounts.get(account);
      return first == null || !first.isBefore(line.ageFrom());
    }
  }

  private static String count(long n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s");
  }
}
