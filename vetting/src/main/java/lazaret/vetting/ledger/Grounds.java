package lazaret.vetting.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a decision or a verdict rested on that nobody need write down by hand: enough to tell later
/// what could be known then.
///
/// @param token the name of the token that decided; null where nobody did
/// @param policy the generation of the policy in force
/// @param inspector version of the inspector that had looked into the bytes; 0 where none had
/// @param feeds the feeds of advisories, each as name, moment and number of records
/// @param advisories ids and aliases of the advisories that were known to affect the version
public record Grounds(
    @Nullable String token,
    String policy,
    int inspector,
    List<String> feeds,
    List<String> advisories) {
  /// Copies the lists.
  public Grounds {
    feeds = List.copyOf(feeds);
    advisories = List.copyOf(advisories);
  }

  /// Tells whether an advisory was known, by any of its ids.
  public boolean knew(List<String> ids) {
    return ids.stream().anyMatch(advisories::contains);
  }
}
