package lazaret.bundle.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.bundle.tuf.Authority;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.Signed;

/// Which officers of a role have signed a file, with both of their keys.
///
/// @param role a top-level role
/// @param rootVersion of the root whose officers these are
/// @param signed names of those who have, sorted
/// @param open names of those who have not
/// @param needed how many must have
public record Tally(
    String role, long rootVersion, List<String> signed, List<String> open, long needed) {
  /// Copies the lists.
  public Tally {
    signed = List.copyOf(signed);
    open = List.copyOf(open);
  }

  /// Counts.
  static Tally of(Signed<?> file, Metadata.Root root, String role) {
    Set<String> good = file.signedBy(Authority.of(root, role));
    RootPlan plan = RootPlan.of(root);
    RootPlan.Duty duty = plan.duty(role);
    List<String> signed = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String name : duty.officers()) {
      PublicPair pair = plan.officer(name);
      boolean both = pair.keys().stream().allMatch(key -> good.contains(key.id()));
      (both ? signed : open).add(name);
    }
    return new Tally(role, root.version(), signed, open, duty.minPairs());
  }

  /// Tells whether enough officers have signed.
  public boolean isEnough() {
    return signed.size() >= needed;
  }

  /// Returns the state in words: `1 signed (ann), 2 needed; open: ben, cem`.
  public String words() {
    return "%d signed%s, %d needed%s"
        .formatted(
            signed.size(),
            signed.isEmpty() ? "" : " (" + String.join(", ", signed) + ")",
            needed,
            isEnough() ? "" : "; open: " + String.join(", ", open));
  }
}
