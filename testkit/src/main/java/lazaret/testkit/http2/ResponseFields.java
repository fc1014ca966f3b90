package lazaret.testkit.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// A decoder of the header fields of responses on one connection, with the dynamic table that the
/// server builds. Names of the static table other than `:status` are represented as `#` and their
/// index.
final class ResponseFields {
  private static final String[] STATUS = {"200", "204", "206", "304", "400", "404", "500"};
  private static final int STATIC = 61;

  /// A header field in the dynamic table.
  private record Field(String name, String value) {
    int size() {
      return name.length() + value.length() + 32;
    }
  }

  private final Deque<Field> table = new ArrayDeque<>();
  private byte[] block = new byte[0];
  private int at;
  private int limit = 4_096;

  /// Returns the fields of one header block.
  Map<String, String> decode(byte[] bytes) {
    block = bytes;
    at = 0;
    var fields = new LinkedHashMap<String, String>();
    while (at < block.length) {
      int first = block[at] & 0xFF;
      if (first >= 0x80) {
        Field field = field(integer(7));
        fields.put(field.name, field.value);
      } else if (first >= 0x40) {
        Field field = literal(6);
        fields.put(field.name, field.value);
        table.addFirst(field);
        evict();
      } else if (first >= 0x20) {
        limit = integer(5);
        evict();
      } else {
        Field field = literal(4);
        fields.put(field.name, field.value);
      }
    }
    return fields;
  }

  private void evict() {
    while (table.stream().mapToInt(Field::size).sum() > limit) {
      table.removeLast();
    }
  }

  private Field literal(int prefix) {
    int name = integer(prefix);
    return new Field(name == 0 ? string() : field(name).name, string());
  }

  private Field field(int index) {
    if (index >= 8 && index < 15) {
      return new Field(":status", STATUS[index - 8]);
    }
    if (index <= STATIC) {
      return new Field("#" + index, "");
    }
    Iterator<Field> fields = table.iterator();
    for (int i = STATIC + 1; i < index; i++) {
      fields.next();
    }
    return fields.next();
  }

  private String string() {
    boolean huffman = block[at] < 0;
    int length = integer(7);
    byte[] bytes = Arrays.copyOfRange(block, at, at + length);
    at += length;
    return new String(huffman ? HuffmanCode.decode(bytes) : bytes, StandardCharsets.ISO_8859_1);
  }

  private int integer(int prefix) {
    int most = (1 << prefix) - 1;
    int value = block[at++] & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; ; shift += 7) {
      int next = block[at++];
      value += (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
