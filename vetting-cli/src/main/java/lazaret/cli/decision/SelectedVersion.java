package lazaret.cli.decision;

import lazaret.cli.report.JsonObject;

/// A version that was selected for a decision, bound to the checksum of its artifact.
///
/// @param name the published name
/// @param version the exact text of the version
/// @param cksum the SHA-256 of the index line or of the lockfile, in hexadecimal digits
/// @param now the status before the decision, as text
record SelectedVersion(String name, String version, String cksum, String now) {
  JsonObject document() {
    return JsonObject.builder()
        .put("name", name)
        .put("version", version)
        .put("cksum", cksum)
        .put("now", now)
        .build();
  }

  /// Returns the form in an order to the desk.
  JsonObject wanted() {
    return JsonObject.builder()
        .put("name", name)
        .put("version", version)
        .put("cksum", cksum)
        .build();
  }
}
