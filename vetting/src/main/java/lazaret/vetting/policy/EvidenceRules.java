package lazaret.vetting.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What counts as somebody's word on a version, and how long it does. A violation denies as it does
/// for cargo-vet, which lets nothing set it aside but the exclusion of the crate: here, an
/// override.
///
/// @param violation what an audit does that reports a violation
/// @param criteria what an audit or approval must vouch for, as cargo-vet names it; all of them
/// @param cooldown whether a version that audits vouch for waits all the same
/// @param secondPerson what one person's approval does not set aside
/// @param exemption how long an exemption lasts that is written without an expiry
/// @param longest how far ahead the expiry of an override or exemption may lie
public record EvidenceRules(
    Level violation,
    List<String> criteria,
    Cooldown cooldown,
    SortedSet<Risk> secondPerson,
    Duration exemption,
    Duration longest) {
  /// `safe-to-deploy`; two persons for malware alone; 90 days, and a year at most.
  public static final EvidenceRules DEFAULT =
      new EvidenceRules(
          Level.DENY,
          List.of("safe-to-deploy"),
          Cooldown.KEEP,
          new TreeSet<>(),
          Duration.ofDays(90),
          Duration.ofDays(366));

  /// What other people's audits do to the cooldown.
  public enum Cooldown {
    /// Nothing: who read a version in its first days has not seen what comes out about it later.
    KEEP,
    /// A version that is fully audited does not wait; all other rules hold.
    SKIP
  }

  /// What may speak against a version so strongly that a second person must agree. Malware always
  /// does and is not listed.
  public enum Risk {
    /// A signal of the weight `high`.
    SIGNALS,
    /// A sign of a taken-over crate.
    TAKEOVER,
    /// A vulnerability that holds the version for review.
    VULNERABILITY
  }

  /// Copies the collections and checks the durations.
  ///
  /// @throws IllegalArgumentException if exemptions would last longer than anything may
  public EvidenceRules {
    criteria = List.copyOf(criteria);
    secondPerson = Collections.unmodifiableSortedSet(new TreeSet<>(secondPerson));
    if (exemption.isNegative() || exemption.isZero() || exemption.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "exemptions must last longer than nothing and at most %s, found %s"
              .formatted(longest, exemption));
    }
  }
}
