package lazaret.storage.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The repetition of requests that failed, and the texts of failures. Thread-safe.
final class S3Attempts {
  private static final int ATTEMPTS = 3;

  /// The longest pause before the second attempt; it is four times as long before the third.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final String NO_SUCH_KEY = "NoSuchKey";

  private final String place;

  /// @param place endpoint and bucket, for texts
  S3Attempts(String place) {
    this.place = place;
  }

  /// Sends a request, and repeats it if another attempt may succeed.
  ///
  /// @param what the attempt in a text, such as `read`
  /// @param name the object
  /// @throws ObjectStoreException if no attempt succeeded, or the thread was interrupted, which
  ///   remains so
  <T> T run(String what, String name, Supplier<T> request) throws ObjectStoreException {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (SdkException e) {
        if (attempt == ATTEMPTS || !canSucceedLater(e) || !pause(attempt)) {
          throw new ObjectStoreException(
              "cannot %s object '%s' in '%s': %s in attempt %d of %d; look at the object store"
                  .formatted(what, name, place, reason(e), attempt, ATTEMPTS),
              e);
        }
      } catch (RuntimeException e) {
        // Its text may have a part of the file with the credentials, as may its causes.
        throw new ObjectStoreException(
            "cannot %s object '%s' in '%s': the client failed with %s; look at the file of its credentials"
                .formatted(what, name, place, e.getClass().getSimpleName()),
            null);
      }
    }
  }

  /// Returns whether a response states that there is no such object. Another response with status
  /// 404, such as that of a missing bucket or of a proxy, states nothing about the object.
  static boolean isMissing(S3Exception e) {
    return NO_SUCH_KEY.equals(code(e));
  }

  private static boolean canSucceedLater(SdkException e) {
    return switch (e) {
      case AbortedException _ -> false;
      // The client corrects its clock by the response to the first attempt.
      case AwsServiceException refused ->
          refused.statusCode() >= SERVER_ERROR
              || refused.statusCode() == REQUEST_TIMEOUT
              || refused.statusCode() == TOO_MANY_REQUESTS
              || refused.isClockSkewException();
      default -> true;
    };
  }

  /// Waits before the next attempt.
  ///
  /// @return whether the thread was not interrupted
  private static boolean pause(int attempt) {
    long longest = FIRST_PAUSE.toMillis() << (2 * (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Returns the reason without the ids of requests. The texts of a response are foreign.
  private static String reason(SdkException e) {
    if (e instanceof AwsServiceException refused) {
      String code = code(refused);
      return "status " + refused.statusCode() + (code == null ? "" : " " + Excerpt.of(code));
    }
    String text = e.getMessage();
    Throwable cause = e.getCause();
    if (text == null && cause != null) {
      text = cause.getMessage();
    }
    return Excerpt.of(String.valueOf(text));
  }

  private static @Nullable String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null ? null : details.errorCode();
  }
}
