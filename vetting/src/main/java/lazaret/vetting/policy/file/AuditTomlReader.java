package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.advisory.FeedLimits;
import lazaret.vetting.policy.AdvisoryRules;
import lazaret.vetting.policy.AdvisoryRules.Feeds;
import lazaret.vetting.policy.AdvisoryRules.Severities;
import lazaret.vetting.policy.Level;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import org.jspecify.annotations.Nullable;

/// A reader of cargo-audit's `audit.toml` as policy. Keys that apply to a registry are used. Every
/// other key of cargo-audit is a mistake whose message states the alternative.
///
/// An error of cargo-audit becomes a review, a warning remains a warning, and an omitted advisory
/// is only shown.
///
/// Source: rustsec, `cargo-audit/src/config.rs` and `audit.toml.example`.
final class AuditTomlReader {
  /// The name of the file.
  static final String FILE = "audit.toml";

  private static final Duration STALE = Duration.ofDays(90);
  private static final String FEEDS =
      "the gate's feeds are set in mirror.toml: [feeds] rustsec, osv, local";
  private static final String PLATFORM =
      "the gate serves every platform; list advisories that concern none of yours in 'advisories.ignore'";

  private final TableReader root;
  private final TableReader advisories;
  private final Set<Denied> denied;

  private AuditTomlReader(TableReader root) {
    this.root = root;
    this.advisories = root.table("advisories");
    this.denied = EnumSet.noneOf(Denied.class);
  }

  /// Returns a policy with the settings of an `audit.toml` over a base.
  ///
  /// @param ignoreUntil time at which the file's ignored advisories count again; null if it may not
  ///   ignore any
  static Policy read(TableReader root, Policy base, @Nullable Instant ignoreUntil) {
    List<PolicyOverride> overrides = new ArrayList<>(base.overrides());
    AuditTomlReader reader = new AuditTomlReader(root);
    reader.output();
    AdvisoryRules rules = reader.rules(base.advisories());
    reader.ignored(new Ignored(FILE, ignoreUntil, overrides));
    reader.refusals();
    root.done();
    return new Policy(
        base.mode(),
        base.waiting(),
        rules,
        base.signals(),
        base.takeover(),
        base.manifest(),
        base.evidence(),
        base.sources(),
        overrides);
  }

  /// The warnings that cargo-audit can turn into errors.
  private enum Denied {
    WARNINGS,
    UNMAINTAINED,
    UNSOUND,
    YANKED
  }

  private enum Informational {
    NOTICE,
    UNMAINTAINED,
    UNSOUND
  }

  private enum Threshold {
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  private enum Format {
    TERMINAL,
    JSON,
    SARIF
  }

  /// Reads `[output]`. Only `deny` has an effect; the other keys are accepted because cargo-audit
  /// requires `quiet` in `[output]`.
  private void output() {
    TableReader output = root.table("output");
    denied.addAll(output.words("deny", Denied.class, List.of()));
    var _ = output.word("format", Format.class, Format.TERMINAL);
    boolean _ = output.flag("quiet", false);
    boolean _ = output.flag("show_tree", true);
    output.done();
  }

  private void refusals() {
    root.refuse(
        "binary",
        "the gate inspects crates and 'verify' reads lockfiles; leave binaries to cargo-audit, in"
            + " a separate file");
    TableReader target = root.table("target");
    List.of("arch", "os").forEach(key -> target.refuse(key, PLATFORM));
    target.done();
  }

  private AdvisoryRules rules(AdvisoryRules before) {
    Set<Informational> warned = warned();
    return new AdvisoryRules(
        severities(before.vulnerabilities()),
        before.scores(),
        kind(Informational.UNSOUND, warned, denies(Denied.UNSOUND), before.unsound()),
        kind(
            Informational.UNMAINTAINED, warned, denies(Denied.UNMAINTAINED), before.unmaintained()),
        kind(Informational.NOTICE, warned, false, before.notice()),
        yanked(before.yanked()),
        feeds(before.feeds()));
  }

  private boolean denies(Denied kind) {
    return denied.contains(kind) || denied.contains(Denied.WARNINGS);
  }

  private @Nullable Set<Informational> warned() {
    if (!advisories.has("informational_warnings")) {
      return denied.contains(Denied.WARNINGS) ? EnumSet.allOf(Informational.class) : null;
    }
    Set<Informational> warned = EnumSet.noneOf(Informational.class);
    warned.addAll(advisories.words("informational_warnings", Informational.class, List.of()));
    if (denied.contains(Denied.WARNINGS)) {
      warned.add(Informational.NOTICE);
    }
    return warned;
  }

  private static Level kind(
      Informational kind, @Nullable Set<Informational> warned, boolean denied, Level before) {
    if (denied) {
      return Level.REVIEW;
    }
    return warned == null ? before : warned.contains(kind) ? Level.WARN : Level.ALLOW;
  }

  /// Returns the levels of severities. An unrated vulnerability always needs a review.
  private Severities severities(Severities before) {
    if (!advisories.has("severity_threshold")) {
      return before;
    }
    Threshold least = advisories.word("severity_threshold", Threshold.class, Threshold.NONE);
    return new Severities(
        from(least, Threshold.CRITICAL),
        from(least, Threshold.HIGH),
        from(least, Threshold.MEDIUM),
        from(least, Threshold.LOW),
        Level.REVIEW);
  }

  private static Level from(Threshold least, Threshold severity) {
    return severity.compareTo(least) < 0 ? Level.ALLOW : Level.REVIEW;
  }

  private Level yanked(Level before) {
    TableReader table = root.table("yanked");
    boolean asked = table.flag("enabled", true);
    boolean said = table.has("enabled");
    table.refuse("update_index", "the gate keeps its index itself: [upstream] in mirror.toml");
    table.done();
    if (!asked) {
      return Level.ALLOW;
    }
    if (denies(Denied.YANKED)) {
      return Level.REVIEW;
    }
    return said ? Level.WARN : before;
  }

  private Feeds feeds(Feeds before) {
    TableReader database = root.table("database");
    List.of("path", "url", "fetch").forEach(key -> database.refuse(key, FEEDS));
    boolean stale = database.flag("stale", false);
    boolean said = database.has("stale");
    database.done();
    if (stale) {
      database.mistakeAt(
          "stale",
          "'database.stale' can only be false here: past [feeds] stop of the policy file nothing is vetted without a person; set another age there");
    }
    Duration stop = before.limits().stop();
    if (stale || !said || stop.compareTo(STALE) <= 0) {
      return before;
    }
    Duration warn = before.limits().warn();
    return new Feeds(
        new FeedLimits(warn.compareTo(STALE) > 0 ? STALE : warn, STALE), before.approvedToo());
  }

  private void ignored(Ignored ignored) {
    for (TableReader one : advisories.items("ignore", "ids of advisories", _ -> "id")) {
      String id = one.needed("id", "an advisory's id");
      one.done();
      if (OverrideWords.isAdvisory(id)) {
        ignored.add(one, null, id, null);
      } else {
        one.mistake("'advisories.ignore' must name ids of advisories, like \"RUSTSEC-2020-0071\"");
      }
    }
    advisories.done();
  }
}
