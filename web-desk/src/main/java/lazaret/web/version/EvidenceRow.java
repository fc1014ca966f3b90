package lazaret.web.version;

/// One kind of evidence on a version. The page always shows all kinds, so that absence is stated.
///
/// @param kind the kind
/// @param bold the statement in a few words
/// @param rest further words; empty if there are none
/// @param link the address of the details; empty if there are none
/// @param label the words of the link
public record EvidenceRow(String kind, String bold, String rest, String link, String label) {
  /// Creates a row without a link.
  static EvidenceRow of(String kind, String bold, String rest) {
    return new EvidenceRow(kind, bold, rest, "", "");
  }
}
