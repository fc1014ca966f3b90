package lazaret.mirror.http2;

/// The frame types of RFC 9113, in the order of their codes.
enum FrameType {
  DATA(0),
  HEADERS(1),
  PRIORITY(2),
  RST_STREAM(3),
  SETTINGS(4),
  PUSH_PROMISE(5),
  PING(6),
  GOAWAY(7),
  WINDOW_UPDATE(8),
  CONTINUATION(9),
  /// Any other type.
  UNKNOWN(10);

  /// Bytes of a frame header.
  static final int HEADER = 9;

  /// Flag of DATA and HEADERS.
  static final int END_STREAM = 1;

  /// Flag of SETTINGS and PING.
  static final int ACK = 1;

  /// Flag of HEADERS and CONTINUATION.
  static final int END_HEADERS = 4;

  /// Flag of DATA and HEADERS.
  static final int PADDED = 8;

  /// Flag of HEADERS.
  static final int WITH_PRIORITY = 32;

  private static final FrameType[] ALL = values();

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /// Returns the type of a code.
  static FrameType of(int code) {
    return ALL[Math.min(code, UNKNOWN.code)];
  }

  /// Returns the code; without meaning for [#UNKNOWN].
  int code() {
    return code;
  }
}
