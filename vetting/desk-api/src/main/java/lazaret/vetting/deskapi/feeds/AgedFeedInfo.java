package lazaret.vetting.deskapi.feeds;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One feed with its age.
///
/// @param name the name of the feed
/// @param format the format of the feed
/// @param origin the address or file
/// @param asOf the time to which the feed is complete
/// @param newest the date of the newest record; null if no record has a date
/// @param records the number of records
/// @param skipped the number of records that were not understood
/// @param state the state by the limits of the policy
/// @param detail one clause with the age
/// @param seconds the age in seconds; null if it is not known
public record AgedFeedInfo(
    String name,
    FeedStatusInfo.Format format,
    String origin,
    Instant asOf,
    @Nullable LocalDate newest,
    long records,
    long skipped,
    FeedAgeInfo.State state,
    String detail,
    @Nullable Long seconds) {}
