package lazaret.vetting.advisory;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which records accuse a crate of malice. No feed marks them all: of RustSec's records of
/// takedowns one in sixteen lacks the category, and malicious-package records are known by their id
/// only.
final class Malice {
  /// Records that look like takedowns for malice and are none: `vec-const` was taken down for what
  /// it did to its users by mistake.
  private static final Set<String> EXCEPTIONS = Set.of("RUSTSEC-2021-0082");

  private static final String CATEGORY = "malicious";
  private static final String EMBEDDED_MALICIOUS_CODE = "CWE-506";

  private Malice() {}

  /// What a record says that bears on malice.
  ///
  /// @param id the record's id
  /// @param aliases its aliases
  /// @param title its title
  /// @param categories RustSec's categories
  /// @param cwes weaknesses, as `CWE-506`
  /// @param deleted whether RustSec expects the crate to be gone (`expect-deleted`)
  record Signs(
      String id,
      List<String> aliases,
      String title,
      List<String> categories,
      List<String> cwes,
      boolean deleted) {}

  /// Tells whether a record accuses a crate of malice.
  static boolean isIn(Signs signs) {
    if (EXCEPTIONS.contains(signs.id())) {
      return false;
    }
    return isMaliceId(signs.id())
        || signs.aliases().stream().anyMatch(Malice::isMaliceId)
        || signs.deleted()
        || signs.categories().contains(CATEGORY)
        || signs.cwes().contains(EMBEDDED_MALICIOUS_CODE)
        || isTakedown(signs.title().toLowerCase(Locale.ROOT));
  }

  private static boolean isMaliceId(String id) {
    return id.toUpperCase(Locale.ROOT).startsWith("MAL-");
  }

  private static boolean isTakedown(String title) {
    return (title.contains("removed from crates.io") && title.contains("malicious"))
        || title.startsWith("malicious crate")
        || title.startsWith("malicious code in");
  }

  /// Tells whether a record accuses a crate of the company it keeps: such accusations have been
  /// wrong (ossf/malicious-packages#1458).
  ///
  /// @param title the record's title
  /// @param details its text
  static boolean byAssociation(String title, String details) {
    String text = (title + "\n" + details).toLowerCase(Locale.ROOT);
    return text.contains("affiliat")
        || text.contains("was not analyzed directly")
        || text.contains("no malicious code")
        || text.contains("did not contain any malicious")
        || text.contains("by association");
  }
}
