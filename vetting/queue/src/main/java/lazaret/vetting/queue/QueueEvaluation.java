package lazaret.vetting.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Role;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook.CrateGeneration;
import org.jspecify.annotations.Nullable;

/// The evaluation of a queued version at one moment.
///
/// @param verdict the verdict; null if no stored index file lists the version
/// @param approvedBy the persons who approved it, if it waits for a second one
/// @param inspected whether its artifact was inspected
/// @param roles the roles of its content, if it was inspected
/// @param needs the crates that it requires to build and run
/// @param at the moment of the evaluation
/// @param until the moment at which a hold ends; null if the version is not held
/// @param generation the rules and evidence that apply to the crate
record QueueEvaluation(
    @Nullable Verdict verdict,
    List<String> approvedBy,
    boolean inspected,
    List<Role> roles,
    List<Need> needs,
    Instant at,
    @Nullable Instant until,
    CrateGeneration generation) {
  /// The time after which an evaluation is repeated, since its reasons can contain ages and data of
  /// other crates.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// Copies the lists.
  QueueEvaluation {
    approvedBy = List.copyOf(approvedBy);
    roles = List.copyOf(roles);
    needs = List.copyOf(needs);
  }

  /// A requirement for a crate.
  ///
  /// @param crate its collision key
  /// @param req the versions that are accepted
  record Need(String crate, VersionReq req) {}

  /// Returns whether time has changed the evaluation, or may have.
  boolean expired(Instant now) {
    return (until != null && !now.isBefore(until)) || !TimeSpan.from(at, LONGEST).holds(now);
  }

  /// Returns whether another evaluation puts the version into the same groups.
  boolean groupsAs(QueueEvaluation other) {
    return needs.equals(other.needs) && kind(verdict).equals(kind(other.verdict));
  }

  private static Object kind(@Nullable Verdict verdict) {
    return verdict == null ? "" : verdict.getClass();
  }
}
