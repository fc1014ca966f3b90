package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.policy.ManifestPolicy;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.file.DenyReader.Lint;
import org.jspecify.annotations.Nullable;

/// A reader of `[bans]` of a `deny.toml`.
final class DenyBans {
  private static final String CRATES = "crates like \"NAME\" or { crate = \"NAME@VERSION\" }";
  private static final String FILES =
      "the gate inspects every file of every crate: docs/signals.md";

  private final PolicyTable table;
  private final PolicyTable build;

  DenyBans(PolicyTable table) {
    this.table = table;
    this.build = table.table("build");
  }

  ManifestPolicy rules(ManifestPolicy before, @Nullable Licenses licenses) {
    refusals();
    List<Ban> bans = new ArrayList<>(before.bans());
    table.items("deny", CRATES, _ -> "crate").forEach(one -> ban(one, bans));
    List<CrateSpec> only = specs(table, "allow");
    boolean listed = build.has("allow-build-scripts");
    List<CrateSpec> builds = specs(build, "allow-build-scripts");
    build.done();
    table.done();
    return new ManifestPolicy(
        licenses,
        bans,
        only.isEmpty() ? before.crates() : new AllowList(only, PolicyLevel.DENY),
        listed ? new AllowList(builds, PolicyLevel.REVIEW) : before.buildScripts());
  }

  /// Returns the level of executables in an archive; null if the file does not state it.
  @Nullable PolicyLevel executables() {
    return build.has("executables")
        ? build.word("executables", Lint.class, Lint.DENY).level()
        : null;
  }

  private void refusals() {
    List.of(
            "multiple-versions",
            "multiple-versions-include-dev",
            "skip",
            "skip-tree",
            "wildcards",
            "allow-wildcard-paths",
            "highlight",
            "features",
            "external-default-features",
            "workspace-default-features",
            "workspace-dependencies",
            "std-replacements",
            "allow-workspace")
        .forEach(key -> table.refuse(key, DenyReader.GRAPH));
    table.refuse(
        "allow-build-scripts", "cargo-deny moved it: [bans.build] allow-build-scripts = [...]");
    List.of(
            "interpreted",
            "script-extensions",
            "enable-builtin-globs",
            "include-dependencies",
            "include-workspace",
            "include-archives")
        .forEach(key -> build.refuse(key, FILES));
    build.refuse(
        "bypass",
        "name the crate with its version in 'allow-build-scripts', like \"ring@0.17.8\": the bytes"
            + " of one version never change here");
  }

  private static List<CrateSpec> specs(PolicyTable table, String key) {
    List<CrateSpec> specs = new ArrayList<>();
    for (PolicyTable one : table.items(key, CRATES, _ -> "crate")) {
      specs.add(DenySpec.of(one));
      String _ = one.text("reason");
      one.done();
    }
    specs.removeIf(Objects::isNull);
    return specs;
  }

  private static void ban(PolicyTable one, List<Ban> bans) {
    CrateSpec crate = DenySpec.of(one);
    String reason = one.text("reason");
    String instead = one.text("use-instead");
    List<CrateName> wrappers =
        one.list(
            "wrappers",
            "a list of names of crates",
            List.of(),
            PolicyValues.ofText(CrateName::parse));
    one.refuse("deny-multiple-versions", DenyReader.GRAPH);
    one.done();
    if (crate != null) {
      bans.add(
          new Ban(
              crate.name(),
              crate.req(),
              reason == null ? "banned in deny.toml" : reason,
              instead,
              wrappers,
              PolicyLevel.DENY));
    }
  }
}
