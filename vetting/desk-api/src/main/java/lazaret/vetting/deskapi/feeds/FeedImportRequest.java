package lazaret.vetting.deskapi.feeds;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// An order to import the file of a feed.
///
/// @param feed the name of the feed
/// @param format the format; null if the file itself shows it
/// @param asOf the time to which the file is complete, in the past; null for now
/// @param origin a text that names the origin; null for `imported`
/// @param allowFewer whether a file with less than half of the previous records is accepted
/// @param file the file
public record FeedImportRequest(
    @InPath String feed,
    @InQuery FeedStatusInfo.@Nullable Format format,
    @InQuery @Nullable Instant asOf,
    @InQuery @Nullable String origin,
    @InQuery boolean allowFewer,
    @InBody Bytes file) {}
