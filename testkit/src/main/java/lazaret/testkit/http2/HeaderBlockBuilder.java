package lazaret.testkit.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A builder of a header block in any representation of HPACK (RFC 7541, section 6), valid or not.
/// Not thread-safe.
public final class HeaderBlockBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// The treatment of a literal by the receiver's dynamic table.
  public enum Indexing {
    /// With incremental indexing.
    INDEXED(0x40, 6),
    /// Without indexing.
    NOT_INDEXED(0x00, 4),
    /// Never indexed.
    NEVER_INDEXED(0x10, 4);

    private final int pattern;
    private final int prefix;

    Indexing(int pattern, int prefix) {
      this.pattern = pattern;
      this.prefix = prefix;
    }
  }

  /// Returns a block with the pseudo-header fields of a GET over the given scheme.
  public static HeaderBlockBuilder get(String scheme, String authority, String path) {
    return request(2, scheme, authority, path);
  }

  /// Returns a block with the pseudo-header fields of a POST over the given scheme.
  public static HeaderBlockBuilder post(String scheme, String authority, String path) {
    return request(3, scheme, authority, path);
  }

  private static HeaderBlockBuilder request(
      int method, String scheme, String authority, String path) {
    return new HeaderBlockBuilder()
        .indexed(method)
        .indexed(scheme.equals("https") ? 7 : 6)
        .literal(Indexing.NOT_INDEXED, 1, authority)
        .literal(Indexing.NOT_INDEXED, 4, path);
  }

  /// Adds an indexed field.
  public HeaderBlockBuilder indexed(int index) {
    return integer(0x80, 7, index);
  }

  /// Adds a literal with a literal name.
  public HeaderBlockBuilder literal(Indexing indexing, String name, String value) {
    return integer(indexing.pattern, indexing.prefix, 0).string(name).string(value);
  }

  /// Adds a literal with an indexed name.
  public HeaderBlockBuilder literal(Indexing indexing, int name, String value) {
    return integer(indexing.pattern, indexing.prefix, name).string(value);
  }

  /// Adds a literal whose name and value are Huffman-coded.
  public HeaderBlockBuilder huffman(Indexing indexing, String name, String value) {
    return integer(indexing.pattern, indexing.prefix, 0).huffmanString(name).huffmanString(value);
  }

  /// Adds a literal with an indexed name whose value is Huffman-coded.
  public HeaderBlockBuilder huffman(Indexing indexing, int name, String value) {
    return integer(indexing.pattern, indexing.prefix, name).huffmanString(value);
  }

  /// Adds a dynamic table size update.
  public HeaderBlockBuilder sizeUpdate(long size) {
    return integer(0x20, 5, size);
  }

  /// Adds an integer with a prefix (RFC 7541, section 5.1).
  ///
  /// @param pattern bits before the prefix
  /// @param prefix number of bits of the prefix
  /// @param value the integer
  public HeaderBlockBuilder integer(int pattern, int prefix, long value) {
    int most = (1 << prefix) - 1;
    if (value < most) {
      out.write(pattern | (int) value);
      return this;
    }
    out.write(pattern | most);
    long rest = value - most;
    while (rest >= 128) {
      out.write((int) ((rest & 127) | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /// Adds a plain string with its length.
  public HeaderBlockBuilder string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return integer(0, 7, bytes.length).raw(bytes);
  }

  /// Adds a Huffman-coded string with its length.
  public HeaderBlockBuilder huffmanString(String text) {
    byte[] bytes = HuffmanCode.encode(text.getBytes(StandardCharsets.ISO_8859_1));
    return integer(0x80, 7, bytes.length).raw(bytes);
  }

  /// Adds bytes unchanged.
  public HeaderBlockBuilder raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// Returns the block.
  public byte[] bytes() {
    return out.toByteArray();
  }
}
