package lazaret.vetting.deskapi.requests;

import java.time.Instant;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import lazaret.vetting.deskapi.review.ReviewBaseInfo;
import org.jspecify.annotations.Nullable;

/// The least to read of a version of the queue, as compared in the background.
///
/// @param at the time of the comparison
/// @param base the version that it is compared with; null if the whole version must be read, or the
///   artifact cannot be read
/// @param stat the amount to read; null if the artifact cannot be read
/// @param notReadable the cause for which the artifact cannot be read; null if it can be
public record QueueReadingInfo(
    Instant at,
    @Nullable ReviewBaseInfo base,
    @Nullable DiffStatInfo stat,
    @Nullable NotReadableInfo notReadable) {}
