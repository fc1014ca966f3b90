package lazaret.vetting.policy.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.SignalPolicy;

/// A reader of cargo-deny's `deny.toml` as policy. Keys that apply to a registry are used. Every
/// other key of cargo-deny is a mistake whose message states the alternative.
///
/// A failure of cargo-deny becomes a review. A person's approval is for the gate what `exceptions`
/// or `ignore` are for the file. A ban denies.
///
/// Source: cargo-deny 0.20.2, `src/**/cfg.rs`.
final class DenyReader {
  static final String GRAPH =
      "the gate evaluates each version alone, without the graph of a project; leave it to cargo-deny in"
          + " CI, in a separate file";
  static final String LINT =
      "it concerns the file and not crates; leave it to cargo-deny in CI, in a separate" + " file";

  private final Instant ignoreUntil;

  private DenyReader(Instant ignoreUntil) {
    this.ignoreUntil = ignoreUntil;
  }

  /// Returns a policy with the settings of a `deny.toml` over a base.
  ///
  /// @param ignoreUntil time at which the file's ignored advisories and yanks count again
  static Policy read(PolicyTable root, Policy base, Instant ignoreUntil) {
    Policy policy = new DenyReader(ignoreUntil).policy(root, base);
    root.done();
    return policy;
  }

  /// The lint levels of cargo-deny.
  enum Lint {
    ALLOW,
    WARN,
    DENY;

    PolicyLevel level() {
      return switch (this) {
        case ALLOW -> PolicyLevel.ALLOW;
        case WARN -> PolicyLevel.WARN;
        case DENY -> PolicyLevel.REVIEW;
      };
    }
  }

  private Policy policy(PolicyTable root, Policy base) {
    graph(root);
    List<PolicyOverride> overrides = new ArrayList<>(base.overrides());
    DenyAdvisories advisories =
        new DenyAdvisories(root.table("advisories"), new IgnoredAdvisories(ignoreUntil, overrides));
    DenyBans bans = new DenyBans(root.table("bans"));
    return new Policy(
        base.mode(),
        base.cooldowns(),
        advisories.rules(base.advisories()),
        signals(base.signals(), bans),
        base.takeover(),
        bans.rules(base.manifest(), DenyLicenses.licenses(root, base.manifest().licenses())),
        base.evidence(),
        DenySources.sources(root, base.sources()),
        overrides,
        base.privateCrates());
  }

  private static SignalPolicy signals(SignalPolicy before, DenyBans bans) {
    PolicyLevel executables = bans.executables();
    if (executables == null) {
      return before;
    }
    TreeMap<String, PolicyLevel> codes = new TreeMap<>(before.codes());
    codes.put("executable-file", executables);
    return new SignalPolicy(before.high(), before.review(), before.note(), codes);
  }

  private static void graph(PolicyTable root) {
    List<String> keys =
        List.of(
            "targets", "exclude", "features", "all-features", "no-default-features", "exclude-dev");
    for (String key : keys) {
      root.refuse(key, "cargo-deny moved it to [graph], and " + GRAPH);
    }
    root.refuse("feature-depth", "cargo-deny moved it to [output], and " + LINT);
    PolicyTable graph = root.table("graph");
    keys.forEach(key -> graph.refuse(key, GRAPH));
    graph.refuse("exclude-unpublished", GRAPH);
    graph.done();
    PolicyTable output = root.table("output");
    output.refuse("feature-depth", LINT);
    output.done();
  }
}
