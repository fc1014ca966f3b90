package lazaret.mirror.http2;

import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;

/// Exceptions that end a connection. The HTTP library answers them with a GOAWAY frame.
final class Http2Violation {
  private Http2Violation() {}

  /// Returns an exception for a frame that breaks a rule of RFC 9113.
  static Http2Exception protocol(String found) {
    return new Http2Exception(Http2ErrorCode.PROTOCOL, found);
  }

  /// Returns an exception for a header block that cannot be decoded.
  static Http2Exception compression(String found) {
    return new Http2Exception(Http2ErrorCode.COMPRESSION, found);
  }

  /// Returns an exception for a frame whose length does not fit its type.
  static Http2Exception frameSize(String found) {
    return new Http2Exception(Http2ErrorCode.FRAME_SIZE, found);
  }

  /// Returns an exception for data or windows beyond flow control.
  static Http2Exception flowControl(String found) {
    return new Http2Exception(Http2ErrorCode.FLOW_CONTROL, found);
  }

  /// Returns an exception for a frame on a stream that the client has ended.
  static Http2Exception streamClosed(String found) {
    return new Http2Exception(Http2ErrorCode.STREAM_CLOSED, found);
  }

  /// Returns an exception for a client that exceeds a limit.
  static Http2Exception excess(String found) {
    return new Http2Exception(Http2ErrorCode.ENHANCE_YOUR_CALM, found);
  }

  /// Throws a protocol error if a condition does not hold.
  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw protocol(otherwise);
    }
  }

  /// Throws a frame size error if a condition does not hold.
  static void requireLength(FrameType type, boolean condition, int length) {
    if (!condition) {
      throw frameSize(type + " of " + length + " bytes");
    }
  }
}
