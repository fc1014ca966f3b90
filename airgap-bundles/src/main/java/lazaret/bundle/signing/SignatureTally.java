package lazaret.bundle.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;

/// The officers of a role who have and have not signed a file with both of their keys.
///
/// @param role a top-level role
/// @param rootVersion the version of the root that names the officers
/// @param signed the names of the officers who have signed, sorted
/// @param open the names of the officers who have not signed, sorted
/// @param needed the number of officers who must sign
public record SignatureTally(
    String role, long rootVersion, List<String> signed, List<String> open, long needed) {
  /// Copies the lists.
  public SignatureTally {
    signed = List.copyOf(signed);
    open = List.copyOf(open);
  }

  /// Returns the tally of a file for a role of a root.
  public static SignatureTally of(SignedMetadata<?> file, Metadata.Root root, String role) {
    Set<String> good = file.signedBy(SigningAuthority.of(root, role));
    RootPlan plan = RootPlan.of(root);
    RootPlan.Duty duty = plan.duty(role);
    List<String> signed = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String name : duty.officers()) {
      PublicPair pair = plan.officer(name);
      boolean both = pair.keys().stream().allMatch(key -> good.contains(key.id()));
      (both ? signed : open).add(name);
    }
    return new SignatureTally(role, root.version(), signed, open, duty.minPairs());
  }

  /// Returns whether enough officers have signed.
  public boolean isEnough() {
    return signed.size() >= needed;
  }

  /// Returns the state as text, for example `1 signed (ann), 2 needed; open: ben, cem`.
  public String words() {
    return "%d signed%s, %d needed%s"
        .formatted(
            signed.size(),
            signed.isEmpty() ? "" : " (" + String.join(", ", signed) + ")",
            needed,
            isEnough() ? "" : "; open: " + String.join(", ", open));
  }
}
