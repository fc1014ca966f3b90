package lazaret.vetting.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The context that is recorded with a decision or verdict. It shows later which facts were known
/// at that time.
///
/// @param token name of the token that decided; null if no token was involved
/// @param policy generation of the policy in force
/// @param inspector version of the inspector that had inspected the artifact; 0 if it was not
///   inspected
/// @param feeds advisory feeds, each as name, time and number of records
/// @param advisories ids and aliases of the advisories that were known to affect the version
public record DecisionContext(
    @Nullable String token,
    String policy,
    int inspector,
    List<String> feeds,
    List<String> advisories) {
  /// Copies the lists.
  public DecisionContext {
    feeds = List.copyOf(feeds);
    advisories = List.copyOf(advisories);
  }

  /// Returns whether an advisory was known by any of its ids.
  public boolean knew(List<String> ids) {
    return ids.stream().anyMatch(advisories::contains);
  }
}
