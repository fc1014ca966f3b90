package lazaret.vetting.deskapi.site;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A decision on a Git source, for the packages that it has at that moment.
///
/// @param key the key of the source
/// @param treeHash the hash of the tree that was read
/// @param approved whether builds may use it
/// @param reason the reason
/// @param seenFetched the time of the fetch that the reviewer saw; a source that was fetched again,
///   and may have other packages, refuses the order. Null compares nothing
/// @param seenDecision the time of the last decision that the reviewer saw, compared if
///   `seen_fetched` is given; null if there was none
public record GitSourceDecisionRequest(
    Sha256 key,
    Sha256 treeHash,
    boolean approved,
    String reason,
    @Nullable Instant seenFetched,
    @Nullable Instant seenDecision) {}
