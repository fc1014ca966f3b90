package lazaret.testkit.http2;

import java.io.ByteArrayOutputStream;
import lazaret.vetting.Bytes;

/// One HTTP/2 frame (RFC 9113, section 4.1).
///
/// @param type frame type
/// @param flags flags
/// @param stream stream identifier with the reserved bit as sent
/// @param payload payload
public record Http2Frame(int type, int flags, int stream, Bytes payload) {
  /// The type of DATA frames. See RFC 9113, section 6.1.
  public static final int DATA = 0;

  /// The type of HEADERS frames. See RFC 9113, section 6.2.
  public static final int HEADERS = 1;

  /// The type of PRIORITY frames. See RFC 9113, section 6.3.
  public static final int PRIORITY = 2;

  /// The type of RST_STREAM frames. See RFC 9113, section 6.4.
  public static final int RST_STREAM = 3;

  /// The type of SETTINGS frames. See RFC 9113, section 6.5.
  public static final int SETTINGS = 4;

  /// The type of PUSH_PROMISE frames. See RFC 9113, section 6.6.
  public static final int PUSH_PROMISE = 5;

  /// The type of PING frames. See RFC 9113, section 6.7.
  public static final int PING = 6;

  /// The type of GOAWAY frames. See RFC 9113, section 6.8.
  public static final int GOAWAY = 7;

  /// The type of WINDOW_UPDATE frames. See RFC 9113, section 6.9.
  public static final int WINDOW_UPDATE = 8;

  /// The type of CONTINUATION frames. See RFC 9113, section 6.10.
  public static final int CONTINUATION = 9;

  /// The flag of the last frame of the client on a stream; in SETTINGS and PING: acknowledgement.
  public static final int END_STREAM = 1;

  /// The flag of the end of a header block.
  public static final int END_HEADERS = 4;

  /// The flag of a frame with padding.
  public static final int PADDED = 8;

  /// The flag of a frame with priority fields.
  public static final int WITH_PRIORITY = 32;

  /// Returns the frame as sent.
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
