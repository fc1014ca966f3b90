package lazaret.cli.desk;

import java.time.Duration;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// What came back for a [DeskQuestion].
///
/// @param status an HTTP status
/// @param body JSON where a desk answered
/// @param retryAfter when to ask again; null where nothing was said
public record DeskAnswer(int status, Bytes body, @Nullable Duration retryAfter) {}
