package lazaret.mirror.http2;

/// A decoded header field. Names and values have one char for each byte.
///
/// @param name the name
/// @param value the value
/// @param staticName the index of the name in the static table; 0 if it is not there
/// @param staticField the index of name and value in the static table; 0 if they are not there
record HeaderField(String name, String value, int staticName, int staticField) {
  /// Bytes that an entry counts in addition to its name and value (RFC 7541, section 4.1).
  static final int OVERHEAD = 32;

  /// Returns the size of the field in a dynamic table and in a header list.
  int size() {
    return name.length() + value.length() + OVERHEAD;
  }
}
