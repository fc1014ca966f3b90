package lazaret.vetting.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The policy for audits, approvals and exemptions. A violation denies as in cargo-vet, where only
/// the exclusion of the crate sets it aside; here an override does.
///
/// @param violation level of an audit that reports a violation
/// @param criteria criteria that an audit or approval must certify, as named by cargo-vet; all of
///   them
/// @param cooldown whether a fully audited version still waits
/// @param secondPerson risks for which one person's approval is not enough
/// @param exemption default duration of an exemption
/// @param longest maximum duration of an override or exemption
/// @param approver conditions on the persons who approve
public record EvidencePolicy(
    PolicyLevel violation,
    List<String> criteria,
    Cooldown cooldown,
    SortedSet<Risk> secondPerson,
    Duration exemption,
    Duration longest,
    ApproverPolicy approver) {
  /// The default: `safe-to-deploy`; two persons for malware only; 90 days, and at most a year.
  public static final EvidencePolicy DEFAULT =
      new EvidencePolicy(
          PolicyLevel.DENY,
          List.of("safe-to-deploy"),
          Cooldown.KEEP,
          new TreeSet<>(),
          Duration.ofDays(90),
          Duration.ofDays(366),
          ApproverPolicy.DEFAULT);

  /// The effect of other people's audits on the cooldown.
  public enum Cooldown {
    /// No effect: the auditor of a version in its first days cannot know later discoveries.
    KEEP,
    /// A fully audited version does not wait; all other rules apply.
    SKIP
  }

  /// The risks for which a policy can require a second person. Malware always requires one and is
  /// not listed.
  public enum Risk {
    /// A signal of the weight `high`.
    SIGNALS,
    /// A sign of a hijacked crate.
    TAKEOVER,
    /// A vulnerability that requires a review.
    VULNERABILITY
  }

  /// Creates a policy without conditions on the persons who approve.
  public EvidencePolicy(
      PolicyLevel violation,
      List<String> criteria,
      Cooldown cooldown,
      SortedSet<Risk> secondPerson,
      Duration exemption,
      Duration longest) {
    this(violation, criteria, cooldown, secondPerson, exemption, longest, ApproverPolicy.DEFAULT);
  }

  /// Copies the collections and checks the durations.
  ///
  /// @throws IllegalArgumentException if the default duration of an exemption is not positive or
  ///   exceeds the maximum
  public EvidencePolicy {
    criteria = List.copyOf(criteria);
    secondPerson = Collections.unmodifiableSortedSet(new TreeSet<>(secondPerson));
    if (exemption.isNegative() || exemption.isZero() || exemption.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "exemptions must last longer than 0 and at most %s, found %s"
              .formatted(longest, exemption));
    }
  }
}
