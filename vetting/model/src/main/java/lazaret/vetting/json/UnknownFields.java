package lazaret.vetting.json;

/// The treatment of fields that a record does not have.
public enum UnknownFields {
  /// A document with such a field is refused: it may be a misspelled one.
  REFUSED,
  /// The field is ignored: a newer program may have written it.
  IGNORED
}
