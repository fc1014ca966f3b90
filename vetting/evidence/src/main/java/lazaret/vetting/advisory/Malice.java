package lazaret.vetting.advisory;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A classifier of records that accuse a crate of malice. No feed marks all of them: one in sixteen
/// of RustSec's takedown records lacks the category, and malicious-package records are marked by
/// their id only.
final class Malice {
  /// Records that resemble takedowns for malice and are not. `vec-const` was taken down for
  /// unintended effects on its users.
  private static final Set<String> EXCEPTIONS = Set.of("RUSTSEC-2021-0082");

  private static final String CATEGORY = "malicious";
  private static final String EMBEDDED_MALICIOUS_CODE = "CWE-506";

  private Malice() {}

  /// The properties of a record that indicate malice.
  ///
  /// @param id id of the record
  /// @param aliases aliases of the record
  /// @param title title of the record
  /// @param categories RustSec's categories
  /// @param cwes weaknesses, such as `CWE-506`
  /// @param deleted whether RustSec expects the crate to be deleted (`expect-deleted`)
  record Signs(
      String id,
      List<String> aliases,
      String title,
      List<String> categories,
      List<String> cwes,
      boolean deleted) {}

  /// Returns whether a record accuses a crate of malice.
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

  /// Returns whether a record accuses a crate by association. Such accusations have been wrong
  /// (ossf/malicious-packages#1458).
  ///
  /// @param title title of the record
  /// @param details text of the record
  static boolean byAssociation(String title, String details) {
    String text = (title + "\n" + details).toLowerCase(Locale.ROOT);
    return text.contains("affiliat")
        || text.contains("was not analyzed directly")
        || text.contains("no malicious code")
        || text.contains("did not contain any malicious")
        || text.contains("by association");
  }
}
