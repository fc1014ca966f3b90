package lazaret.vetting.deskapi.site;

/// The result of a copy of the files of a site.
///
/// @param copied the number of files that were copied
/// @param present the number of files that were there before
/// @param missing the number of files whose bytes are missing
public record SiteFileCopyReply(long copied, long present, long missing) {}
