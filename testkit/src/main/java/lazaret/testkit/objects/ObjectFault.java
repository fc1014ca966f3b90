package lazaret.testkit.objects;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import lazaret.testkit.wire.Hold;
import lazaret.vetting.Bytes;

/// A fault of a store of objects, or of the network before it.
public sealed interface ObjectFault {
  /// A response without the store.
  ///
  /// @param status the status
  /// @param code the code in the XML of the response, such as `SlowDown`
  record Refuse(int status, String code) implements ObjectFault {}

  /// A wait before the request is passed on. The next fault that matches applies as well.
  ///
  /// @param by the duration
  record Delay(Duration by) implements ObjectFault {}

  /// A connection that closes before the store receives the request.
  record LoseRequest() implements ObjectFault {}

  /// A connection that closes after the store has processed the request.
  record LoseReply() implements ObjectFault {}

  /// A request that the store receives when the test releases it.
  record HoldRequest(Hold hold) implements ObjectFault {}

  /// A response that the client receives when the test releases it.
  record HoldReply(Hold hold) implements ObjectFault {}

  /// A response with the true head that ends after the first bytes of the body.
  ///
  /// @param bytes the number of bytes
  record CutReply(int bytes) implements ObjectFault {}

  /// A response whose body arrives a few bytes at a time.
  ///
  /// @param bytes the number of bytes at a time
  /// @param every the pause after them
  record Drip(int bytes, Duration every) implements ObjectFault {}

  /// A response with another body, which is valid HTTP.
  record ChangeBody(UnaryOperator<Bytes> change) implements ObjectFault {}

  /// Returns a fault that states that there is no such object.
  static ObjectFault missing() {
    return new Refuse(404, "NoSuchKey");
  }

  /// Returns a fault that refuses for overload.
  static ObjectFault overloaded() {
    return new Refuse(503, "SlowDown");
  }

  /// Returns a fault with one flipped bit in the middle of the body.
  static ObjectFault otherByte() {
    return new ChangeBody(
        body -> {
          byte[] copy = body.array().clone();
          if (copy.length > 0) {
            copy[copy.length / 2] ^= 1;
          }
          return Bytes.of(copy);
        });
  }

  /// Returns a fault with the first half of the body as if it were the whole.
  static ObjectFault halfBody() {
    return new ChangeBody(body -> Bytes.copyOf(body.array(), 0, body.length() / 2));
  }

  /// Returns a fault with a zero byte after the body.
  static ObjectFault longerBody() {
    return new ChangeBody(body -> Bytes.of(Arrays.copyOf(body.array(), body.length() + 1)));
  }
}
