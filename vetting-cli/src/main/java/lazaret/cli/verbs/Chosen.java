package lazaret.cli.verbs;

import lazaret.cli.report.JsonObject;

/// One version that a decision is to be made on, bound to its bytes.
///
/// @param name as published
/// @param version exact text
/// @param cksum SHA-256 of the index line, or of the lockfile, in hexadecimal digits
/// @param now how it stands before the decision, for people
record Chosen(String name, String version, String cksum, String now) {
  JsonObject document() {
    return JsonObject.builder()
        .put("name", name)
        .put("version", version)
        .put("cksum", cksum)
        .put("now", now)
        .build();
  }

  /// The form in an order to the desk.
  JsonObject wanted() {
    return JsonObject.builder()
        .put("name", name)
        .put("version", version)
        .put("cksum", cksum)
        .build();
  }
}
