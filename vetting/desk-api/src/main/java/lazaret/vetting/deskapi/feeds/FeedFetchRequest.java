package lazaret.vetting.deskapi.feeds;

import java.net.URI;
import lazaret.vetting.deskapi.binding.InPath;
import org.jspecify.annotations.Nullable;

/// An order to fetch a feed from an address.
///
/// @param feed the name of the feed
/// @param url the address, with `https` or `http`
/// @param format the format; null if the file itself shows it
public record FeedFetchRequest(
    @InPath String feed, URI url, FeedStatusInfo.@Nullable Format format) {}
