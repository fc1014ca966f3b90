package lazaret.mirror.clients;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A watch for request heads that do not end, over the bytes of one connection. HTTP/1.1: the bytes
/// after an answer begin the next head. HTTP/2: a header block, or a frame other than DATA, is not
/// complete yet. Used by the reading thread of the connection only.
final class RequestHeadWatch {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int FRAME_HEADER = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 0x4;

  private final ClientConnection connection;
  private boolean frames;
  private int preface;
  private final byte[] header = new byte[FRAME_HEADER];
  private int have;
  private int left;
  private boolean reading;
  private boolean block;

  RequestHeadWatch(ClientConnection connection) {
    this.connection = connection;
  }

  /// Returns whether a request of the connection is being answered.
  boolean responds() {
    return connection.responds();
  }

  /// Records that the next bytes are awaited.
  void awaits() {
    connection.awaits();
  }

  /// Processes bytes in the order in which they arrived.
  void arrived(byte[] bytes) {
    connection.arrived();
    int offset = 0;
    if (!frames) {
      if (!begins(bytes)) {
        if (!connection.responds()) {
          connection.headBegan();
        }
        return;
      }
      frames = true;
      connection.framed();
    }
    while (preface < PREFACE.length && offset < bytes.length) {
      preface++;
      offset++;
    }
    follow(bytes, offset);
    if (block || (have > 0 && have < FRAME_HEADER) || (left > 0 && header[3] != DATA)) {
      connection.headBegan();
    } else {
      connection.headEnded();
    }
  }

  /// Returns whether HTTP/2 begins here: at once, or after an upgrade.
  private static boolean begins(byte[] bytes) {
    int length = Math.min(bytes.length, PREFACE.length);
    return length >= 4 && Arrays.equals(bytes, 0, length, PREFACE, 0, length);
  }

  private void follow(byte[] bytes, int begin) {
    int at = begin;
    while (at < bytes.length) {
      if (left > 0) {
        int step = Math.min(left, bytes.length - at);
        left -= step;
        at += step;
      } else {
        header[have++] = bytes[at++];
      }
      if (have == FRAME_HEADER && left == 0) {
        frame();
      }
    }
  }

  /// Reads the header of a frame when it is complete, and ends the frame when its payload is.
  private void frame() {
    int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
    if (!reading) {
      reading = true;
      left = length;
      if (left > 0) {
        return;
      }
    }
    reading = false;
    have = 0;
    if (header[3] == HEADERS || header[3] == CONTINUATION) {
      block = (header[4] & END_HEADERS) == 0;
    }
  }
}
