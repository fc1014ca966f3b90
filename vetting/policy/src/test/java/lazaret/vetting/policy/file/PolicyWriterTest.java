package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.Test;

class PolicyWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String EVERYTHING =
      """
      automatic = false
      cooldown = "3d"
      build-cooldown = "4d12h"
      fast-lane = "review"

      [advisories]
      critical = "deny"
      low = "allow"
      unsound = "review"
      yanked = "warn"
      score = { warn = 0.1, deny = 9.8 }

      [feeds]
      warn = "1d"
      stop = "30d"
      after-stop = "nothing"

      [signals]
      note = "warn"

      [signals.codes]
      build-decode = "deny"

      [takeover.codes]
      version-jump = "warn"

      [audits]
      criteria = ["safe-to-deploy", "does-not-implement-crypto"]
      cooldown = "skip"

      [approvals]
      second-person = ["signals", "takeover"]
      exemption = "30d"
      min-read = { build-script = 100, runtime = 50 }
      requester-may-approve = false

      [licenses]
      allow = ["MIT", "Apache-2.0 WITH LLVM-exception"]
      other = "deny"

      [[licenses.exceptions]]
      crate = "ring"
      allow = ["ISC"]

      [[licenses.exceptions]]
      crate = "ring@1"
      allow = ["OpenSSL"]

      [[licenses.clarify]]
      crate = "webpki@=0.21.4"
      expression = "(MIT OR Apache-2.0) AND BSD-3-Clause"

      [crates]
      allow = ["libc", "ring@0.17.8"]

      [build-scripts]
      allow = []
      other = "deny"

      [sources]
      registries = ["sparse+https://example.org/index/"]
      git = ["https://example.org/x"]
      prefixes = ["https://example.org/team"]
      organizations = ["github.com/rust-lang"]
      other-git = true
      pinned = "rev"

      [private]
      hold = "every"
      cooldown = "1d"
      similar-names = "refuse"
      self-approval = true

      [[ban]]
      crate = "openssl"
      version = "<0.10"
      reason = 'says "no" \\ and more'
      use-instead = "rustls"
      level = "review"

      [[ban]]
      crate = "libz-sys"
      reason = "only there"
      wrappers = ["git2"]

      [[override]]
      crate = "time"
      version = "=0.1.45"
      what = "cooldown"
      reason = "ours"
      expires = 2027-06-30

      [[override]]
      crate = "*"
      what = "RUSTSEC-2020-0071"
      reason = "we do not set the environment"
      expires = 2027-06-30T10:00:00Z
      """;

  @Test
  void whatIsWrittenReadsAsTheSamePolicy() {
    Policy policy = read(EVERYTHING);
    String written = PolicyWriter.text(policy);

    assertThat(read(written)).isEqualTo(policy);
    assertThat(PolicyWriter.text(read(written))).isEqualTo(written);
    assertThat(read(PolicyWriter.text(Policy.DEFAULT))).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void aDifferenceSaysOnlyWhatDiffersAndReadsAsTheSamePolicy() {
    Policy policy = read(EVERYTHING);
    String written = PolicyWriter.difference(policy, Policy.DEFAULT);

    assertThat(read(written)).isEqualTo(policy);
    assertThat(written).doesNotContain("medium").doesNotContain("max-duration");
    assertThat(PolicyWriter.difference(policy, policy)).isEmpty();
    assertThat(PolicyWriter.difference(read("cooldown = \"1d\"\n"), Policy.DEFAULT))
        .isEqualTo("cooldown = \"1d\"\n");
  }

  private static Policy read(String text) {
    PolicyParseResult outcome = PolicyReader.read(Bytes.utf8(text), Policy.DEFAULT, NOW);
    assertThat(outcome).isInstanceOf(PolicyParseResult.Valid.class);
    assertThat(((PolicyParseResult.Valid) outcome).formerNames()).isEmpty();
    return ((PolicyParseResult.Valid) outcome).policy();
  }
}
