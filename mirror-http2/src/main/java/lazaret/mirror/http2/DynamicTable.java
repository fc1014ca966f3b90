package lazaret.mirror.http2;

/// The dynamic table of one decoder (RFC 7541, section 2.3.2). It never holds more than 4,096
/// bytes. Not thread-safe.
final class DynamicTable {
  /// The size that this side announces: the default of SETTINGS_HEADER_TABLE_SIZE.
  static final int LIMIT = 4_096;

  private static final int SLOTS = LIMIT / HeaderField.OVERHEAD;

  private final HeaderField[] fields = new HeaderField[SLOTS];
  private int newest;
  private int count;
  private int size;
  private int maximum = LIMIT;

  /// Returns the number of entries.
  int count() {
    return count;
  }

  /// Returns an entry; the newest has index 0.
  HeaderField get(int index) {
    return fields[(newest + SLOTS - index) % SLOTS];
  }

  /// Adds an entry. One that is larger than the table empties it (RFC 7541, section 4.4).
  void add(HeaderField field) {
    evict(maximum - field.size());
    if (field.size() <= maximum) {
      newest = (newest + 1) % SLOTS;
      fields[newest] = field;
      count++;
      size += field.size();
    }
  }

  /// Changes the maximum size.
  void resize(int bytes) {
    maximum = bytes;
    evict(bytes);
  }

  private void evict(int room) {
    while (count > 0 && size > room) {
      size -= get(count - 1).size();
      count--;
    }
  }
}
