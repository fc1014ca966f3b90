package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.SourcePolicy;
import org.junit.jupiter.api.Test;

class DenyReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-02-01T00:00:00Z");

  private static final String SENSIBLE =
      """
      [advisories]
      version = 2
      yanked = "deny"
      unmaintained = "all"
      unsound = "none"
      maximum-db-staleness = "P5D"
      ignore = [
          "RUSTSEC-2020-0071",
          { id = "RUSTSEC-2021-0145", reason = "not on our platforms" },
          { crate = "crossbeam@0.8.1", reason = "yanked by mistake" },
      ]
      [licenses]
      allow = ["MIT", "Apache-2.0 WITH LLVM-exception"]
      exceptions = [{ crate = "ring:^0.16", allow = ["ISC"] }]
      [[licenses.clarify]]
      crate = "webpki@0.21.4"
      expression = "ISC AND BSD-3-Clause"
      license-files = [{ path = "LICENSE", hash = 0x001c7e6c }]
      [bans]
      deny = [
          "openssl",
          { crate = "time@0.1", reason = "old", use-instead = "jiff" },
          { name = "libz-sys", version = "<1.1", wrappers = ["git2"] },
      ]
      [bans.build]
      allow-build-scripts = ["libc", { crate = "ring:>=0.17" }]
      executables = "warn"
      [sources]
      unknown-git = "deny"
      allow-git = ["https://github.com/rust-lang/log"]
      required-git-spec = "tag"
      [sources.allow-org]
      github = ["tokio-rs"]
      """;

  private static final String DECIDING =
      """
      [advisories]
      yanked = "deny"
      unmaintained = "all"
      ignore = ["RUSTSEC-2020-0071"]
      [licenses]
      allow = ["MIT"]
      exceptions = [{ crate = "ring@0.16", allow = ["ISC"] }]
      clarify = [{ crate = "webpki@0.21.4", expression = "MIT", license-files = [] }]
      [bans]
      deny = ["time:<0.2", { crate = "git2-sys", wrappers = ["git2"] }]
      [bans.build]
      allow-build-scripts = ["libc"]
      """;

  private static final String EXAMPLES =
      """
      [[test]]
      crate = "serde"
      license = "MIT OR GPL-3.0-only"
      expect = "allow"
      [[test]]
      crate = "serde"
      license = "GPL-3.0-only"
      expect = "review"
      reason = "license"
      [[test]]
      crate = "ring"
      version = "0.16.20"
      license = "ISC"
      expect = "allow"
      [[test]]
      crate = "ring"
      version = "0.17.0"
      license = "ISC"
      expect = "review"
      reason = "license"
      [[test]]
      crate = "webpki"
      version = "0.21.4"
      expect = "allow"
      [[test]]
      crate = "webpki"
      version = "0.21.5"
      expect = "review"
      reason = "license"
      [[test]]
      crate = "Time"
      version = "0.1.45"
      license = "MIT"
      approved-by = ["ann"]
      expect = "deny"
      reason = "banned"
      [[test]]
      crate = "git2-sys"
      license = "MIT"
      expect = "allow"
      [[test]]
      crate = "libc"
      license = "MIT"
      build-script = true
      expect = "allow"
      [[test]]
      crate = "serde"
      license = "MIT"
      build-script = true
      expect = "review"
      reason = "build-script"
      [[test]]
      crate = "serde"
      license = "MIT"
      yanked = true
      expect = "review"
      reason = "yanked"
      [[test]]
      crate = "serde"
      license = "MIT"
      advisories = [{ id = "RUSTSEC-2020-0071", severity = "high" }]
      expect = "allow"
      [[test]]
      crate = "serde"
      license = "MIT"
      advisories = [{ id = "RUSTSEC-2020-0099", kind = "unmaintained" }]
      expect = "review"
      reason = "unmaintained"
      """;

  @Test
  void takesWhatMakesSenseForARegistry() {
    Policy policy = right(SENSIBLE);

    assertThat(policy.advisories().yanked()).isEqualTo(PolicyLevel.REVIEW);
    assertThat(policy.advisories().unmaintained()).isEqualTo(PolicyLevel.REVIEW);
    assertThat(policy.advisories().unsound()).isEqualTo(PolicyLevel.ALLOW);
    assertThat(policy.advisories().feeds().limits().stop()).isEqualTo(Duration.ofDays(5));
    assertThat(policy.advisories().feeds().limits().warn()).isEqualTo(Duration.ofDays(5));
    assertThat(policy.overrides())
        .extracting(PolicyOverride::what)
        .containsExactly("RUSTSEC-2020-0071", "RUSTSEC-2021-0145", "yanked");
    assertThat(policy.overrides()).extracting(PolicyOverride::expires).containsOnly(UNTIL);
    Licenses licenses = policy.manifest().licenses();
    assertThat(licenses).isNotNull();
    assertThat(licenses.exceptions().getFirst().crate()).hasToString("ring@^0.16");
    assertThat(licenses.clarifications().getFirst().crate()).hasToString("webpki@=0.21.4");
    assertThat(policy.manifest().bans()).extracting(Ban::level).containsOnly(PolicyLevel.DENY);
    assertThat(policy.manifest().bans().get(1).text()).isEqualTo("old; use jiff instead");
    assertThat(policy.manifest().bans().get(1).covers(name("time"), version("0.1.45"))).isTrue();
    assertThat(policy.manifest().bans().get(1).covers(name("time"), version("0.2.0"))).isFalse();
    AllowList builds = policy.manifest().buildScripts();
    assertThat(builds).isNotNull();
    assertThat(builds.allow()).extracting(Object::toString).containsExactly("libc", "ring@>=0.17");
    assertThat(policy.signals().codes()).containsEntry("executable-file", PolicyLevel.WARN);
  }

  @Test
  void whatItTakesDecides() {
    String converted = PolicyWriter.difference(right(DECIDING), Policy.DEFAULT);
    PolicyParseResult outcome =
        PolicyReader.read(Bytes.utf8(converted + EXAMPLES), Policy.DEFAULT, NOW);

    assertThat(outcome).isInstanceOf(PolicyParseResult.Valid.class);
    PolicyParseResult.Valid right = (PolicyParseResult.Valid) outcome;
    assertThat(right.examples()).hasSize(13);
    for (PolicyExample example : right.examples()) {
      PolicyExample.Outcome run = example.run(right.policy(), NOW);
      assertThat(run.passes()).as(example.line() + ": " + run.verdict()).isTrue();
    }
  }

  @Test
  void onlyListedCratesAreServedWhereThereIsAList() {
    Policy policy = right("[bans]\nallow = [\"serde@1\", { crate = \"libc\" }]\n");

    AllowList crates = policy.manifest().crates();
    assertThat(crates).isNotNull();
    assertThat(crates.allow()).extracting(Object::toString).containsExactly("serde@=1", "libc");
    assertThat(crates.level()).isEqualTo(PolicyLevel.DENY);
  }

  @Test
  void refusesEveryOtherKeyWithAHintAndAllAtOnce() {
    assertThat(
            wrong(
                """
                targets = []
                [graph]
                all-features = true
                [advisories]
                vulnerability = "deny"
                db-urls = ["https://example.org/db"]
                unsound = "workspace"
                ignore = ["MAL-2026-1"]
                [licenses]
                copyleft = "warn"
                confidence-threshold = 0.8
                clarify = [{ crate = "ring", expression = "ISC", license-files = [{ path = "L", hash = 1 }] }]
                [bans]
                multiple-versoins = "warn"
                skip = ["syn"]
                deny = [{ crate = "syn", deny-multiple-versions = true }, 7]
                [bans.build]
                interpreted = "deny"
                bypass = [{ crate = "ring", build-script = "00" }]
                """))
        .map(
            mistake ->
                mistake.replaceFirst(": the gate .*|: the bytes .*|; leave .*|; the policy .*", ""))
        .containsExactly(
            "1:1 'targets' is not supported: cargo-deny moved it to [graph], and the gate"
                + " evaluates each version alone, without the graph of a project",
            "3:1 'graph.all-features' is not supported",
            "5:1 'advisories.vulnerability' is not supported: cargo-deny removed it",
            "6:1 'advisories.db-urls' is not supported: the gate's feeds are set in"
                + " mirror.toml: [feeds] rustsec, osv, local",
            "7:1 'advisories.unsound' can be all or none here",
            "8:11 'advisories.ignore' names 'MAL-2026-1': a policy cannot set it aside; two"
                + " persons can waive malware with 'vetting-cli approve --waive'",
            "10:1 'licenses.copyleft' is not supported: cargo-deny removed it: a license"
                + " that is not in 'allow' is refused; list the permitted ones there",
            "11:1 'licenses.confidence-threshold' is not supported",
            "12:12 'licenses.clarify' of 'ring' must name one version, like" + " \"ring@1.2.3\"",
            "14:1 unknown key 'bans.multiple-versoins'; did you mean"
                + " 'bans.multiple-versions'?",
            "15:1 'bans.skip' is not supported",
            "16:26 'bans.deny.deny-multiple-versions' is not supported",
            "16:59 'bans.deny' must be a list of crates like \"NAME\" or { crate ="
                + " \"NAME@VERSION\" }",
            "18:1 'bans.build.interpreted' is not supported",
            "19:1 'bans.build.bypass' is not supported: name the crate with its version in"
                + " 'allow-build-scripts', like \"ring@0.17.8\"");
  }

  @Test
  void sourcesAreComparedByHostAndPath() {
    SourcePolicy rules =
        right(
                """
                [sources]
                allow-git = ["https://github.com/rust-lang/log.git"]
                private = ["https://git.example.org/team"]
                allow-org = { github = ["tokio-rs"] }
                """)
            .sources();

    assertThat(rules.allows(git("https://github.com/rust-lang/log?rev=1"))).isTrue();
    assertThat(rules.allows(git("https://github.com/rust-lang/logs"))).isFalse();
    assertThat(rules.allows(git("ssh://git@git.example.org/team/x.git"))).isTrue();
    assertThat(rules.allows(git("https://git.example.org.evil.test/team/x"))).isFalse();
    assertThat(rules.allows(git("https://git.example.org/teams/x"))).isFalse();
    assertThat(rules.allows(git("https://github.com/Tokio-RS/mio.git?tag=v1"))).isTrue();
    assertThat(
            rules.allows(new PackageSource.OtherRegistry("sparse+https://git.example.org/team/i/")))
        .isTrue();
    assertThat(rules.allows(new PackageSource.OtherRegistry("registry+https://other.example/i")))
        .isFalse();
  }

  @Test
  void gitMustBePinnedAsExactlyAsAskedFor() {
    SourcePolicy rules =
        right("[sources]\nunknown-git = \"warn\"\nrequired-git-spec = \"tag\"\n").sources();

    assertThat(rules.allows(git("https://example.org/x?branch=main"))).isFalse();
    assertThat(rules.allows(git("https://example.org/x?tag=v1"))).isTrue();
    assertThat(rules.allows(git("https://example.org/x?rev=abc"))).isTrue();
  }

  @Test
  void aDeeplyNestedFileIsRefusedAndNoStackOverflows() {
    assertThat(wrong("x = " + "[".repeat(200_000))).hasSize(1);
  }

  private static PackageSource git(String url) {
    return new PackageSource.Git(url, null);
  }

  private static CrateName name(String name) {
    return CrateName.parse(name);
  }

  private static CrateVersion version(String version) {
    return CrateVersion.parse(version);
  }

  private static PolicyParseResult read(String deny) {
    return PolicyReader.readDeny(Bytes.utf8(deny), Policy.DEFAULT, UNTIL);
  }

  private static Policy right(String deny) {
    PolicyParseResult outcome = read(deny);
    assertThat(outcome).isInstanceOf(PolicyParseResult.Valid.class);
    return ((PolicyParseResult.Valid) outcome).policy();
  }

  private static List<String> wrong(String deny) {
    return mistakes(read(deny));
  }

  private static List<String> mistakes(PolicyParseResult outcome) {
    assertThat(outcome).isInstanceOf(PolicyParseResult.Invalid.class);
    return ((PolicyParseResult.Invalid) outcome)
        .mistakes().stream()
            .map(m -> "%d:%d %s".formatted(m.line(), m.column(), m.text()))
            .toList();
  }
}
