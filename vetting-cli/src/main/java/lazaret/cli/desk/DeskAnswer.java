package lazaret.cli.desk;

import java.time.Duration;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The reply to a [DeskQuestion].
///
/// @param status the HTTP status
/// @param body the body, which is JSON if it is from a desk
/// @param retryAfter the time until another attempt, or null if it was not stated
public record DeskAnswer(int status, Bytes body, @Nullable Duration retryAfter) {}
