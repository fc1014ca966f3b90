package lazaret.mirror.http2;

/// The checks of a client's settings (RFC 9113, section 6.5.2). Only the initial window reaches the
/// library. The sizes of frames and of the header table stay at their defaults, which each client
/// has to accept, except for tables smaller than the default.
final class ClientSettings {
  private static final int ENTRY = 6;
  private static final int MAX_ENTRIES = 32;
  private static final int ENABLE_PUSH = 2;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME_SIZE = 5;

  private ClientSettings() {}

  /// Checks a payload and returns the initial window in it; -1 if there is none.
  ///
  /// @throws io.helidon.http.http2.Http2Exception if an entry is wrong
  static long initialWindow(byte[] payload, int from, int length) {
    if (length % ENTRY != 0) {
      throw Http2Violation.frameSize("SETTINGS of " + length + " bytes");
    }
    if (length > ENTRY * MAX_ENTRIES) {
      throw Http2Violation.excess("SETTINGS with more than " + MAX_ENTRIES + " entries");
    }
    long window = -1;
    for (int at = from; at < from + length; at += ENTRY) {
      int id = ((payload[at] & 0xFF) << 8) | (payload[at + 1] & 0xFF);
      long value = FrameBuffer.word(payload, at + 2) & 0xFFFF_FFFFL;
      if (id == ENABLE_PUSH && value > 1) {
        throw Http2Violation.protocol("SETTINGS_ENABLE_PUSH above 1");
      }
      if (id == MAX_FRAME_SIZE && (value < 1 << 14 || value >= 1 << 24)) {
        throw Http2Violation.protocol("SETTINGS_MAX_FRAME_SIZE out of range");
      }
      if (id == INITIAL_WINDOW_SIZE) {
        if (value > Integer.MAX_VALUE) {
          throw Http2Violation.flowControl("SETTINGS_INITIAL_WINDOW_SIZE above 2^31-1");
        }
        window = value;
      }
    }
    return window;
  }

  /// Writes a SETTINGS frame with an initial window.
  static void write(FrameBuffer out, long window) {
    out.header(window < 0 ? 0 : ENTRY, FrameType.SETTINGS, 0, 0);
    if (window >= 0) {
      out.half(INITIAL_WINDOW_SIZE);
      out.word((int) window);
    }
  }
}
