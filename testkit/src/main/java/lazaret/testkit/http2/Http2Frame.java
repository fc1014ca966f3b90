package lazaret.testkit.http2;

import java.io.ByteArrayOutputStream;
import lazaret.vetting.Bytes;

/// One frame (RFC 9113, section 4.1).
///
/// @param type the frame type
/// @param flags the flags
/// @param stream the stream, with the reserved bit as it was sent
/// @param payload the payload
public record Http2Frame(int type, int flags, int stream, Bytes payload) {
  /// The frame types and flags that tests use most.
  public static final int DATA = 0;

  /// See RFC 9113, section 6.2.
  public static final int HEADERS = 1;

  /// See RFC 9113, section 6.3.
  public static final int PRIORITY = 2;

  /// See RFC 9113, section 6.4.
  public static final int RST_STREAM = 3;

  /// See RFC 9113, section 6.5.
  public static final int SETTINGS = 4;

  /// See RFC 9113, section 6.6.
  public static final int PUSH_PROMISE = 5;

  /// See RFC 9113, section 6.7.
  public static final int PING = 6;

  /// See RFC 9113, section 6.8.
  public static final int GOAWAY = 7;

  /// See RFC 9113, section 6.9.
  public static final int WINDOW_UPDATE = 8;

  /// See RFC 9113, section 6.10.
  public static final int CONTINUATION = 9;

  /// Flag: the last frame of the client on this stream; of SETTINGS and PING: acknowledgement.
  public static final int END_STREAM = 1;

  /// Flag: the end of the header block.
  public static final int END_HEADERS = 4;

  /// Flag: padding is present.
  public static final int PADDED = 8;

  /// Flag: priority fields are present.
  public static final int WITH_PRIORITY = 32;

  /// Returns the frame as it is sent.
  public byte[] bytes() {
    byte[] content = payload.array();
    var out = new ByteArrayOutputStream(content.length + 9);
    out.write(content.length >> 16);
    out.write(content.length >> 8);
    out.write(content.length);
    out.write(type);
    out.write(flags);
    out.writeBytes(word(stream));
    out.writeBytes(content);
    return out.toByteArray();
  }

  /// Returns four bytes, most significant first.
  public static byte[] word(long value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /// Returns whether a flag is set.
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /// Returns a 32-bit number of the payload.
  public long number(int at) {
    byte[] content = payload.array();
    return ((content[at] & 0xFFL) << 24)
        | ((content[at + 1] & 0xFF) << 16)
        | ((content[at + 2] & 0xFF) << 8)
        | (content[at + 3] & 0xFF);
  }
}
