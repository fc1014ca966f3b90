package lazaret.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lazaret.vetting.Bytes;

/// A builder of tar archives block by block, correct or with any fault. Not thread-safe.
public final class TarBytes {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// A builder of a header block in GNU's form. Its checksum is correct unless a test sets it.
  public static final class Header {
    private final byte[] block = new byte[BLOCK];
    private boolean ownChecksum;

    private Header(char type, String path, long size) {
      put(0, path);
      put(100, "0000644");
      put(108, "0000000");
      put(116, "0000000");
      put(124, "%011o".formatted(size));
      put(136, "00000000000");
      block[156] = (byte) type;
      put(257, "ustar  ");
    }

    /// Returns a header.
    ///
    /// @param type type flag: `0` file, `5` directory, `2` symbolic link
    /// @param path path, cut to 100 bytes
    /// @param size size of the content in bytes
    public static Header of(char type, String path, long size) {
      return new Header(type, path, size);
    }

    /// Writes ASCII text into a field without padding.
    public Header put(int offset, String text) {
      return put(offset, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes bytes into a field. A name is cut to its field.
    public Header put(int offset, byte[] bytes) {
      int length = offset == 0 ? Math.min(bytes.length, 100) : bytes.length;
      System.arraycopy(bytes, 0, block, offset, length);
      return this;
    }

    /// Changes the header to the ustar form with a prefix of the path.
    public Header ustar(String prefix) {
      put(257, new byte[] {'u', 's', 't', 'a', 'r', 0, '0', '0'});
      return put(345, prefix);
    }

    /// Changes the header to the form before ustar.
    public Header old() {
      return put(257, new byte[8]);
    }

    /// Sets the target of a link.
    public Header linkTo(String target) {
      return put(157, target);
    }

    /// Sets the checksum field, up to 8 bytes.
    public Header checksum(String text) {
      ownChecksum = true;
      return put(CHECKSUM, text);
    }

    /// Returns the block.
    public byte[] build() {
      byte[] built = block.clone();
      if (!ownChecksum) {
        Arrays.fill(built, CHECKSUM, CHECKSUM + 8, (byte) ' ');
        int sum = 0;
        for (byte b : built) {
          sum += b & 0xff;
        }
        byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, built, CHECKSUM, text.length);
      }
      return built;
    }
  }

  /// Appends a regular file, with a GNU long name if the path needs one, as cargo does.
  public TarBytes file(String path, byte[] content) {
    return longNameIfNeeded(path).entry(Header.of('0', path, content.length), content);
  }

  /// Appends a directory.
  public TarBytes directory(String path) {
    return longNameIfNeeded(path).entry(Header.of('5', path, 0), new byte[0]);
  }

  /// Appends a symbolic link.
  public TarBytes symlink(String path, String target) {
    return entry(Header.of('2', path, 0).linkTo(target), new byte[0]);
  }

  /// Appends a header and content, padded to whole blocks.
  public TarBytes entry(Header header, byte[] content) {
    raw(header.build());
    raw(content);
    return raw(new byte[-content.length & (BLOCK - 1)]);
  }

  /// Appends a GNU long name for the next entry.
  public TarBytes longName(String path) {
    byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
    return entry(Header.of('L', "././@LongLink", name.length), name);
  }

  /// Appends a pax header for the next entry.
  ///
  /// @param keysAndValues keys and values in turn
  public TarBytes pax(String... keysAndValues) {
    var records = new StringBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      records.append(paxRecord(keysAndValues[i], keysAndValues[i + 1]));
    }
    byte[] content = records.toString().getBytes(StandardCharsets.UTF_8);
    return entry(Header.of('x', "PaxHeaders/x", content.length), content);
  }

  /// Appends bytes unchanged.
  public TarBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// Appends the two zero blocks that end an archive.
  public TarBytes end() {
    return raw(new byte[2 * BLOCK]);
  }

  /// Returns the archive so far.
  public byte[] build() {
    return out.toByteArray();
  }

  /// Returns the archive so far as one gzip member.
  public Bytes gzip() {
    return Gzip.member(build());
  }

  private TarBytes longNameIfNeeded(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length > 100 ? longName(path) : this;
  }

  private static String paxRecord(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int total = length + Integer.toString(length).length();
    // The length counts its own digits, which may carry over: 99 becomes 101.
    total = length + Integer.toString(total).length();
    return total + rest;
  }
}
