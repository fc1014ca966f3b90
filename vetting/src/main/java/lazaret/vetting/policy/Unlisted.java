package lazaret.vetting.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The judgement of a version that the index does not list. Nothing of it is served in any case.
///
/// @param verdict the verdict of the rules if one of them refuses the version; null otherwise
/// @param reasons all that advisories and decisions say, the gravest first; empty for nothing
public record Unlisted(@Nullable Verdict verdict, List<Reason> reasons) {
  /// Copies the list.
  public Unlisted {
    reasons = List.copyOf(reasons);
  }
}
