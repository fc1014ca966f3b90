package lazaret.vetting.desk.decisions;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.policy.ApproverPolicy;
import org.jspecify.annotations.Nullable;

/// The port to the read ledger, which an approval needs. Implementations are thread-safe and block.
public interface ReadingCheck {
  /// The check of a desk without a read ledger. It refuses each approval for which the policy
  /// requires reading.
  ReadingCheck NOTHING_READ =
      (_, _, _, policy) ->
          policy.minRead().isEmpty()
              ? ReadingResult.NONE
              : new ReadingResult(
                  List.of(), "policy requires reading, and this desk has no read ledger");

  /// Returns what a person has read of a version, and what is left for an approval.
  ///
  /// @param person the person, as named in the ledger
  /// @param id the version and its bytes
  /// @param base the version with which the person compared it; null if the approval names none
  /// @param policy the conditions on approvers
  ReadingResult check(
      String person, CrateId id, @Nullable CrateVersion base, ApproverPolicy policy);

  /// Removes the drafts of a person about a version, because a decision is recorded. Never fails,
  /// since the decision is in force.
  default void recorded(String person, CrateId id) {}
}
