package lazaret.mirror.http2;

import java.nio.charset.StandardCharsets;

/// A decoder of the header blocks of one connection (RFC 7541). It accepts all valid blocks within
/// the limit of the header list. Not thread-safe.
final class HeaderDecoder {
  /// The largest header list: the sum of the sizes of its fields.
  static final int MAX_LIST = 16_384;

  private static final int MAX_INTEGER_BYTES = 5;

  private final DynamicTable table = new DynamicTable();
  private byte[] block = new byte[0];
  private byte[] scratch = new byte[256];
  private int at;
  private int end;

  /// A receiver of decoded fields.
  interface Sink {
    /// Takes the next field.
    ///
    /// @param sensitive whether the field must never be indexed
    void field(HeaderField field, boolean sensitive);
  }

  /// Decodes a whole header block.
  ///
  /// @throws io.helidon.http.http2.Http2Exception if the block is wrong or its list is too large
  void decode(byte[] bytes, int length, Sink sink) {
    block = bytes;
    at = 0;
    end = length;
    sizeUpdates();
    int list = 0;
    while (at < end) {
      int first = block[at] & 0xFF;
      boolean indexed = first >= 0x80;
      HeaderField field;
      if (indexed) {
        field = entry(integer(7));
      } else if (first >= 0x40) {
        field = literal(6);
        table.add(field);
      } else if (first >= 0x20) {
        throw Http2Violation.compression("dynamic table size update after a field");
      } else {
        field = literal(4);
      }
      list += field.size();
      if (list > MAX_LIST) {
        throw Http2Violation.excess("header list above " + MAX_LIST + " bytes");
      }
      sink.field(field, first >= 0x10 && first < 0x20);
    }
    block = new byte[0];
  }

  private void sizeUpdates() {
    while (at < end && (block[at] & 0xE0) == 0x20) {
      int size = integer(5);
      if (size > DynamicTable.LIMIT) {
        throw Http2Violation.compression("dynamic table size update above the announced size");
      }
      table.resize(size);
    }
  }

  private HeaderField entry(int index) {
    if (index > 0 && index <= StaticTable.count()) {
      return StaticTable.get(index);
    }
    int dynamic = index - StaticTable.count() - 1;
    if (index == 0 || dynamic >= table.count()) {
      throw Http2Violation.compression("no entry has the index " + index);
    }
    return table.get(dynamic);
  }

  private HeaderField literal(int prefix) {
    int index = integer(prefix);
    if (index > 0) {
      HeaderField named = entry(index);
      return new HeaderField(named.name(), string(), named.staticName(), 0);
    }
    String name = string();
    return new HeaderField(name, string(), StaticTable.index(name), 0);
  }

  private String string() {
    if (at >= end) {
      throw Http2Violation.compression("header block ends before a string");
    }
    boolean huffman = block[at] < 0;
    int length = integer(7);
    if (length > end - at) {
      throw Http2Violation.compression("header block ends within a string");
    }
    int from = at;
    at += length;
    if (!huffman) {
      return new String(block, from, length, StandardCharsets.ISO_8859_1);
    }
    int bound = HuffmanDecoder.bound(length);
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    int decoded = HuffmanDecoder.decode(block, from, at, scratch);
    return new String(scratch, 0, decoded, StandardCharsets.ISO_8859_1);
  }

  private int integer(int prefix) {
    int most = (1 << prefix) - 1;
    int value = block[at++] & most;
    if (value < most) {
      return value;
    }
    long sum = value;
    for (int i = 0; i < MAX_INTEGER_BYTES; i++) {
      if (at >= end) {
        throw Http2Violation.compression("header block ends within an integer");
      }
      int next = block[at++];
      sum += (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return checked(sum);
      }
    }
    throw Http2Violation.compression("integer of more than " + MAX_INTEGER_BYTES + " bytes");
  }

  private static int checked(long sum) {
    if (sum > Integer.MAX_VALUE) {
      throw Http2Violation.compression("integer above 2^31-1");
    }
    return (int) sum;
  }
}
