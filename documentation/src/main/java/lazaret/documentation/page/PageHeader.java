package lazaret.documentation.page;

import java.util.ArrayList;
import java.util.List;

/// A field of the head of each response below the path of pages, and of each refusal there.
///
/// The policy makes the document one of an opaque origin. It may run scripts, but only those of its
/// own version; it sends no requests, no forms, opens no windows and is in no frame.
///
/// @param name the name in lower case
/// @param value the value
public record PageHeader(String name, String value) {
  /// Returns the fields for a page of a version.
  ///
  /// @param origin scheme, host and port under which browsers read pages
  /// @param folder the path below which the pages of the version are
  public static List<PageHeader> of(String origin, String folder) {
    // The origin is written out, because `'self'` is not the address of an opaque document in all
    // browsers. The path keeps scripts of other crates, and data of the desk, from being run.
    String own = origin + folder;
    return fields(
        "sandbox allow-scripts; default-src 'none'; script-src %s; style-src %s 'unsafe-inline'"
                .formatted(own, own)
            + "; img-src %s data:; font-src %s".formatted(own, own));
  }

  /// Returns the fields for a refusal, which has no page.
  public static List<PageHeader> ofRefusal() {
    return fields("sandbox; default-src 'none'");
  }

  private static List<PageHeader> fields(String policy) {
    List<PageHeader> fields = new ArrayList<>();
    fields.add(
        new PageHeader(
            "content-security-policy",
            policy
                + "; connect-src 'none'; form-action 'none'; base-uri 'none';"
                + " frame-ancestors 'none'"));
    fields.add(new PageHeader("referrer-policy", "no-referrer"));
    fields.add(new PageHeader("cross-origin-opener-policy", "same-origin"));
    // The parts of an opaque document come from another origin than its own.
    fields.add(new PageHeader("cross-origin-resource-policy", "cross-origin"));
    // Fonts and modules are requested with the origin `null`, and without credentials.
    fields.add(new PageHeader("access-control-allow-origin", "*"));
    fields.add(new PageHeader("x-robots-tag", "noindex"));
    return fields;
  }
}
